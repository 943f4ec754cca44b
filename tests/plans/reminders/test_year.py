"""A year of a plan, day by day: published, recorded, reported each quarter, and closed.

The clock runs as it does in the office: it opens quarters and tells people what is due. Nobody
else opens or tells anything.
"""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from gwonseon.office.workdays.queries import office_calendar
from plans.editing.publishing.actions import gaps_of, gaps_stamp, publish
from plans.ledger.actions import add_record
from plans.reminders.models import Digest, ReminderSent
from plans.reminders.tasks import send_due
from plans.tracking import actions
from plans.tracking.closing.actions import close_period
from plans.tracking.closing.models import Closing, Snapshot
from plans.tracking.models import Period, Update
from plans.tracking.periods import set_up_periods
from plans.tracking.tasks import open_periods
from plans.tree.models import Activity, Plan
from plans.tree.queries import read_tree
from tests.factories.ledger import entry
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import TEXTS
from tests.factories.tree import ActivityFactory, InitiativeFactory
from tests.mail_server import MailServer

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SEOUL = ZoneInfo("Asia/Seoul")
A_DAY = timedelta(days=1)
MONTHS_OF_A_QUARTER = 3
# How many working days after a quarter's due day the second activity is written, and it is closed.
LATE_BY = 6


class Office(NamedTuple):
    """The plan, two activities, the head of their department, and a user of 기획."""

    plan: Plan
    prompt: Activity
    slow: Activity
    head: User
    planner: User


class Clock:
    """The test's clock: each morning it runs the portal's daily tasks."""

    def __init__(self, time_machine: TimeMachineFixture, first: date) -> None:
        self.time_machine = time_machine
        self.move(first)

    def move(self, day: date, hour: int = 14) -> None:
        """Go to a day without anything happening on the way."""
        self.today = day
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=SEOUL)
        self.time_machine.move_to(moment, tick=False)

    def run_until(self, day: date) -> None:
        """Move on day by day up to a day, and run the portal's daily tasks on each."""
        while self.today < day:
            self.move(self.today + A_DAY, hour=10)
            open_periods()
            send_due()
            send_due()
        self.move(day)


@pytest.fixture
def clock(db: None, time_machine: TimeMachineFixture) -> Clock:
    return Clock(time_machine, date(2021, 1, 4))


@pytest.fixture
def office(clock: Clock) -> Office:
    """The plan is published on its first working day, by 기획."""
    department = DepartmentFactory()
    initiative = InitiativeFactory(goal__pillar__plan__year=2021, department=department)
    prompt, slow = (
        ActivityFactory(
            initiative=initiative,
            person=staff(EDITOR, department=department, email=f"{name}@office.example"),
            unit="회",
            target=24,
            target_origin="document",
            target_set_on=date(2021, 1, 4),
        )
        for name in ("prompt", "tardy")
    )
    head = staff(HEAD, department=department, email="head@office.example")
    planner = staff(PLANNER, email="planner@office.example")
    gaps = gaps_of(read_tree(initiative.plan))
    publish(plan=initiative.plan, seen=gaps_stamp(gaps), by=planner)
    set_up_periods(plan=initiative.plan, kind=Period.Kind.QUARTER, by=planner)
    activities = Activity.objects.select_related(f"{Activity.PILLAR_PATH}__plan")
    prompt, slow = activities.get(pk=prompt.pk), activities.get(pk=slow.pk)
    return Office(prompt.plan, prompt, slow, head, planner)


def record(activity: Activity, day: date) -> None:
    """Record an activity's work of a day."""
    person = activity.person
    add_record(activity=activity, entry=entry(day.isoformat()), by=person, confirm=True)


def work_through(office: Office, clock: Clock, number: int) -> None:
    """Record twice a month in a quarter what both people do; the clock runs meanwhile."""
    for month in range(MONTHS_OF_A_QUARTER * (number - 1) + 1, MONTHS_OF_A_QUARTER * number + 1):
        for day in (date(2021, month, 12), date(2021, month, 26)):
            clock.run_until(day)
            for activity in (office.prompt, office.slow):
                record(activity, day)


