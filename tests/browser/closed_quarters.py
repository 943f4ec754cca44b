"""Closed quarters of the 2021 plan, with records, updates and money spent."""

from datetime import date

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.tracking.blockers.models import Blocker
from plans.tracking.models import Period
from plans.tracking.periods import open_period
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory
from tests.factories.office import staff
from tests.factories.tracking import approved, closed, draft, first_quarter, reopened, reported

TEXTS = {
    "results": "예시: 달마다 넷째 주에 순찰했습니다.\n어두운 골목 세 곳을 밝혔습니다.",
    "next_steps": "예시: 다음 분기에는 공원 둘레를 더합니다.",
    "problems": "예시: 비가 잦아 늦어졌으며, 다음 분기에 두 번씩 합니다.",
    "evidence": "예시 추진 결과 보고",
}


def close_quarters() -> list[Period]:
    """Return the quarters: the first closed, the second twice, and the third open with a draft."""
    planner = User.objects.get(username="demo-planner")
    patrol = Activity.objects.select_related("plan", "initiative").get(slug="joint-patrol")
    first = first_quarter(patrol.plan, by=planner)
    record(patrol, "2021-02-01")
    Activity.objects.filter(initiative=patrol.initiative).update(budget=123_456_000)
    reported(first, patrol, 120_000_000, 98_765_000, by=planner)
    late = Activity.objects.filter(plan=patrol.plan, target__isnull=False).exclude(
        initiative=patrol.initiative
    )
    Blocker.objects.create(
        activity=patrol,
        what="예시: 순찰 차량이 없음",
        department=planner.department,
        due_on="2021-03-02",
        raised_on="2021-02-01",
        raised_by=planner,
    )
    closed(patrol.plan, by=planner)
    record(patrol, "2021-03-02")
    record(late.first(), "2021-05-04")
    reopened(closed(patrol.plan, 2, by=planner))
    second = first.plan.periods.get(number=2)
    reported(second, patrol, 120_000_000, 123_000_000, by=planner)
    for about in (patrol.initiative, late.first()):
        approved(period=second, about=about, by=planner, by_another=staff(PLANNER), **TEXTS)
    closed(patrol.plan, 2, by=planner)
    third = open_period(period=first.plan.periods.get(number=3), by=planner)
    draft(period=third, about=patrol, by=planner)
    return list(first.plan.periods.all())


def record(activity: Activity, day: str) -> None:
    """Confirm a record of an activity."""
    RecordFactory(activity=activity, happened_on=date.fromisoformat(day), confirmed=True)
