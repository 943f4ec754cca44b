"""Each rule: whom it tells of what, from when on, and that it is silent once the thing is done."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from gwonseon.messaging.models import Sender
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, HEAD
from plans.editing.reviews.actions import decide_review, request_review, review_stamp
from plans.ledger.actions import confirm_record
from plans.ledger.models import Finding
from plans.reminders.models import Urgency
from plans.tracking import actions
from plans.tracking.blockers.actions import raise_blocker, resolve_blocker
from plans.tracking.blockers.models import Blocker
from plans.tracking.milestones.models import Milestone
from plans.tree.models import Activity
from tests.factories.amendments import requested
from tests.factories.ledger import RecordFactory, officer_of
from tests.factories.notices import waiting
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tracking import submitted
from tests.factories.tree import ActivityFactory
from tests.plans.reminders.conftest import Quarter, found_on, steps

pytestmark = pytest.mark.django_db

# The first quarter is written from April 1 to 10; the last working day is Friday, the 9th.
LONG_BEFORE, SEVEN, THREE, ONE = "2021-03-29", "2021-04-01", "2021-04-07", "2021-04-09"
QUERIES = 31
LONG_AGO = datetime(2021, 3, 1, tzinfo=UTC)
ONE_LATE, EIGHT_LATE = "2021-04-12", "2021-04-21"


def in_charge_of(activity: Activity) -> User:
    """Put somebody in charge of an activity."""
    person = UserFactory(department=activity.initiative.department)
    Activity.objects.filter(pk=activity.pk).update(person=person)
    return person


def found_something(activity: Activity, what: str) -> Finding:
    """Return a finding of a confirmed record, due on the first quarter's last working day."""
    record = RecordFactory(activity=activity)
    finding = Finding.objects.create(record=record, what=what, due_on=date(2021, 4, 9))
    confirm_record(record=record, version=0, by=officer_of(activity.initiative))
    return finding


def test_updates_are_due_for_who_is_in_charge_else_for_the_head(quarter: Quarter) -> None:
    person = in_charge_of(quarter.activity)

    own = found_on(THREE, "updates", person.pk)
    of_head = found_on(THREE, "updates", quarter.head.pk)

    assert [quarter.activity.title in one.about for one in own] == [True]
    assert [quarter.other.title in one.about for one in of_head] == [True]
    assert own[0].url == f"{quarter.period.get_absolute_url()}?mine=on"
    assert len(found_on(THREE, "updates")) == 2


@pytest.mark.parametrize(
    ("day", "step", "urgency"),
    [
        (SEVEN, "7", Urgency.SOON),
        (THREE, "3", Urgency.SOON),
        (ONE, "1", Urgency.SOON),
        (ONE_LATE, "late-1", Urgency.LATE),
        (EIGHT_LATE, "late-8", Urgency.LATE),
    ],
)
def test_updates_are_told_in_steps_of_working_days(
    quarter: Quarter, day: str, step: str, urgency: Urgency
) -> None:
    found = found_on(day, "updates", quarter.head.pk)

    assert [(one.step, one.urgency) for one in found] == [(step, urgency)]
    # With its year, as what is late may be of an earlier one.
    assert found[0].why.startswith(("2021. 4. 10.까지", "오늘까지"))


def test_nobody_is_told_long_before_nor_once_all_is_handed_in(quarter: Quarter) -> None:
    assert not found_on(LONG_BEFORE, "updates")
    for about in (quarter.activity, quarter.other):
        submitted(period=quarter.period, about=about, by=quarter.officer)

    assert not found_on(ONE_LATE, "updates")


def test_a_returned_update_is_due_again(quarter: Quarter) -> None:
    for about in (quarter.activity, quarter.other):
        update = submitted(period=quarter.period, about=about, by=quarter.officer)
    actions.send_back(update=update, version=update.version, reason="예시", by=quarter.head)

    assert len(found_on(ONE_LATE, "updates", quarter.head.pk)) == 1


