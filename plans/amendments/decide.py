"""Decide on an amendment: apply all of it or the user's part, or return it with a note."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.amendments.additions import node_of
from plans.amendments.force import force_of
from plans.amendments.models import Amendment, Change
from plans.amendments.promised_fields import as_stored, from_stored, parent_lineage
from plans.amendments.propose import lock_open
from plans.tree.access import LEVELS, Approver, leads, may_approve
from plans.tree.endings import refuse_end
from plans.tree.measures import MEASURE, hold_measures
from plans.tree.models import TARGETS, Activity, Node, Plan
from plans.tree.queries import read_tree
from plans.tree.slugs import Slugs
from plans.tree.writing import LINKS, Places, add_links, insert, lock_plan, set_target, update

SENTENCES = {
    "title_once": "같은 자리에 같은 제목의 항목이 이미 있습니다. 제목을 달리하도록 돌려보내세요.",
    "code_once": "다른 축이 이미 맡은 분야입니다. 분야를 고치도록 돌려보내세요.",
    "quarters_add_up": "분기 목표의 합이 연간 목표와 다릅니다. 함께 고치도록 돌려보내세요.",
    "starts_before": "마감일이 시작일보다 빠릅니다. 날짜를 함께 고치도록 돌려보내세요.",
    "target_with_its_origin": "목표는 0보다 커야 합니다. 고치도록 돌려보내세요.",
    "backdated_with_its_reason": (
        "신청한 날보다 앞선 시행일에는 소급 사유가 있어야 합니다. 적도록 돌려보내세요."
    ),
    "correction_with_its": "바로잡은 제목과 그 확실성을 함께 고치도록 돌려보내세요.",
}

# Changes of a node's place in the tree, or of whether it is in the tree.
PLACES = (Change.ADDITION, Change.PARENT, Change.RETIREMENT)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Conflict:
    """A change whose `before` is out of date; `now` is the node's present value."""

    change: Change
    now: str | None


