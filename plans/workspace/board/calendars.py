"""The years, reporting periods and closings between which the board chooses."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from gwonseon.joined import JoinedModel, joined_rows
from gwonseon.office.models import District
from plans.tracking.closing.models import Closing
from plans.tracking.closing.queries import latest_of
from plans.tracking.models import Period
from plans.tree.models import Plan

CLOSED = ("period_id", "version", "closed_at", "closed_on")
IN_ORDER = ("-year", "periods__first_on", "periods__closings__version")


@dataclass
class Year:
    """A published plan with its periods, and their closings by period and version."""

    plan: Plan
    periods: list[Period] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)

    @property
    def open(self) -> list[Period]:
        """The periods in which departments write."""
        return [one for one in self.periods if one.is_open]

    def period_now(self) -> Period | None:
        """Return the last open period, or the last that was opened; None if none was."""
        begun = [one for one in self.periods if one.opened_at]
        return next(reversed([*begun[-1:], *self.open]), None)

    def period_on(self, day: date) -> Period | None:
        """Return the last period that was open on a day, or was closed by then; None if none."""
        begun = [one for one in self.periods if one.opened_at and opened_on(one) <= day]
        closed = {one.period_id for one in self.closings if one.closed_on <= day}
        writing = [one for one in begun if one.pk not in closed]
        return next(reversed([*begun[-1:], *writing]), None)

    def closing_before(self, day: date | None = None) -> Closing | None:
        """Return the last version of the last closed period, or of one that ended before a day."""
        found = [one for one in self.closings if day is None or one.period.last_on < day]
        return next(reversed(latest_of(found)), None)


def opened_on(period: Period) -> date:
    """Return the day in Korea on which a period was opened."""
    return timezone.localdate(period.opened_at)


def published_years() -> list[Year]:
    """Return the published plans, newest first, with their periods and closings (1 query)."""
    parts = [
        JoinedModel(Plan),
        JoinedModel(District, "district"),
        JoinedModel(Period, "periods"),
        JoinedModel(Closing, "periods__closings", CLOSED),
    ]
    years: dict[int, Year] = {}
    rows = Plan.objects.published().order_by(*IN_ORDER)
    for _values, (plan, plan.district, period, closing) in joined_rows(rows, parts):
        year = years.setdefault(plan.pk, Year(plan))
        if period and period not in year.periods:
            period.plan = plan
            year.periods.append(period)
        if closing:
            closing.period = period
            year.closings.append(closing)
    return list(years.values())
