"""Write an amendment: add, replace and delete its changes. The plan itself does not change yet.

Every function locks the plan first, then the amendment, and raises RefusedError if the user may not
change the amendment any more.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.amendments.force import beginnings, last_turn
from plans.amendments.models import Amendment, Change
from plans.amendments.promised_fields import PROMISES, as_stored, parent_lineage
from plans.tree.access import LEVELS, with_all_above
from plans.tree.endings import refuse_end
from plans.tree.models import Activity, Node, Plan
from plans.tree.writing import lock_plan


def lock_open(amendment: Amendment, by: User) -> Amendment:
    """Lock an amendment that its author may still change (2 queries)."""
    plan = lock_plan(amendment.plan_id)
    amendment = Amendment.objects.select_for_update(no_key=True).get(pk=amendment.pk)
    amendment.plan = plan
    if amendment.requested_by_id != by.pk:
        raise RefusedError("다른 사람이 쓰는 변경입니다. 고칠 곳이 있으면 그 사람에게 알려 주세요.")
    if not amendment.is_open:
        raise RefusedError("이미 신청했거나 끝난 변경이라 고칠 수 없습니다. 새 변경을 쓰세요.")
    return amendment


@transaction.atomic
def open_amendment(*, plan: Plan, by: User) -> Amendment:
    """Return the user's open amendment to add changes to: a returned one first, or a new one.

    Raises RefusedError if the plan is not published.
    """
    plan = lock_plan(plan.pk)
    if not plan.is_published:
        raise RefusedError("작성 중인 계획은 변경 신청 없이 바로 고칠 수 있습니다.")
    rows = Amendment.objects.open_for(by).filter(plan=plan)
    there = rows.filter(state=Amendment.State.RETURNED).first() or rows.first()
    return there or Amendment.objects.create(plan=plan, requested_by=by)


@transaction.atomic
def propose(*, amendment: Amendment, node: Node, values: Mapping[str, Any], by: User) -> None:
    """Add changes of a node's promised columns to an amendment.

    `values` are new values by column name. Columns that are not promises are ignored, and so are
    values equal to the present ones: an earlier change of such a column stays.
    """
    amendment = lock_open(amendment, by)
    rows = []
    for name in PROMISES[type(node)]:
        before, after = as_stored(getattr(node, name)), as_stored(values.get(name))
        if name in values and before != after:
            rows.append(change_of(amendment, node, name, before=before, after=after))
    write_changes(amendment, rows)


@transaction.atomic
def propose_move(*, amendment: Amendment, node: Node, parent: Node, by: User) -> None:
    """Add a node's move to another parent; for its present parent, delete the earlier move."""
    amendment = lock_open(amendment, by)
    before, after = parent_lineage(node), str(parent.lineage)
    if before == after:
        amendment.changes.filter(lineage=node.lineage, field=Change.PARENT).delete()
        return
    write_changes(
        amendment, [change_of(amendment, node, Change.PARENT, before=before, after=after)]
    )


@transaction.atomic
def propose_retirement(*, amendment: Amendment, nodes: list[Node], by: User) -> None:
    """Add the end of nodes (a node and everything below it), on the 시행일."""
    amendment = lock_open(amendment, by)
    after = as_stored(amendment.plan.within_year(timezone.localdate()))
    rows = [
        change_of(amendment, node, Change.RETIREMENT, before=None, after=after) for node in nodes
    ]
    write_changes(amendment, rows)


@transaction.atomic
def propose_addition(
    *,
    amendment: Amendment,
    level: str,
    parent: uuid.UUID | None,
    content: dict[str, Any],
    by: User,
) -> Change:
    """Add a new node below the node whose lineage is `parent`, which may be new, too.

    `content` comes from `plans.amendments.additions`.
    """
    amendment = lock_open(amendment, by)
    content |= {"parent": parent and str(parent)}
    refuse_twin(amendment, content)
    return Change.objects.create(
        amendment=amendment,
        level=level,
        lineage=uuid.uuid4(),
        field=Change.ADDITION,
        content=content,
        title=content["title"],
    )


