"""Writing an amendment: what shall change is noted down; nothing of the plan changes yet.

Every function locks the plan first, then the amendment, and raises RefusedError where the amendment
is no longer its author's to change.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gwonseon.office.models import User
from plans.amendments.models import Amendment, Change
from plans.amendments.promises import PROMISES, as_stored, parent_lineage
from plans.tree.models import Node, Plan
from plans.tree.refusals import RefusedError


def lock_plan(key: int) -> Plan:
    """Lock a plan's row: whoever writes anything of a plan waits for its turn here (1 query)."""
    return Plan.objects.select_for_update(no_key=True).get(pk=key)


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
    """Return the amendment that its author is writing for a plan, a new one if there is none."""
    plan = lock_plan(plan.pk)
    if not plan.is_published:
        raise RefusedError("작성 중인 계획은 변경 신청 없이 바로 고칠 수 있습니다.")
    amendment, _created = Amendment.objects.get_or_create(
        plan=plan, requested_by=by, state=Amendment.State.WRITING
    )
    return amendment


@transaction.atomic
def propose(*, amendment: Amendment, node: Node, values: Mapping[str, Any], by: User) -> None:
    """Note down that promises of a node shall change; a value as it is takes its note back.

    `values` are the columns' new values by name; those that are no promise are passed over.
    """
    amendment = lock_open(amendment, by)
    names = [name for name in PROMISES[type(node)] if name in values]
    if "retired_on" in values:
        names.append("retired_on")
    rows = []
    for name in names:
        before, after = as_stored(getattr(node, name)), as_stored(values[name])
        rows.append(change_of(amendment, node, name, before=before, after=after))
    write(amendment, rows)


@transaction.atomic
def propose_move(*, amendment: Amendment, node: Node, parent: Node, by: User) -> None:
    """Note down that a node shall stand below another parent."""
    amendment = lock_open(amendment, by)
    before, after = parent_lineage(node), str(parent.lineage)
    write(amendment, [change_of(amendment, node, Change.PARENT, before=before, after=after)])


@transaction.atomic
def propose_retirement(*, amendment: Amendment, nodes: list[Node], on: date, by: User) -> None:
    """Note down that nodes, a node and everything below it, shall end on a day."""
    amendment = lock_open(amendment, by)
    after = as_stored(on)
    rows = [
        change_of(amendment, node, Change.RETIREMENT, before=None, after=after) for node in nodes
    ]
    write(amendment, rows)


@transaction.atomic
def propose_addition(
    *,
    amendment: Amendment,
    level: str,
    parent: uuid.UUID | None,
    content: dict[str, Any],
    lineage: uuid.UUID | None = None,
    by: User,
) -> Change:
    """Note down a new node below the node with a lineage, which may itself be new.

    `content` is what `plans.amendments.contents` makes of a form. With `lineage`, the note of an
    addition that is there already is written anew.
    """
    amendment = lock_open(amendment, by)
    change = Change(
        amendment=amendment,
        level=level,
        lineage=lineage or uuid.uuid4(),
        field=Change.ADDITION,
        content=content | {"parent": parent and str(parent)},
        title=content["title"],
    )
    write(amendment, [change])
    return change


@transaction.atomic
def take_back(*, change: Change, by: User) -> None:
    """Take a note back; with an added node go the notes of what was to be added below it."""
    amendment = lock_open(change.amendment, by)
    gone = {str(change.lineage)} if change.field == Change.ADDITION else set()
    additions = list(amendment.changes.filter(field=Change.ADDITION)) if gone else []
    for _level in range(3):
        gone |= {str(one.lineage) for one in additions if one.content["parent"] in gone}
    amendment.changes.filter(pk=change.pk).delete()
    amendment.changes.filter(lineage__in=gone).delete()


@transaction.atomic
def request_approval(*, amendment: Amendment, reason: str, ground: str, by: User) -> None:
    """Hand an amendment in: another person decides on it."""
    amendment = lock_open(amendment, by)
    if not amendment.changes.exists():
        raise RefusedError("바꿀 내용이 없습니다. 계획에서 항목을 고친 뒤 신청하세요.")
    amendment.state = Amendment.State.REQUESTED
    amendment.reason, amendment.ground = reason, ground
    amendment.requested_at = timezone.now()
    amendment.decided_by = amendment.decided_at = amendment.decided_on = None
    amendment.save()


@transaction.atomic
def withdraw(*, amendment: Amendment, by: User) -> None:
    """Give an amendment up for good; it stays to be read by staff."""
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
    """Return the note of one field's change."""
    return Change(
        amendment=amendment,
        level=node._meta.model_name,
        lineage=node.lineage,
        field=field,
        before=before,
        after=after,
        title=node.shown_title,
    )


def write(amendment: Amendment, rows: list[Change]) -> None:
    """Write notes over those of the same fields; one that changes nothing goes (2 queries)."""
    same = {(row.lineage, row.field) for row in rows}
    lineages = {row.lineage for row in rows}
    old = amendment.changes.filter(lineage__in=lineages, field__in={row.field for row in rows})
    old.filter(pk__in=[one.pk for one in old if (one.lineage, one.field) in same]).delete()
    Change.objects.bulk_create(
        [row for row in rows if row.content is not None or row.before != row.after]
    )
