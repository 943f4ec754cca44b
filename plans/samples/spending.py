"""Sample budgets of a plan's activities, and what was contracted and spent of them."""

from collections.abc import Iterator

from plans.tracking.budget.models import Spending
from plans.tracking.models import Period
from plans.tree.models import Activity, Plan

# 원, by the place of an activity in the plan; the others have no budget.
BUDGETS = (12_000_000, None, 45_000_000, 3_600_000, None)
# Percent of the budget that is contracted and spent with each quarter.
CONTRACTED, SPENT = 30, 22
# One activity in so many spends more than planned; one in so many reports nothing.
BEYOND, SILENT = 11, 7
WHOLE = 100


def plan_budgets(plan: Plan) -> None:
    """Give a draft's activities budgets."""
    keys = list(Activity.objects.filter(plan=plan).in_plan_order().values_list("pk", flat=True))
    for number, budget in enumerate(BUDGETS):
        Activity.objects.filter(pk__in=keys[number :: len(BUDGETS)]).update(budget=budget)


def spending(period: Period) -> Iterator[Spending]:
    """Yield the reports of an open quarter, not saved: the persons in charge wrote them."""
    rows = Activity.objects.filter(plan=period.plan, budget__gt=0, person__isnull=False)
    for number, activity in enumerate(rows.in_force().in_plan_order()):
        if number % SILENT == SILENT - 1:
            continue
        share = SPENT * period.number + (WHOLE // 2 if number % BEYOND == BEYOND - 1 else 0)
        yield Spending(
            period=period,
            activity=activity,
            contracted=activity.budget * min(CONTRACTED * period.number, WHOLE) // WHOLE,
            spent=activity.budget * share // WHOLE,
            source=f"예시 예산 집행 현황({period.last_on.month}월 말)",
            written_by_id=activity.person_id,
        )
