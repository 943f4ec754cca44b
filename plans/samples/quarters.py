"""Sample quarters of a plan: three are closed, and departments write in the fourth."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from gwonseon.office.models import Department, User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from plans.samples.people import DEMO_DEPARTMENT, staff_of
from plans.tracking.closing.actions import close_period
from plans.tracking.models import Period, Update
from plans.tracking.periods import open_period, set_up_periods
from plans.tree.models import Activity, Plan

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
    *past, last = set_up_periods(plan=plan, kind=Period.Kind.QUARTER, by=planner)
    for planned in past:
        period = write_in(planned, planner, STATES[:1])
        close_period(period=period, version=period.version, by=planner)
    write_in(last, planner, STATES)


def write_in(planned: Period, planner: User, states: Sequence[Update.State]) -> Period:
    """Open a period, and write updates in it, in turn in one of the states."""
    period = open_period(period=planned, by=planner)
    Update.objects.bulk_create(updates(period, states))
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