def test_an_update_that_waits_three_days_is_told_to_who_decides(
    quarter: Quarter, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2021-04-05 10:00+09:00")
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)

    assert not found_on("2021-04-07", "updates-waiting")
    assert steps("2021-04-08", "updates-waiting", quarter.head.pk) == ["late-3"]
    assert not found_on("2021-04-08", "updates-waiting", quarter.planner.pk)
    actions.approve(seen={update.pk: update.version}, by=quarter.head)
    assert not found_on("2021-04-08", "updates-waiting")


def test_what_the_head_wrote_waits_for_the_next_above(
    quarter: Quarter, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2021-04-05 10:00+09:00")
    submitted(period=quarter.period, about=quarter.activity, by=quarter.head)

    assert [one.person for one in found_on("2021-04-08", "updates-waiting")] == [quarter.planner.pk]


def test_milestones_are_due_and_late_until_they_are_done(quarter: Quarter) -> None:
    milestone = Milestone.objects.create(
        activity=quarter.activity, title="예시 준공", planned_on=date(2021, 4, 9)
    )

    assert steps(ONE, "milestones", quarter.head.pk) == ["1"]
    found = found_on(ONE_LATE, "milestones", quarter.head.pk)
    assert [(one.step, one.url) for one in found] == [
        ("late-1", reverse("milestones:milestones", args=[quarter.activity.pk]))
    ]
    Milestone.objects.filter(pk=milestone.pk).update(done_on=date(2021, 4, 9), evidence="예시")
    assert not found_on(ONE_LATE, "milestones")


def test_blockers_are_told_to_the_department_that_must_act(quarter: Quarter) -> None:
    other = DepartmentFactory()
    head = staff(HEAD, department=other)
    due = timezone.localdate()
    values = {"what": "예시 예산이 모자람", "department": other, "due_on": due}
    blocker = raise_blocker(
        activity=quarter.activity, values=values, token=uuid4(), by=quarter.officer
    )
    later = (due + timedelta(days=20)).isoformat()

    assert [one.person for one in found_on(later, "blockers")] == [head.pk]
    assert "모자람" not in found_on(later, "blockers")[0].about
    resolve_blocker(blocker=blocker, day=due, resolution="예시", version=blocker.version, by=head)
    assert not found_on(later, "blockers")


def test_findings_past_due_are_told_without_their_words(quarter: Quarter) -> None:
    finding = found_something(quarter.activity, "예시 누가 넘어짐")

    found = found_on(ONE_LATE, "findings", quarter.head.pk)

    assert [one.step for one in found] == ["late-1"]
    assert "넘어짐" not in found[0].about
    Finding.objects.filter(pk=finding.pk).update(
        done_on=date(2021, 4, 9), done_by=quarter.head, done_note="예시"
    )
    assert not found_on(ONE_LATE, "findings")


def test_a_month_without_an_expected_record_is_told_once(quarter: Quarter) -> None:
    """365 a year are at least one in March; the other activity has no target."""
    found = found_on("2021-04-05", "records", quarter.head.pk)

    assert [(one.step, one.about) for one in found] == [("2021-03", quarter.activity.shown_title)]
    assert steps("2021-04-20", "records") == ["2021-03"]
    RecordFactory(activity=quarter.activity, happened_on=date(2021, 3, 31))
    assert not found_on("2021-04-05", "records")


def test_drafts_of_a_week_are_told_to_their_author(
    quarter: Quarter, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2021-04-05 10:00+09:00")
    RecordFactory(activity=quarter.activity, written_by=quarter.officer)

    assert not found_on("2021-04-11", "drafts")
    assert steps("2021-04-12", "drafts", quarter.officer.pk) == ["2021-W15"]


def test_activities_without_a_person_are_told_to_the_head_each_week(quarter: Quarter) -> None:
    assert steps("2021-04-05", "owners", quarter.head.pk) == ["2021-W14"]
    for activity in (quarter.activity, quarter.other):
        in_charge_of(activity)

    assert not found_on("2021-04-05", "owners")


def test_who_left_is_nobody_in_charge(quarter: Quarter) -> None:
    for activity in (quarter.activity, quarter.other):
        person = in_charge_of(activity)
    User.objects.filter(pk=person.pk).update(is_active=False, closed_on=date(2021, 4, 1))

    assert len(found_on("2021-04-05", "owners", quarter.head.pk)) == 1
    assert not found_on(ONE, person=person.pk)


def test_amendments_that_wait_are_told_to_who_decides(
    quarter: Quarter, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2021-04-05 10:00+09:00")
    requested(quarter.activity, quarter.officer, target=300)

    assert not found_on("2021-04-07", "amendments")
    assert steps("2021-04-08", "amendments", quarter.head.pk) == ["late-3"]


def test_a_sender_number_is_told_to_administrators(db: None) -> None:
    administrator = staff(ADMINISTRATOR)
    one = Sender.objects.create(number="0312285114", name="예시 부서", expires_on=date(2021, 4, 9))

    assert steps(ONE, "senders", administrator.pk) == ["1"]
    one.closed_on = date(2021, 4, 1)
    one.save()
    assert not found_on(ONE, "senders")


def test_few_recovery_codes_are_told_to_their_owner(db: None) -> None:
    person = UserFactory()
    device = StaticDevice.objects.create(user=person, name="예시", confirmed=True)
    for number in range(3):
        device.token_set.create(token=f"예시{number}")

    assert not found_on(ONE, "codes")
    device.token_set.first().delete()
    assert steps(ONE, "codes", person.pk) == ["2021-W14"]


def test_queries_do_not_grow(
    quarter: Quarter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for size in (1, 3):
        one_of_each(quarter, size)
        with django_assert_num_queries(QUERIES):
            counts.append(len(found_on(ONE_LATE)))

    assert counts[1] >= counts[0] + 2 * len({"milestones", "findings", "blockers", "drafts"})


def one_of_each(quarter: Quarter, size: int) -> None:
    """Write so many things of each kind that are late or wait."""
    for number in range(size):
        person = staff(EDITOR, department=DepartmentFactory())
        activity = quarter.activity
        day = date(2021, 4, 9)
        Milestone.objects.create(activity=activity, title=f"예시 {number}", planned_on=day)
        found_something(activity, "예시")
        RecordFactory(activity=activity, written_by=person, written_at=LONG_AGO)
        values = {"what": "예시", "department": person.department, "due_on": day}
        Blocker.objects.create(activity=activity, raised_by=person, **values)


def test_reviews_that_wait_are_told_to_the_head(db: None, time_machine: TimeMachineFixture) -> None:
    department = DepartmentFactory()
    initiative = ActivityFactory(initiative__department=department).initiative
    officer, head = (staff(role, department=department) for role in (EDITOR, HEAD))
    time_machine.move_to("2021-04-05 10:00+09:00")
    request_review(initiative=initiative, by=officer)

    assert not found_on("2021-04-07", "reviews")
    assert steps("2021-04-08", "reviews", head.pk) == ["late-3"]
    assert [one.person for one in found_on("2021-04-08", "reviews")] == [head.pk]
    decide_review(
        initiative=initiative, approved=True, note="", seen=review_stamp(initiative), by=head
    )
    assert not found_on("2021-04-08", "reviews")


def test_notices_that_wait_are_told_to_the_head(
    quarter: Quarter, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2021-04-05 10:00+09:00")
    notice = waiting(activity=quarter.activity, by=quarter.officer)

    assert not found_on("2021-04-07", "notices")
    assert [one.person for one in found_on("2021-04-08", "notices")] == [quarter.head.pk]
    assert notice.title not in found_on("2021-04-08", "notices")[0].about