class OvertakenError(RefusedError):
    """The plan has changed since the amendment was written; `conflicts` lists the places."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(
            "신청한 뒤에 계획이 바뀌어 반영하지 않았습니다. 아래에서 지금 내용을 확인하세요."
        )
        self.conflicts = conflicts


@transaction.atomic
def return_amendment(*, amendment: Amendment, note: str, by: User) -> None:
    """Return an amendment to its author, with a note that says what to correct.

    All of it is returned, also the parts that others would decide on. Raises RefusedError if it is
    not the user's to decide.
    """
    amendment, _part = lock_requested(amendment, by)
    decide(amendment, Amendment.State.RETURNED, note, by)
    log.info("amendment %s returned by %s", amendment.pk, by.pk)


def apply_amendment(
    *, amendment: Amendment, by: User, note: str = "", seen: str | None = None
) -> Amendment:
    """Apply an amendment to the plan, or the part of it that the user may approve (`part_for`).

    A part becomes a new amendment, which is applied and returned here; the rest stays waiting. All
    changes are applied together or none is.

    Locks the plan, the amendment and the nodes, level by level. Raises OvertakenError if a `before`
    is out of date. Raises RefusedError if the user may decide on nothing, if a rule of the tree
    would be broken, or if the part differs from the one that the user saw (`seen`, its stamp). The
    number of queries depends only on the number of changed levels.
    """
    with refusing(SENTENCES):
        amendment, part = lock_requested(amendment, by)
        if seen is not None and seen != amendment_stamp(amendment, part):
            raise RefusedError("읽는 동안 변경안이 바뀌었습니다. 다시 읽고 결정해 주세요.")
        if len(part) < amendment.changes.count():
            amendment = split_off(amendment, part)
        Application(amendment, by).run(note)
    log.info("amendment %s applied by %s", amendment.pk, by.pk)
    return amendment


def split_off(amendment: Amendment, part: list[Change]) -> Amendment:
    """Move a part of an amendment to a new amendment and return that (3 queries)."""
    kept = ("reason", "ground", "effective_on", "effective_reason", "requested_on")
    of_its_own = Amendment.objects.create(
        plan=amendment.plan,
        state=Amendment.State.REQUESTED,
        requested_by_id=amendment.requested_by_id,
        requested_at=amendment.requested_at,
        part_of=amendment,
        **{name: getattr(amendment, name) for name in kept},
    )
    amendment.changes.filter(pk__in=[row.pk for row in part]).delete()
    for row in part:
        row.pk, row.amendment = None, of_its_own
    Change.objects.bulk_create(part)
    return of_its_own


def amendment_stamp(amendment: Amendment, part: list[Change] | None = None) -> str:
    """Return a hash of an amendment, or of a part of it, which changes with its content.

    Makes 1 query if no part is given.
    """
    rows = list(amendment.changes.order_by("pk")) if part is None else part
    said = [(row.lineage, row.field, row.before, row.after, row.content) for row in rows]
    day = amendment.effective_on, amendment.effective_reason
    text = repr([amendment.reason, amendment.ground, *day, *said])
    return blake2b(text.encode(), digest_size=8).hexdigest()


@transaction.atomic
def rebase(*, amendment: Amendment, by: User) -> None:
    """Set each `before` of an open amendment to the plan's present value; each `after` stays.

    Changes that the plan has already are deleted.
    """
    amendment = lock_open(amendment, by)
    for conflict in conflicts_of(amendment):
        if conflict.change.field == Change.ADDITION:
            continue
        conflict.change.before = conflict.now
        if conflict.change.before == conflict.change.after:
            conflict.change.delete()
        else:
            conflict.change.save(update_fields=["before"])


def lock_requested(amendment: Amendment, by: User) -> tuple[Amendment, list[Change]]:
    """Lock a waiting amendment; return it and the changes that the user may decide on.

    Raises RefusedError if it is not waiting, is the user's own, or has no such change.
    """
    plan = lock_plan(amendment.plan_id)
    amendment = Amendment.objects.select_for_update(no_key=True).get(pk=amendment.pk)
    amendment.plan = plan
    if amendment.state != Amendment.State.REQUESTED:
        raise RefusedError(
            f"이미 처리된 변경입니다(지금 상태: {amendment.get_state_display()}). "
            "목록에서 결과를 확인하세요."
        )
    if amendment.requested_by_id == by.pk:
        raise RefusedError("자기가 신청한 변경은 다른 사람이 결정해야 합니다.")
    prefetch_related_objects([amendment], "changes")
    part = part_for(by, amendment)
    if not part:
        raise RefusedError(
            "이 변경에는 맡은 항목이 없습니다. 변경 화면에 적힌 사람이 결정해야 합니다."
        )
    return amendment, part


def decide(amendment: Amendment, state: str, note: str, by: User) -> None:
    """Save a decision, with the user and the time (1 query)."""
    amendment.state = state
    amendment.decision_note = note
    amendment.decided_by = by
    amendment.decided_at = timezone.now()
    amendment.decided_on = timezone.localdate()
    amendment.save()


def part_for(user: Approver, amendment: Amendment) -> list[Change]:
    """Return the changes of an amendment that a user may approve: all, some or none.

    None of the user's own amendment. Makes 5 queries at most.
    """
    changes = list(amendment.changes.all())
    if user.has_perm("plans.change_plan"):
        return changes if amendment.requested_by_id != user.pk else []
    return part_among(user, amendment, changes, nodes_of(amendment.plan, changes))


def part_among(
    user: Approver, amendment: Amendment, changes: list[Change], nodes: dict[UUID, Node]
) -> list[Change]:
    """Return the changes of an amendment that a user may approve, from read nodes (no query)."""
    if amendment.requested_by_id == user.pk:
        return []
    if user.has_perm("plans.change_plan"):
        return changes
    added = {str(one.lineage): one for one in changes if one.field == Change.ADDITION}
    found = []
    for change in changes:
        known = [nodes[UUID(one)] for one in deciding_lineages(change, added) if UUID(one) in nodes]
        # A department alone may not approve that an item goes to another department.
        may = leads if change.field == "department_id" else may_approve
        if known and all(may(user, node) for node in known):
            found.append(change)
    return found


def deciding_lineages(change: Change, added: dict[str, Change]) -> list[str]:
    """Return the lineages of the nodes whose owners may approve a change.

    That is the changed node, and for a move also the new parent. For a node that is only added, it
    is the nearest existing node above.
    """
    places = [str(change.lineage), change.after if change.field == Change.PARENT else None]
    found = []
    for place in filter(None, places):
        nearest: str | None = place
        while nearest in added:
            nearest = added[nearest].content["parent"]
        found += [nearest] if nearest else []
    return found


def decidable(user: User, amendments: Iterable[Amendment]) -> list[Amendment]:
    """Return the amendments of which a user may decide at least a part.

    Makes 1 query for each plan and level, if the changes are prefetched.
    """
    found = []
    for plan in {one.plan_id: one.plan for one in amendments}.values():
        of_plan = [one for one in amendments if one.plan_id == plan.pk]
        nodes: dict[UUID, Node] = {}
        if not user.has_perm("plans.change_plan"):
            nodes = nodes_of(plan, [row for one in of_plan for row in one.changes.all()])
        found += [one for one in of_plan if part_among(user, one, [*one.changes.all()], nodes)]
    return found


def nodes_of(plan: Plan, changes: list[Change], *, lock: bool = False) -> dict[UUID, Node]:
    """Return the nodes that changes name, also as parents, by lineage (1 query for each level)."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        model = LEVELS[change.level]
        if change.field == Change.ADDITION:
            wanted[model.PARENT].add(change.content["parent"])
            continue
        wanted[change.level].add(str(change.lineage))
        if change.field == Change.PARENT:
            wanted[model.PARENT].add(change.after)
    found: dict[UUID, Node] = {}
    for level, model in LEVELS.items():
        if lineages := wanted[level] - {None}:
            rows = model.objects.filter(plan=plan, lineage__in=lineages).order_by("pk")
            rows = rows.select_related(*([model.PILLAR_PATH] if model.PILLAR_PATH else []))
            if lock:
                rows = rows.select_for_update(of=("self",), no_key=True)
            found |= {node.lineage: node for node in rows}
    return found


