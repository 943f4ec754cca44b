"""Sample quarters of a plan: three are closed, and departments write in the fourth.

Some activities have milestones, some are blocked, and some have risks.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone

from gwonseon.office.models import Department, User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from plans.samples.people import DEMO_DEPARTMENT, staff_of
from plans.samples.spending import spending
from plans.tracking.blockers.models import Blocker
from plans.tracking.budget.models import Spending
from plans.tracking.closing.actions import close_period
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period, Update
from plans.tracking.periods import open_period, set_up_periods
from plans.tracking.risks.models import Risk, RiskReview
from plans.tree.models import Activity, Plan

# One activity in so many has milestones, is blocked, or has a risk.
MARKED, BLOCKED, RISKY = 6, 13, 8
# Likelihood and impact of risks, in turn.
LEVELS = ((3, 3), (1, 2), (2, 2), (3, 1), (2, 3))
# What, month, weight, and when it was done.
STEPS = (
    ("예시 계획 수립", 2, 20, date(2000, 2, 12)),
    ("예시 시행", 6, 50, date(2000, 6, 30)),
    ("예시 결과 정리", 11, 30, None),
)
# One activity in so many has no update; in the fourth quarter, the others have these states.
SILENT = 9
STATES = (
    Update.State.APPROVED,
    Update.State.SUBMITTED,
    Update.State.DRAFT,
    Update.State.RETURNED,
)


def quarters(plan: Plan) -> None:
    """Set up a published plan's quarters; close three, and let departments write in the fourth."""
    planner = staff_of(Department.objects.get(name=DEMO_DEPARTMENT), PLANNER)
    Risk.objects.bulk_create(risks(plan))
    *past, last = set_up_periods(plan=plan, kind=Period.Kind.QUARTER, by=planner)
    for planned in past:
        period = write_in(planned, planner, STATES[:1])
        close_period(period=period, version=period.version, by=planner)
    write_in(last, planner, STATES)
    Milestone.objects.bulk_create(milestones(plan))
    Blocker.objects.bulk_create(blockers(plan))


def write_in(planned: Period, planner: User, states: Sequence[Update.State]) -> Period:
    """Open a period, and write updates in it, in turn in one of the states.

    Departments report what they spent, too, and review their risks.
    """
    period = open_period(period=planned, by=planner)
    Update.objects.bulk_create(updates(period, states))
    Spending.objects.bulk_create(spending(period))
    RiskReview.objects.bulk_create(reviews(period))
    return period


def updates(period: Period, states: Sequence[Update.State]) -> Iterator[Update]:
    """Yield the updates of a period, not saved, in turn in one of the states."""
    rows = Activity.objects.filter(plan=period.plan).in_force().in_plan_order()
    people: dict[Department, tuple[User, User]] = {}
    for number, activity in enumerate(rows.select_related("initiative__department")):
        department = activity.initiative.department
        if department not in people:
            people[department] = staff_of(department, EDITOR), staff_of(department, HEAD)
        if number % SILENT != SILENT - 1:
            yield update(period, activity, states[number % len(states)], *people[department])


def update(
    period: Period, activity: Activity, state: Update.State, officer: User, head: User
) -> Update:
    """Return an update in a state, not saved: the officer wrote it, and the head decides."""
    now = timezone.now()
    is_decided = state in {Update.State.APPROVED, Update.State.RETURNED}
    return Update(
        period=period,
        activity=activity,
        results=f"예시: {activity.shown_title} 추진",
        next_steps="예시: 다음 분기에도 계획대로 추진",
        problems="예시: 우천으로 미룬 일은 다음 분기에 추진",
        evidence="예시 문서번호",
        state=state,
        author=officer,
        writers=[officer.pk],
        submitted_at=None if state == Update.State.DRAFT else now,
        decided_by=head if is_decided else None,
        decided_at=now if is_decided else None,
        returned_for="예시: 실적의 장소를 적어 주세요." if state == Update.State.RETURNED else "",
    )


def milestones(plan: Plan) -> Iterator[Milestone]:
    """Yield the milestones of one activity in MARKED, not saved: two are done, one late."""
    for activity in every(plan, MARKED):
        for title, month, weight, done_on in STEPS:
            yield Milestone(
                activity=activity,
                title=title,
                planned_on=date(plan.year, month, 15),
                weight=weight,
                done_on=done_on and done_on.replace(year=plan.year),
                evidence="예시 문서번호" if done_on else "",
            )


def blockers(plan: Plan) -> Iterator[Blocker]:
    """Yield a blocker for one activity in BLOCKED, not saved; every second one is resolved."""
    for number, activity in enumerate(every(plan, BLOCKED)):
        department = activity.initiative.department
        head, today = staff_of(department, HEAD), timezone.localdate()
        is_resolved = number % 2 == 1
        yield Blocker(
            activity=activity,
            what="예시: 대상지의 사용 승인이 늦어짐",
            department=department,
            due_on=today - timedelta(days=7),
            raised_by=staff_of(department, EDITOR),
            raised_on=today - timedelta(days=30),
            resolved_on=today - timedelta(days=3) if is_resolved else None,
            resolved_by=head if is_resolved else None,
            resolution="예시: 승인을 받음" if is_resolved else "",
        )


def risks(plan: Plan) -> Iterator[Risk]:
    """Yield a risk for one activity in RISKY, not saved."""
    for number, activity in enumerate(every(plan, RISKY)):
        likelihood, impact = LEVELS[number % len(LEVELS)]
        officer = staff_of(activity.initiative.department, EDITOR)
        yield Risk(
            activity=activity,
            title="예시: 대상지 확보 지연",
            what="예시: 대상지를 제때 빌리지 못하면 시작이 늦어짐",
            likelihood=likelihood,
            impact=impact,
            response="예시: 다른 대상지 두 곳을 미리 알아봄",
            owner=officer,
            raised_by=officer,
            raised_on=date(plan.year, 1, 10),
        )


def reviews(period: Period) -> Iterator[RiskReview]:
    """Yield reviews of the plan's risks in a period, not saved; the last one has none."""
    risks = list(Risk.objects.filter(activity__plan=period.plan).order_by("pk"))
    for risk in risks[:-1]:
        yield RiskReview(
            risk=risk,
            period=period,
            likelihood=risk.likelihood,
            impact=risk.impact,
            note="예시: 달라진 것 없음",
            reviewed_by_id=risk.owner_id,
        )


def every(plan: Plan, number: int) -> list[Activity]:
    """Return every so-many-th activity of a plan, with its initiative's department (1 query)."""
    rows = Activity.objects.filter(plan=plan).in_force().in_plan_order()
    return list(rows.select_related("initiative__department"))[::number]