@transaction.atomic
def rewrite_addition(*, change: Change, content: dict[str, Any], by: User) -> None:
    """Replace the content of an addition; the new node's parent stays."""
    amendment = lock_open(change.amendment, by)
    content |= {"parent": change.content["parent"]}
    refuse_twin(amendment, content, change)
    change.content, change.title = content, content["title"]
    change.save(update_fields=["content", "title"])


def refuse_twin(
    amendment: Amendment, content: dict[str, Any], change: Change | None = None
) -> None:
    """Raise RefusedError if the amendment already adds such a title to this parent (1 query)."""
    same = {"content__parent": content["parent"], "content__title": content["title"]}
    others = amendment.changes.filter(**same)
    if others.exclude(pk=change and change.pk).exists():
        raise RefusedError(
            "같은 자리에 같은 제목으로 추가한다고 이미 적었습니다. 내 변경안을 확인하세요."
        )


@transaction.atomic
def take_back(*, change: Change, by: User) -> None:
    """Delete a change from its amendment.

    With an addition, also deletes the additions below it. With an end, also deletes the ends above
    and below, because no node may stay below one that ends.
    """
    amendment = lock_open(change.amendment, by)
    if change.field == Change.RETIREMENT:
        related_ends(amendment, change).delete()
        return
    gone = {str(change.lineage)} if change.field == Change.ADDITION else set()
    additions = list(amendment.changes.filter(field=Change.ADDITION)) if gone else []
    for _level in range(3):
        gone |= {str(one.lineage) for one in additions if one.content["parent"] in gone}
    amendment.changes.filter(pk=change.pk).delete()
    amendment.changes.filter(lineage__in=gone).delete()


def related_ends(amendment: Amendment, change: Change) -> Any:
    """Return the changes that end a node, or nodes above or below it (4 queries at most)."""
    rows = amendment.changes.filter(field=Change.RETIREMENT)
    above = {}
    for level in {row.level for row in rows}:
        wanted = [row.lineage for row in rows if row.level == level]
        nodes = with_all_above(LEVELS[level]).filter(plan=amendment.plan, lineage__in=wanted)
        above |= {node.lineage: {one.lineage for one in nodes_above(node)} for node in nodes}
    own = above[change.lineage]
    together = [one for one, others in above.items() if one in own or change.lineage in others]
    return rows.filter(lineage__in=[change.lineage, *together])


def nodes_above(node: Node) -> list[Node]:
    """Return the nodes above a node, nearest first; `with_all_above` must have read them."""
    found = []
    while node.PARENT:
        node = getattr(node, node.PARENT)
        found.append(node)
    return found


@transaction.atomic
def request_approval(
    *,
    amendment: Amendment,
    reason: str,
    ground: str,
    by: User,
    effective_on: date | None = None,
    effective_reason: str = "",
) -> None:
    """Request the decision of another person on an amendment.

    It will be in force from `effective_on` (시행일), and the nodes that it ends, end on that day.
    If that is earlier than today, `effective_reason` must say why, unless nothing was promised
    before. Raises RefusedError if the amendment is empty or the day is not possible.
    """
    amendment = lock_open(amendment, by)
    if not amendment.changes.exists():
        raise RefusedError("바꿀 내용이 없습니다. 계획에서 항목을 고친 뒤 신청하세요.")
    effective_on = effective_on or default_day(amendment)
    refuse_effective_day(amendment, effective_on, effective_reason)
    is_earlier = effective_on < amendment.plan.within_year(timezone.localdate())
    amendment.effective_on = effective_on
    amendment.effective_reason = effective_reason if is_earlier else ""
    endings = amendment.changes.filter(field=Change.RETIREMENT)
    refuse_end(ended_activities(amendment.plan, endings), effective_on)
    refuse_end_before_beginning(amendment.plan, endings, effective_on)
    endings.update(after=as_stored(effective_on))
    amendment.state = Amendment.State.REQUESTED
    amendment.reason, amendment.ground = reason, ground
    amendment.requested_at, amendment.requested_on = timezone.now(), timezone.localdate()
    amendment.decided_by = amendment.decided_at = amendment.decided_on = None
    amendment.save()


