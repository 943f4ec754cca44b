"""Digests on their way: each at most once a day whatever the server does, and none is lost."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import TimeMachineFixture

from gwonseon.messaging.models import Dispatch, Sender
from gwonseon.messaging.sealing import seal, unseal
from gwonseon.office.mail.bounces import Bounce
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR
from plans.reminders import sending
from plans.reminders.collecting import make_digests
from plans.reminders.due import key_of
from plans.reminders.mails import mark_bounced, message_id
from plans.reminders.models import Digest, ReminderSent, UrgentPhone
from plans.reminders.retention import delete_old
from plans.reminders.sending import LEASE, MOST_FAILURES, claim, due_keys, send_due
from plans.tracking.milestones.models import Milestone
from plans.tree.models import Activity
from tests.factories.messaging import NUMBER
from tests.factories.office import staff
from tests.factories.tracking import submitted
from tests.mail_server import BUSY, MailServer
from tests.plans.reminders.conftest import Quarter
from tests.plans.together import together

pytestmark = pytest.mark.django_db

SEOUL = ZoneInfo("Asia/Seoul")
WEDNESDAY, THURSDAY, FRIDAY, MONDAY = (date(2021, 4, day) for day in (7, 8, 9, 12))


@pytest.fixture
def head(quarter: Quarter, time_machine: TimeMachineFixture) -> User:
    """The head, to whom everything goes, with an address; it is Wednesday, half past nine."""
    move(time_machine, WEDNESDAY)
    return named(quarter.head, "head")


def move(time_machine: TimeMachineFixture, day: date, hour: int = 9, minute: int = 30) -> None:
    """Set the clock, in Seoul."""
    time_machine.move_to(
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL), tick=False
    )


def named(person: User, name: str) -> User:
    """Give a person an address of which the server does what its name says."""
    person.email = f"{name}@office.example"
    person.save()
    return person


def send() -> None:
    """Send what is due, as the clock does."""
    send_due(seconds=30)


def state_of(person: User, day: date = WEDNESDAY) -> str:
    """Return the state of a person's digest of a day."""
    return Digest.objects.get(person=person, on=day).state


def test_one_mail_says_all_with_a_link_each(head: User, server: MailServer) -> None:
    send()
    send()

    assert server.recipients == [head.email]
    (mail,) = server.mails
    plain = mail.get_body(("plain",)).get_content()
    lines = ReminderSent.objects.filter(person=head)
    assert mail["Subject"].strip() == f"[구정계획] 할 일 {len(lines)}건, 늦은 일 1건"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for line in lines:
        assert line.about in plain
        assert f"http://localhost:8000{line.url}" in plain
    assert plain.index("[늦음]") < plain.index("[곧 마감]") < plain.index("[알림]")
    assert len(re.findall("/reminders/mute/", plain)) == lines.values("rule").distinct().count()
    assert state_of(head) == Digest.State.SENT


@pytest.mark.parametrize(
    ("day", "hour", "mails"),
    [
        (WEDNESDAY, 8, 0),
        (WEDNESDAY, 9, 1),
        (WEDNESDAY, 17, 1),
        (WEDNESDAY, 18, 0),
        (date(2021, 4, 10), 10, 0),  # a Saturday
        (date(2021, 5, 5), 10, 0),  # Children's Day
    ],
)
def test_mails_leave_on_working_days_in_working_hours(
    head: User,
    server: MailServer,
    time_machine: TimeMachineFixture,
    day: date,
    hour: int,
    mails: int,
) -> None:
    move(time_machine, day, hour, minute=0)
    send()

    assert len(server.mails) == mails


def test_what_was_done_before_sending_drops_out(
    quarter: Quarter, head: User, server: MailServer
) -> None:
    milestone = Milestone.objects.create(
        activity=quarter.activity, title="예시 준공", planned_on=WEDNESDAY
    )
    make_digests(WEDNESDAY)
    Milestone.objects.filter(pk=milestone.pk).update(done_on=WEDNESDAY, evidence="예시")
    send()

    (mail,) = server.mails
    assert "예시 준공" not in mail.get_body(("plain",)).get_content()
    dropped = ReminderSent.objects.filter(is_dropped=True)
    assert [one.rule for one in dropped] == ["milestones"]


def test_nothing_is_sent_where_all_was_done(
    quarter: Quarter, head: User, server: MailServer
) -> None:
    officer = named(quarter.officer, "officer")
    Activity.objects.filter(pk=quarter.other.pk).update(person=officer)
    make_digests(WEDNESDAY)
    submitted(period=quarter.period, about=quarter.other, by=officer)
    send()

    assert server.recipients == [head.email]
    assert state_of(officer) == Digest.State.EMPTY


def test_who_has_no_address_finds_it_in_the_portal(quarter: Quarter, head: User) -> None:
    User.objects.filter(pk=head.pk).update(email="")
    send()

    assert state_of(head) == Digest.State.SHOWN


