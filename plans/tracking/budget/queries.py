"""What is read of budgets: planned, contracted and spent of each activity, and 집행률."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from gwonseon.office.models import Department, User
from plans.amendments.force import force_of
from plans.progress.arithmetic import percent
from plans.tracking.budget.models import Spending
from plans.tracking.listing import in_order
from plans.tracking.models import Period
from plans.tracking.queries import department_of, person_of, was_in
from plans.tree.models import Activity, Plan
from plans.tree.queries import read_tree

OWNERS = ("department", "person", "initiative__department", "initiative__person")


@dataclass(frozen=True)
class Money:
    """Sums in 원: the planned budget, and what was contracted and spent of it since New Year.

    None is what nobody has said: an activity without a budget, or without a report.
    """

    planned: int | None = None
    contracted: int | None = None
    spent: int | None = None

    @property
    def rate(self) -> Decimal | None:
        """집행률 in percent; None without a planned budget or a report."""
        if not self.planned or self.spent is None:
            return None
        return percent(Decimal(self.spent), Decimal(self.planned))


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


@dataclass(frozen=True)
class MoneyLine:
    """An activity's sums in a period.

    `spending` is its report of the period, `before` the last one of an earlier period, if any.
    """

    activity: Activity
    spending: Spending | None
    before: Spending | None

    @property
    def money(self) -> Money:
        """The planned budget, and the sums that the period's report says."""
        return money_of(self.activity, self.spending)

    @property
    def is_budgeted(self) -> bool:
        """Whether the activity has a planned budget."""
        return self.activity.budget is not None

    @property
    def is_unreported(self) -> bool:
        """Whether there is money to spend and nobody reported what was spent."""
        return bool(self.activity.budget) and self.spending is None

    @property
    def department(self) -> Department | None:
        """The department that owns the activity, itself or by its initiative."""
        return department_of(self.activity)

    @property
    def person(self) -> User | None:
        """Who is in charge of the activity, or of its initiative."""
        return person_of(self.activity)

    @property
    def warnings(self) -> list[str]:
        """What looks wrong about the report, in words."""
        found, money, before = self.spending, self.money, self.before
        if found is None:
            return []
        is_lower = before and (found.contracted < before.contracted or found.spent < before.spent)
        checks = (
            (money.planned is not None and found.spent > money.planned, _("계획액보다 많이 집행")),
            (found.spent > found.contracted, _("계약액보다 많이 집행")),
            (is_lower, _("앞 기간의 누계보다 줄어듦")),
        )
        return [word for is_so, word in checks if is_so]


@dataclass(frozen=True)
class MoneySum:
    """The sums of activities with a planned budget, and how many of these reported."""

    money: Money
    reported: int
    whole: int

    @property
    def unreported(self) -> int:
        """How many did not report; what they spent is not in the sums."""
        return self.whole - self.reported


def money_lines(period: Period, activities: Iterable[Activity]) -> list[MoneyLine]:
    """Return the sums of some activities of the plan in a period, in the same order (1 query)."""
    rows = Spending.objects.filter(
        period__plan=period.plan_id, period__first_on__lte=period.first_on
    )
    own: dict[int, Spending] = {}
    before: dict[int, Spending] = {}
    for one in rows.select_related("period", "written_by").order_by("period__first_on"):
        (own if one.period_id == period.pk else before)[one.activity_id] = one
    return [MoneyLine(one, own.get(one.pk), before.get(one.pk)) for one in activities]


def budget_lines(period: Period) -> list[MoneyLine]:
    """Return a period's activities with a planned budget or a report (12 queries at most)."""
    activities = read_tree(period.plan, in_force=False).activities
    force = force_of(period.plan, period.plan.first_day)
    lines = [
        one
        for one in money_lines(period, activities)
        if one.spending or (one.is_budgeted and was_in(period, one.activity, force))
    ]
    prefetch_related_objects([one.activity for one in lines], *OWNERS)
    return lines


def reported_in(period: Period) -> dict[int, Spending]:
    """Return a period's reports by activity key (1 query)."""
    return {one.activity_id: one for one in Spending.objects.filter(period=period)}


def sum_of(lines: Iterable[MoneyLine]) -> MoneySum:
    """Return the sums of lines; those without a planned budget are left out."""
    budgeted = [one for one in lines if one.is_budgeted]
    reported = sum(one.spending is not None for one in budgeted)
    return MoneySum(total_of(one.money for one in budgeted), reported, len(budgeted))


def sums_by_department(lines: Iterable[MoneyLine]) -> list[tuple[Department | None, MoneySum]]:
    """Return each department's sums, in the departments' order. What has none comes last."""
    found: dict[Department | None, list[MoneyLine]] = defaultdict(list)
    for one in lines:
        found[one.department].append(one)
    departments = sorted(found, key=in_order)
    return [(department, sum_of(found[department])) for department in departments]


def reports_of(activity: Activity) -> list[Spending]:
    """Return an activity's reports of all periods, in their order (1 query)."""
    rows = Spending.objects.filter(activity=activity).select_related("period", "written_by")
    return list(rows.order_by("period__first_on"))


def earlier_versions(spending: Spending) -> list[Any]:
    """Return what a report said each time that it was written, latest first (1 query)."""
    return list(spending.events.select_related("written_by").order_by("-pgh_id"))