def is_first_filling(amendment: Amendment) -> bool:
    """Return whether an amendment only fills in empty values (1 query)."""
    firsts = {change.is_first for change in amendment.changes.with_first()}
    return firsts == {True}


def default_day(amendment: Amendment) -> date:
    """Return the default 시행일 of an amendment, which is also the earliest that needs no reason.

    That is today, or the nearest day of the plan's year. For an amendment that only fills in empty
    values, it is the earliest day that changes nothing decided before (2 queries).
    """
    plan = amendment.plan
    if is_first_filling(amendment):
        return last_turn(plan, amendment.changes.all())
    return plan.within_year(timezone.localdate())


def refuse_effective_day(amendment: Amendment, day: date, reason: str) -> None:
    """Raise RefusedError if a 시행일 is not possible for a request of today."""
    first, last = amendment.plan.first_day, amendment.plan.within_year(timezone.localdate())
    if not first <= day <= last:
        raise RefusedError(
            f"시행일은 {first:%Y. %-m. %-d.}부터 {last:%Y. %-m. %-d.}까지의 날로 적어 주세요."
        )
    if reason or day == last:
        return
    free = default_day(amendment)
    if day < free:
        raise RefusedError(
            f"시행일이 {free:%Y. %-m. %-d.}보다 앞섭니다. "
            "왜 앞선 날부터인지 소급 사유를 적어 주세요."
        )


def ended_activities(plan: Plan, endings: QuerySet[Change]) -> list[Activity]:
    """Return the activities that the given changes end (1 query)."""
    return list(Activity.objects.filter(plan=plan, lineage__in=endings.values("lineage")))


def refuse_end_before_beginning(plan: Plan, endings: QuerySet[Change], on: date) -> None:
    """Raise RefusedError if an added item would end before it began (1 query, 2 to refuse).

    The decision need not check it again: the day on which an item began does not change.
    """
    begun = beginnings(plan, endings.values("lineage"))
    late = {lineage: day for lineage, day in begun.items() if day > on}
    if not late:
        return
    change = endings.filter(lineage__in=late).first()
    day = f"{late[change.lineage]:%Y. %-m. %-d.}"
    raise RefusedError(
        f"「{change.title}」은(는) {day}부터 계획에 든 항목입니다. "
        f"끝내는 시행일은 {day} 또는 그 뒤의 날이어야 합니다."
    )


@transaction.atomic
def withdraw(*, amendment: Amendment, by: User) -> None:
    """Withdraw an amendment for good; staff can still read it."""
    lock_plan(amendment.plan_id)
    amendment = Amendment.objects.select_for_update(no_key=True).get(pk=amendment.pk)
    if amendment.requested_by_id != by.pk:
        raise RefusedError("다른 사람이 쓴 변경은 취소할 수 없습니다.")
    if amendment.state in {Amendment.State.APPLIED, Amendment.State.WITHDRAWN}:
        raise RefusedError("이미 끝난 변경이라 취소할 수 없습니다.")
    amendment.state = Amendment.State.WITHDRAWN
    amendment.decided_by = amendment.decided_at = amendment.decided_on = None
    amendment.save()


def change_of(
    amendment: Amendment, node: Node, field: str, *, before: str | None, after: str | None
) -> Change:
    """Return a change of one field of a node, not saved."""
    return Change(
        amendment=amendment,
        level=node._meta.model_name,
        lineage=node.lineage,
        field=field,
        before=before,
        after=after,
        title=node.shown_title,
    )


def write_changes(amendment: Amendment, rows: list[Change]) -> None:
    """Save changes in place of earlier ones of the same fields (3 queries)."""
    same = {(row.lineage, row.field) for row in rows}
    lineages = {row.lineage for row in rows}
    old = amendment.changes.filter(lineage__in=lineages, field__in={row.field for row in rows})
    old.filter(pk__in=[one.pk for one in old if (one.lineage, one.field) in same]).delete()
    Change.objects.bulk_create(rows)