def value_now(node: Node, field: str) -> str | None:
    """Return a node's present value of a change's field, as text like `Change.before`."""
    if field == Change.PARENT:
        return parent_lineage(node)
    return as_stored(getattr(node, field))


def conflicts_of(amendment: Amendment, nodes: dict[UUID, Node] | None = None) -> list[Conflict]:
    """Return the changes whose `before` is out of date, or whose parent is gone."""
    changes = list(amendment.changes.all())
    nodes = nodes_of(amendment.plan, changes) if nodes is None else nodes
    added = {str(change.lineage) for change in changes if change.field == Change.ADDITION}
    conflicts = []
    for change in changes:
        parent = change.content["parent"] if change.content else None
        if change.field == Change.PARENT:
            parent = change.after
        above = nodes.get(UUID(parent)) if parent and parent not in added else None
        orphaned = bool(parent) and parent not in added and (above is None or above.retired_on)
        if change.field == Change.ADDITION:
            if orphaned:
                conflicts.append(Conflict(change, None))
        elif orphaned or value_now(nodes[change.lineage], change.field) != change.before:
            conflicts.append(Conflict(change, value_now(nodes[change.lineage], change.field)))
    return conflicts


class Application:
    """Applies one amendment; its nodes are locked."""

    def __init__(self, amendment: Amendment, by: User) -> None:
        self.amendment = amendment
        self.plan = amendment.plan
        self.by = by
        self.changes = list(amendment.changes.all())
        self.nodes = nodes_of(self.plan, self.changes, lock=True)
        self.today = timezone.localdate()

    def run(self, note: str) -> None:
        """Apply the amendment. Its state is saved first, because the triggers check it."""
        if conflicts := conflicts_of(self.amendment, self.nodes):
            raise OvertakenError(conflicts)
        self.refuse_ends()
        remeasured = [one for one in self.changes if one.field in MEASURE]
        hold_measures({self.nodes[one.lineage].pk for one in remeasured})
        decide(self.amendment, Amendment.State.APPLIED, note, self.by)
        for level in LEVELS:
            changes = [one for one in self.changes if one.level == level]
            # Ends and new titles come first: an added node may use a title that becomes free.
            self.change([one for one in changes if one.field != Change.ADDITION], level)
            self.add([one for one in changes if one.field == Change.ADDITION], level)
        if any(one.field == Change.RETIREMENT for one in self.changes):
            self.refuse_left_behind()
        if any(one.field in PLACES for one in self.changes):
            self.refuse_gaps()

    def refuse_ends(self) -> None:
        """Raise RefusedError if an activity would end before its last confirmed record."""
        ended = [self.nodes[one.lineage] for one in self.changes if one.field == Change.RETIREMENT]
        activities = [one for one in ended if isinstance(one, Activity)]
        refuse_end(activities, self.amendment.effective_on)

    def refuse_gaps(self) -> None:
        """Raise RefusedError if on some day a node is in force and its parent is not (5 queries).

        Needed only if the 시행일 is earlier than today: for today the rows themselves are checked.
        """
        first = self.amendment.effective_on
        if first == self.plan.within_year(self.today):
            return
        force = force_of(self.plan, self.plan.first_day - timedelta(days=1))
        tree = read_tree(self.plan, in_force=False)
        nodes = {str(one.lineage): one for model in LEVELS.values() for one in tree.level(model)}
        for day in sorted(day for day in force.turns() if day >= first):
            for node in nodes.values():
                above = nodes.get(force.parent(node, day))
                if above and force.was_there(node, day) and not force.was_there(above, day):
                    raise RefusedError(
                        f"「{node.shown_title}」이(가) {day:%Y. %-m. %-d.}에는 계획에 없는 "
                        f"「{above.shown_title}」 아래에 놓입니다. 시행일을 늦추도록 돌려보내세요."
                    )

    def refuse_left_behind(self) -> None:
        """Raise RefusedError if a node would stay in force below one that ended (3 queries)."""
        for model in LEVELS.values():
            if not model.PARENT:
                continue
            ended = {f"{model.PARENT}__retired_on__isnull": False}
            if left := model.objects.in_force().filter(plan=self.plan, **ended).first():
                cure = "함께 끝내거나 옮기도록 돌려보내세요."
                if self.amendment.part_of_id:
                    cure = "맡은 부분만으로는 반영할 수 없으니 전체를 맡은 사람이 결정해야 합니다."
                raise RefusedError(
                    f"끝나는 항목 아래에 「{left.shown_title}」이(가) 남습니다. {cure}"
                )

    def add(self, changes: list[Change], level: str) -> None:
        """Write a level's new nodes, after their siblings."""
        if not changes:
            return
        model = LEVELS[level]
        nodes = []
        places, slugs = Places(self.plan, model), Slugs.of(self.plan, model)
        for change in changes:
            node = node_of(level, change.content)
            node.plan, node.lineage = self.plan, change.lineage
            parent = self.parent_of(change.content["parent"])
            if parent:
                setattr(node, node.PARENT, parent)
            places.take(node)
            node.slug = slugs.take(node)
            if model is Activity:
                set_target(node, by=self.amendment.requested_by_id)
            nodes.append(node)
            self.nodes[node.lineage] = node
        insert(model, nodes)
        for name in LINKS if model is Activity else ():
            keys = {self.nodes[one.lineage].pk: one.content.get(name, []) for one in changes}
            add_links(name, keys)

    def change(self, changes: list[Change], level: str) -> None:
        """Write a level's changed nodes (1 query, and 1 more if some move)."""
        if not changes:
            return
        model = LEVELS[level]
        moved = any(change.field == Change.PARENT for change in changes)
        places = Places(self.plan, model) if moved else None
        columns: set[str] = set()
        touched: dict[UUID, Node] = {}
        for change in changes:
            node = touched.setdefault(change.lineage, self.nodes[change.lineage])
            if change.field == Change.PARENT:
                setattr(node, node.PARENT, self.parent_of(change.after))
                places.take(node)
                columns |= {node.PARENT, "position"}
                continue
            setattr(node, change.field, from_stored(model, change.field, change.after))
            columns.add(change.field)
            if change.field in TARGETS:
                columns |= {*set_target(node, by=self.amendment.requested_by_id)}
        update(model, touched.values(), columns)

    def parent_of(self, lineage: str | None) -> Node | None:
        """Return the node that a change names as parent, also one that was just added; or None."""
        return self.nodes[UUID(lineage)] if lineage else None