def test_a_refused_address_is_marked_and_not_written_to_again(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    named(head, "refused")
    send()
    move(time_machine, FRIDAY)
    send()

    head.refresh_from_db()
    assert (state_of(head), head.email_refused_code) == (Digest.State.REFUSED, "550")
    assert state_of(head, FRIDAY) == Digest.State.SHOWN


def test_a_mail_that_is_refused_does_not_mark_the_address(head: User, server: MailServer) -> None:
    named(head, "unwanted")
    send()

    head.refresh_from_db()
    assert (state_of(head), head.email_refused_at) == (Digest.State.REFUSED, None)


def test_a_server_that_is_busy_is_asked_again_later(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    server.mood = BUSY
    send()
    assert state_of(head) == Digest.State.WAITING
    server.mood = ""
    send()
    assert not server.mails

    move(time_machine, WEDNESDAY, minute=40)
    send()
    send()

    assert len(server.mails) == 1


def test_a_server_that_is_down_all_day_means_one_digest_after(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    server.mood = BUSY
    for day in (WEDNESDAY, THURSDAY):
        for hour in (9, 12, 17):
            move(time_machine, day, hour)
            send()
    server.mood = ""
    move(time_machine, FRIDAY)
    send()
    send()

    (mail,) = server.mails
    plain = mail.get_body(("plain",)).get_content()
    assert "추진상황" in plain
    assert "2021년 3월 실적이 하나도 없음" in plain
    assert [state_of(head, day) for day in (WEDNESDAY, THURSDAY, FRIDAY)] == [
        "merged",
        "merged",
        "sent",
    ]


def test_a_line_that_drops_after_the_mail_was_given_is_not_tried_again(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    named(head, "dropped")
    send()
    send()

    assert state_of(head) == Digest.State.UNKNOWN
    assert len(server.mails) == 1
    named(head, "head")
    move(time_machine, THURSDAY)
    send()
    assert server.recipients == ["dropped@office.example", "head@office.example"]


def test_a_sender_that_was_killed_leaves_one_digest_for_the_next_day(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    """Killed between the claim and the mail: today nobody knows, tomorrow it is told."""
    make_digests(WEDNESDAY)
    (key,) = [one for one in due_keys(WEDNESDAY) if Digest.objects.get(pk=one).person == head]
    lines = Digest.objects.get(pk=key).lines.all()
    claim(key, {key_of(one) for one in lines})
    time_machine.shift(LEASE + timedelta(seconds=1))
    send()
    assert (state_of(head), len(server.mails)) == (Digest.State.UNKNOWN, 0)

    move(time_machine, THURSDAY)
    send()

    assert state_of(head, THURSDAY) == Digest.State.SENT
    assert len(server.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_digest_once(head: User, server: MailServer) -> None:
    together(send, send)

    assert server.recipients == [head.email]


def test_a_clock_that_was_moved_back_sends_nothing_again(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    send()
    move(time_machine, date(2021, 4, 6))
    send()
    move(time_machine, WEDNESDAY, 10)
    send()

    assert len(server.mails) == 1


def test_a_clock_that_was_moved_back_does_not_send_what_is_for_a_later_day(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    make_digests(WEDNESDAY)
    move(time_machine, date(2021, 4, 6))
    send()
    assert not server.mails

    move(time_machine, WEDNESDAY, 10)
    send()
    assert len(server.mails) == 1


def test_one_tick_sends_to_more_people_than_fit_into_a_batch(
    quarter: Quarter, head: User, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 1)
    officer = named(quarter.officer, "officer")
    Activity.objects.filter(pk=quarter.other.pk).update(person=officer)
    send()

    assert sorted(server.recipients) == [head.email, officer.email]


def test_a_server_that_takes_nothing_is_asked_three_times(head: User, server: MailServer) -> None:
    for number in range(MOST_FAILURES):
        named(staff(ADMINISTRATOR), f"admin-{number}")
    Sender.objects.create(number="0312285114", name="예시", expires_on=WEDNESDAY)
    server.mood = BUSY
    send()

    tried = Digest.objects.filter(attempts=1).count()
    assert (tried, Digest.objects.count()) == (MOST_FAILURES, MOST_FAILURES + 1)


def test_what_is_urgent_goes_to_the_phone_of_who_agreed(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    Sender.objects.create(number="0312285114", name="예시", expires_on=date(2099, 12, 31))
    UrgentPhone.objects.create(person=head, sealed=seal(NUMBER))
    send()
    assert not Dispatch.objects.exists()

    move(time_machine, MONDAY)
    send()
    send()

    dispatch = Dispatch.objects.get()
    assert unseal(dispatch.messages.get().sealed) == NUMBER
    text = unseal(dispatch.sealed_text)
    assert "1건" in text
    assert "추진상황" not in text


def test_without_a_sender_number_the_mail_leaves_nevertheless(
    head: User, server: MailServer, time_machine: TimeMachineFixture
) -> None:
    UrgentPhone.objects.create(person=head, sealed=seal(NUMBER))
    move(time_machine, MONDAY)
    send()

    assert len(server.mails) == 1
    assert not Dispatch.objects.exists()


def test_a_mail_that_comes_back_marks_its_digest(head: User, server: MailServer) -> None:
    send()
    digest = Digest.objects.get(person=head)
    for status, state in (("4.2.2", "sent"), ("5.1.1", "refused")):
        mark_bounced(Bounce(head.email, status, message_id(digest)))
        digest.refresh_from_db()
        assert digest.state == state


def test_what_was_told_long_ago_is_forgotten(head: User, server: MailServer) -> None:
    send()

    assert delete_old(WEDNESDAY + timedelta(days=400)) == 0
    assert delete_old(WEDNESDAY + timedelta(days=401)) > 0
    assert not ReminderSent.objects.exists()
