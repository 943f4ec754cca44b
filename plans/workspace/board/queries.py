"""What the board reads: each of these tables once, and never more than eight queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from gwonseon.office.models import User
from plans.amendments.decide import part_among
from plans.amendments.force import IN_ORDER, Force, decided, told_since
from plans.amendments.models import Amendment, Change
from plans.progress.figures import PlanProgress
from plans.progress.models import Hold
from plans.progress.queries import Reading, counted
from plans.tracking.budget.queries import spending_of
from plans.tracking.closing.models import Closing, Snapshot
from plans.tracking.closing.queries import until
from plans.tracking.closing.reading import (
    FrozenBlocker,
    activities_of,
    decimal,
    frozen_blockers,
)
from plans.tracking.models import TEXTS, Period, Update
from plans.tracking.queries import was_in
from plans.tree.models import Activity, Node
from plans.tree.queries import TO_ACTIVITY, Tree, read_tree_at_once
from plans.workspace.board.calendars import Year
from plans.workspace.board.standings import (
    Before,
    PillarStanding,
    frozen_pillars,
    pillar_of_figures,
)
from plans.workspace.board.troubles import Troubles, after, troubles_on


@dataclass(frozen=True)
class Live:
    """What is known of a year now, or was known on a past day, and is counted by the ledger.

    Work is counted up to `on`; updates and troubles stand as on `known_on`, today or the past day.
    `updates` are those of `period` and, now, of all open periods; of a past day they are events of
    history. Only now, `amendments` wait for the user's decision.
    """

    year: Year
    on: date
    known_on: date
    tree: Tree
    force: Force
    pillars: list[PillarStanding]
    period: Period | None
    updates: list[Any]
    before: dict[str, Before]
    compared: Closing | None
    troubles: Troubles
    amendments: list[Amendment] = field(default_factory=list)
    is_now: bool = False


@dataclass(frozen=True)
class Frozen:
    """What a closing and the closing of the period before it froze."""

    closing: Closing
    pillars: list[PillarStanding]
    blockers: list[FrozenBlocker]
    before: dict[str, Before]
    compared: Closing | None


def read_now(year: Year, on: date, user: User) -> Live:
    """Return what is known now; `on` is the last day to which work is counted (7 queries)."""
    period, today = year.period_now(), timezone.localdate()
    keys = {one.pk for one in year.open} | ({period.pk} if period else set())
    updates = Update.objects.filter(period__in=keys).defer(*TEXTS)
    return read_live(
        year,
        on,
        user,
        known_on=today,
        period=period,
        updates=list(updates),
        compared=year.closing_before(),
        troubles=troubles_on(year.plan, today, period),
        is_now=True,
    )


def read_day(year: Year, day: date, user: User) -> Live:
    """Return what the ledger says of a past day, and updates as they stood then (7 queries)."""
    period = year.period_on(day)
    return read_live(
        year,
        day,
        user,
        known_on=day,
        period=period,
        updates=updates_on(period, day),
        compared=year.closing_before(day),
        troubles=troubles_on(year.plan, day, period),
    )


def read_live(year: Year, on: date, user: User, *, is_now: bool = False, **read: Any) -> Live:
    """Return what the ledger says of a day, with what was read already (5 queries).

    With `is_now`, also the amendments that wait for the user.
    """
    plan = year.plan
    tree = read_tree_at_once(plan, is_held=is_held(on))
    applied, waiting = changes_of(year)
    force = Force(map(decided, applied))
    keys = [one.pk for one in tree.activities]
    held = {one.pk: True for one in tree.activities if one.is_held}
    reading = Reading(tree, on, force, counted(keys, on), held, user.department_id)
    whole, spending = PlanProgress(on, reading.whole()).whole, spending_of(plan, on)
    return Live(
        year=year,
        on=on,
        tree=tree,
        force=force,
        pillars=[pillar_of_figures(one, spending) for one in (whole, *whole.groups("pillar"))],
        before=frozen_before(read["compared"]),
        amendments=decidable(user, waiting, tree) if is_now else [],
        is_now=is_now,
        **read,
    )


def is_held(on: date) -> Exists:
    """Return the condition that an activity is on hold on a day."""
    going_on = Q(ends_on=None) | Q(ends_on__gt=on)
    return Exists(Hold.objects.filter(going_on, activity=OuterRef(TO_ACTIVITY), starts_on__lte=on))


def changes_of(year: Year) -> tuple[list[Change], list[Change]]:
    """Return a plan's applied changes since its first day, and those that wait (1 query)."""
    waiting = Q(amendment__state=Amendment.State.REQUESTED)
    told = told_since(year.plan, year.plan.first_day)
    rows = Change.objects.filter(told | waiting, amendment__plan=year.plan)
    rows = list(rows.select_related("amendment").order_by(*IN_ORDER, "pk"))
    applied = [one for one in rows if one.amendment.state == Amendment.State.APPLIED]
    return applied, [one for one in rows if one.amendment.state == Amendment.State.REQUESTED]


def decidable(user: User, changes: Iterable[Change], tree: Tree) -> list[Amendment]:
    """Return the amendments of which the user may decide a part, oldest first (no query)."""
    nodes: dict[Any, Node] = {
        one.lineage: one
        for one in [*tree.pillars, *tree.goals, *tree.initiatives, *tree.activities]
    }
    found: dict[int, Amendment] = {}
    said: dict[int, list[Change]] = {}
    for one in changes:
        found.setdefault(one.amendment_id, one.amendment)
        said.setdefault(one.amendment_id, []).append(one)
    mine = []
    for key, amendment in found.items():
        amendment.plan, amendment.said = tree.plan, said[key]
        if part_among(user, amendment, said[key], nodes):
            mine.append(amendment)
    return sorted(mine, key=lambda one: one.requested_at)


def updates_on(period: Period | None, day: date) -> list[Any]:
    """Return a period's updates as they stood at the end of a day, from history (1 query)."""
    if period is None:
        return []
    events = Update.pgh_event_model.objects.filter(period=period, pgh_created_at__lt=after(day))
    events = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").defer(*TEXTS)
    return [one for one in events if one.pgh_label != "delete"]


def frozen_before(closing: Closing | None) -> dict[str, Before]:
    """Return what a closing froze of each activity's status and rate, by lineage (1 query)."""
    if closing is None:
        return {}
    rows = Snapshot.objects.filter(closing=closing).order_by()
    names = ("data__lineage", "data__status", "data__rate")
    found = rows.values_list(*names)
    return {lineage: Before(status, decimal(rate)) for lineage, status, rate in found}


def read_frozen(year: Year, chosen: Closing) -> Frozen:
    """Return what a closing froze, and what stood before it (3 queries)."""
    closing = Closing.objects.get(pk=chosen.pk)
    standing = until(chosen, year.closings)
    compared = standing[-2] if len(standing) > 1 else None
    pillars = frozen_pillars(closing, activities_of(closing))
    blockers = frozen_blockers(closing)
    return Frozen(chosen, pillars, blockers, frozen_before(compared), compared)


def activities_in(live: Live, period: Period) -> list[Activity]:
    """Return the activities that were part of the plan in a period (no query)."""
    return [one for one in live.tree.activities if was_in(period, one, live.force)]