def report(office: Office, clock: Clock, number: int) -> Closing:
    """Write a quarter's updates: one is returned once, the other is late; then close it."""
    opens_on = Period.objects.get(number=number).opens_on
    calendar = office_calendar()
    clock.run_until(calendar.add(opens_on, 1))
    period = Period.objects.get(number=number)
    assert period.is_open
    assert period.opened_by is None
    first = write(period, office.prompt)
    clock.run_until(calendar.next_workday(clock.today))
    actions.send_back(update=first, version=first.version, reason="예시: 계획도", by=office.head)
    clock.run_until(calendar.next_workday(clock.today))
    first.refresh_from_db()
    first = actions.rewrite(
        update=first, texts=texts(office.prompt, number), version=first.version, by=first.author
    )
    approve(actions.submit(update=first, version=first.version, by=first.author), office.head)
    clock.run_until(calendar.add(period.due_on, LATE_BY))
    approve(write(period, office.slow), office.head)
    return close_period(period=period, version=period.version, by=office.planner)


def write(period: Period, activity: Activity) -> Update:
    """Write an update, and hand it in."""
    person = activity.person
    update = actions.begin_update(
        period=period, node=activity, texts=texts(activity, period.number), by=person
    )
    return actions.submit(update=update, version=update.version, by=person)


def texts(activity: Activity, number: int) -> dict[str, str]:
    """Return what is written about an activity in a quarter."""
    return TEXTS | {"results": f"예시 {number}분기에 한 일: {activity.title}"}


def approve(update: Update, by: User) -> None:
    """Approve an update."""
    actions.approve(seen={update.pk: update.version}, by=by)


def frozen(activity: Activity) -> list[tuple[str, str, str]]:
    """Return an activity's sum, amount and late amount in each closed quarter."""
    rows = Snapshot.objects.filter(activity=activity).order_by("closing__period__number")
    return [(one.data["counted"], one.data["amount"], one.data["late"]) for one in rows]


def steps(person: User, rule: str, period: Period) -> list[str]:
    """Return the steps at which a person was told of a quarter, in their order."""
    rows = ReminderSent.objects.filter(person=person, rule=rule, is_dropped=False)
    rows = rows.filter(thing__startswith=f"period:{period.pk}:").order_by("digest__on")
    return list(rows.values_list("step", flat=True))


def test_a_year_of_a_plan(office: Office, clock: Clock, server: MailServer, client: Client) -> None:
    closings = []
    for number in range(1, 4):
        work_through(office, clock, number)
        closings.append(report(office, clock, number))
        if number == 1:
            # What nobody remembered in time.
            record(office.prompt, date(2021, 3, 30))
    clock.run_until(date(2021, 12, 1))
    first_quarter_reads_as_it_was(closings[0], client)
    work_through(office, clock, 4)
    report(office, clock, 4)

    assert frozen(office.prompt) == [
        ("6", "6", "0"),
        ("13", "7", "1"),
        ("19", "6", "0"),
        ("25", "6", "0"),
    ]
    assert frozen(office.slow) == [
        ("6", "6", "0"),
        ("12", "6", "0"),
        ("18", "6", "0"),
        ("24", "6", "0"),
    ]
    assert set(Period.objects.values_list("state", flat=True)) == {Period.State.CLOSED}
    everybody_was_told_once(office, server)


def first_quarter_reads_as_it_was(closing: Closing, client: Client) -> None:
    """Residents read in December what was frozen in April, and can compute its digest."""
    page = client.get("/2021/periods/1/").content.decode()
    assert "예시 1분기에 한 일" in page
    assert "예시 2분기에 한 일" not in page
    assert "6회" in page
    file = client.get("/2021/periods/1/period.json").content
    assert sha256(file).hexdigest() == closing.digest
    amounts = {one["amount"] for one in json.loads(file)["activities"]}
    assert amounts == {"6"}


def everybody_was_told_once(office: Office, server: MailServer) -> None:
    """The right people were told of each quarter at each step, in one mail a day at most."""
    for period in Period.objects.all():
        assert steps(office.slow.person, "updates", period) == ["7", "3", "1", "late-1", "late-3"]
        assert set(steps(office.prompt.person, "updates", period)) <= {"7", "3", "1"}
        # The head is told after five working days without an answer.
        assert steps(office.head, "updates", period) == ["late-3"]
    told = Digest.objects.filter(state=Digest.State.SENT)
    assert len(server.mails) == told.count()
    assert Digest.objects.exclude(state=Digest.State.SENT).count() == 0
    sent = [(one["To"], one["Date"].datetime.date()) for one in server.mails]
    assert len(sent) == len(set(sent))
    assert "planner@office.example" not in {address for address, _day in sent}
