"""What reports are made from: a closed period, or what the ledger says of a day in the same form.

A report of a day is read as if its period was closed on that day, so that every report is built
from the same plain values, which everybody may read.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gwonseon.refusals import RefusedError
from plans.progress.arithmetic import FULL, percent, rolled_up
from plans.reports.requests import Compared, ReportRequest, Scope, ScopeLevel
from plans.tracking.budget.queries import total_of
from plans.tracking.closing.actions import frozen
from plans.tracking.closing.freezing import money_as_data, number
from plans.tracking.closing.models import Closing
from plans.tracking.closing.queries import closings_of, latest_of, until
from plans.tracking.closing.reading import (
    FrozenActivity,
    FrozenGroup,
    FrozenPeriod,
    decimal,
    frozen_period,
    tree_of,
)
from plans.tracking.figures import figures_of
from plans.tracking.models import Period
from plans.tree.models import Plan

Keep = Callable[[FrozenActivity], bool]


@dataclass(frozen=True)
class Source:
    """The data that a report takes its figures from, limited to its scope.

    `compared` is the closed period that it is compared with, if any, with the same scope.
    """

    period: FrozenPeriod
    top: FrozenGroup
    compared: FrozenPeriod | None = None

    @property
    def activities(self) -> list[FrozenActivity]:
        """The activities of the scope, in the plan's order."""
        return [one for initiative in self.top.initiatives() for one in initiative.own]

    def with_places(self) -> list[tuple[list[FrozenGroup], FrozenActivity]]:
        """Return each activity with the groups that it is in, from the top of the scope down."""
        return [(path, one) for path in paths_in(self.top) for one in path[-1].own]


def paths_in(group: FrozenGroup) -> list[list[FrozenGroup]]:
    """Return the path of groups from a group down to each initiative, in the plan's order."""
    if not group.parts:
        return [[group]]
    return [[group, *path] for part in group.parts for path in paths_in(part)]


def source_of(request: ReportRequest) -> Source:
    """Return what a report is made from (about 25 queries for a day, 3 for a closed period).

    Raises RefusedError for a day outside all periods, and where there is nothing in the scope.
    """
    closing = request.closing
    period = frozen_period(closing) if closing else as_of(request.plan, request.on)
    top = limited(period.whole, request.scope)
    if top is None:
        raise RefusedError(
            "고른 범위에는 이 기간에 추진하는 활동이 없습니다. 다른 범위를 고르세요."
        )
    other = compared_closing(request)
    return Source(period, top, frozen_period(other) if other else None)


def as_of(plan: Plan, on: date) -> FrozenPeriod:
    """Return the period that includes a day, as if it was closed at the end of that day."""
    days = {"first_on__lte": on, "last_on__gte": on}
    period = Period.objects.filter(plan=plan, **days).select_related("plan").first()
    if period is None:
        raise RefusedError("그날이 든 보고 기간이 없습니다. 기획에 보고 기간을 정해 달라고 하세요.")
    closing, snapshots = frozen(period, figures_of(period, on=on), on=on)
    activities = [FrozenActivity(one.data) for one in snapshots]
    return FrozenPeriod(closing, tree_of(closing.content["groups"], activities), activities)


def compared_closing(request: ReportRequest) -> Closing | None:
    """Return the closed period that a report is compared with, or None (1 query)."""
    if request.compared == Compared.PERIOD:
        closings = closings_of(request.plan)
        if request.closing:
            return next(iter(until(request.closing, closings)[-2:-1]), None)
        earlier = [one for one in closings if one.period.last_on < request.on]
        return next(reversed(latest_of(earlier)), None)
    if request.compared == Compared.YEAR:
        return same_period_before(request)
    return None


def same_period_before(request: ReportRequest) -> Closing | None:
    """Return the last version of the same period of the year before, if it is closed (1 query)."""
    month = request.last_on.month
    rows = Closing.objects.filter(
        period__plan__year=request.plan.year - 1,
        period__first_on__month__lte=month,
        period__last_on__month__gte=month,
    )
    return rows.select_related("period").order_by("-version").first()


def limited(whole: FrozenGroup, scope: Scope) -> FrozenGroup | None:
    """Return the part of a plan that a scope has; None if there is nothing in it."""
    match scope.level:
        case ScopeLevel.PILLAR | ScopeLevel.INITIATIVE:
            return find(whole, scope.level, scope.key)
        case ScopeLevel.DEPARTMENT:
            return regrouped(whole, lambda one: one.data["department"] == scope.key)
        case _:
            return whole


def find(group: FrozenGroup, level: str, slug: str) -> FrozenGroup | None:
    """Return the group of a level with a slug, or None."""
    if (group.data["level"], group.data["slug"]) == (level, slug):
        return group
    return next(filter(None, (find(one, level, slug) for one in group.parts)), None)


def regrouped(group: FrozenGroup, keep: Keep) -> FrozenGroup | None:
    """Return a group with some of its activities, its rates and sums counted from these alone."""
    parts = [one for one in (regrouped(part, keep) for part in group.parts) if one]
    own = [one for one in group.own if keep(one)]
    if not parts and not own:
        return None
    inside = FrozenGroup(group.data, parts, own)
    return replace(inside, data=group.data | sums_in(inside))


def sums_in(group: FrozenGroup) -> dict[str, str]:
    """Return the rates and sums of a group, counted from what is in it, as a snapshot has them."""
    activities = [one for initiative in group.initiatives() for one in initiative.own]
    rates = [one.rate for one in activities if one.rate is not None]
    met = [one for one in rates if one >= FULL]
    parts = [*group.parts, *group.own]
    rate = rolled_up(
        (decimal(one.data["weight"]), one.rate) for one in parts if one.rate is not None
    )
    return {
        "rate": number(rate),
        "met_rate": number(percent(Decimal(len(met)), Decimal(len(rates))) if rates else None),
        "activities": str(len(activities)),
        **money_as_data(total_of(one.money for one in activities)),
    }
