"""What is read of budgets: planned, contracted and spent of each activity, and 집행률."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from plans.tracking.budget.models import Spending
from plans.tree.models import Activity, Plan

HUNDRED = 100


@dataclass(frozen=True)
class Money:
    """Sums in 원: the planned budget, and what was contracted and spent of it since New Year.

    None is what nobody has said: an activity without a budget, or without a report.
    """

    planned: int | None = None
    contracted: int | None = None
    spent: int | None = None

    @property
    def rate(self) -> Fraction | None:
        """집행률 in percent; None without a planned budget or a report."""
        if not self.planned or self.spent is None:
            return None
        return Fraction(self.spent * HUNDRED, self.planned)


def spending_of(plan: Plan, on: date) -> dict[int, Spending]:
    """Return each activity's last report of a period that ended by a day, by key (1 query).

    The period that is running on the day counts, too.
    """
    rows = Spending.objects.filter(period__plan=plan, period__first_on__lte=on)
    rows = rows.select_related("period").order_by("activity", "-period__first_on")
    return {one.activity_id: one for one in rows.distinct("activity")}


def money_of(activity: Activity, spending: Spending | None) -> Money:
    """Return an activity's sums with its last report."""
    if spending is None:
        return Money(activity.budget)
    return Money(activity.budget, spending.contracted, spending.spent)


def total_of(sums: Iterable[Money]) -> Money:
    """Return the sums of several activities that have a planned budget.

    What is spent without a planned budget would make the rate of the others look better.
    """
    planned = [one for one in sums if one.planned is not None]
    return Money(
        sum(one.planned for one in planned) if planned else None,
        added(one.contracted for one in planned),
        added(one.spent for one in planned),
    )


def added(amounts: Iterable[int | None]) -> int | None:
    """Return the sum of the amounts that are known; None if none is."""
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None
