"""What becomes of an approved notice: recipients, the record in the ledger, and the figures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic.notices import actions, recording, sending
from civic.notices.models import Notice, TextNotice
from civic.notices.progress import progress_of
from gwonseon.messaging import upkeep
from gwonseon.messaging.models import Batch, Dispatch, Message
from gwonseon.messaging.sealing import digest
from gwonseon.residents.actions import withdraw
from plans.ledger.models import Record
from tests.civic.notices.conftest import FOLLOWERS, Office
from tests.factories.ledger import recordable
from tests.factories.notices import approved
from tests.messaging.conftest import StartVendor, drain
from tests.messaging.vendor import Vendor


def send(office: Office, **values: object) -> Notice:
    """Return an approved notice that may leave at any hour."""
    facts = {"nature": Notice.Nature.SAFETY, "activity": office.activity} | values
    return approved(by=office.author, by_another=office.head, **facts)


def tick() -> None:
    sending.follow_up(seconds=20)


def told(vendor: Vendor) -> list[dict[str, str]]:
    """Return the notices' messages that the vendor took, without the followers' codes."""
    return [one for one in vendor.letters if "예시 문안" in one["text"]]


def go(notice: Notice) -> Notice:
    """Let the clocks tick until all is sent."""
    tick()
    drain()
    upkeep.keep_up(timezone.now())
    tick()
    notice.refresh_from_db()
    return notice


def test_all_the_way_to_the_ledger(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    vendor = start_vendor()
    notice = go(send(office))

    assert {one["number"] for one in told(vendor)} == set(FOLLOWERS)
    assert all(
        one["text"].startswith(
            "[권선구] 예시 문안입니다.\n그만 받기 https://portal.example/my/stop/"
        )
        for one in told(vendor)
    )
    assert (notice.state, notice.left) == ("done", 3)
    record = Record.objects.get()
    assert (record.activity, record.kind, record.people) == (office.activity, "text-notice", 3)
    assert (record.written_by, record.confirmed_by) == (office.author, office.head)
    assert (record.state, record.happened_on.isoformat()) == ("confirmed", "2021-12-31")
    detail = TextNotice.objects.get()
    assert (detail.notice, detail.title) == (notice, "예시 안내")


def test_doubled_ticks_do_no_harm(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    vendor = start_vendor()
    notice = send(office)
    for _time in range(3):
        tick()
        drain()
        upkeep.keep_up(timezone.now())
    tick()
    tick()
    assert len(told(vendor)) == 3
    assert Record.objects.count() == 1
    notice.refresh_from_db()
    assert notice.state == "done"


def test_nothing_leaves_before_its_time(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    vendor = start_vendor()
    notice = go(send(office, send_at=timezone.now() + timedelta(hours=1)))
    assert notice.state == "approved"
    assert not Message.objects.filter(dispatch=notice.dispatch).exists()
    assert not told(vendor)


@pytest.mark.parametrize(
    ("hour", "nature", "state"),
    [
        (20, "information", "sending"),
        (21, "information", "approved"),
        (7, "information", "approved"),
        (8, "information", "sending"),
        (21, "safety", "sending"),
    ],
)
def test_at_night_only_what_is_about_safety_begins(
    office: Office,
    followers: tuple,
    monkeypatch: pytest.MonkeyPatch,
    hour: int,
    nature: str,
    state: str,
) -> None:
    night = timezone.localtime() + timedelta(days=1)
    moment = night.replace(hour=hour, minute=0, second=0)
    notice = send(office, nature=nature, expires_at=moment + timedelta(days=2))
    monkeypatch.setattr(sending, "database_now", lambda: moment)
    tick()
    notice.refresh_from_db()
    assert notice.state == state


def test_a_notice_that_expired_at_night_ends(
    office: Office, followers: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = (timezone.localtime() + timedelta(days=1)).replace(hour=23)
    expires = night - timedelta(minutes=1)
    notice = send(office, nature="information", expires_at=expires)
    monkeypatch.setattr(sending, "database_now", lambda: night)
    tick()
    upkeep.keep_up(night)
    tick()
    notice.refresh_from_db()
    assert (notice.state, notice.left) == ("done", 0)


def test_the_audience_are_those_who_follow_when_it_is_sent(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    vendor = start_vendor()
    notice = send(office)
    withdraw(mac=digest(FOLLOWERS[0]))
    tick()
    withdraw(mac=digest(FOLLOWERS[1]))
    notice = go(notice)
    assert [one["number"] for one in told(vendor)] == [FOLLOWERS[2]]
    assert (notice.left, Record.objects.get().people) == (1, 1)


def test_a_notice_that_reached_nobody_is_no_record(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    start_vendor()
    notice = send(office)
    for number in FOLLOWERS:
        withdraw(mac=digest(number))
    notice = go(notice)
    assert (notice.state, notice.left) == ("done", 0)
    assert not Record.objects.exists()
    assert notice not in Notice.objects.public()


def test_a_notice_that_no_activity_counts_ends_without_a_record(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    start_vendor()
    plain = recordable(2022, department=office.author.department)
    notice = go(send(office, activity=plain))
    assert (notice.state, notice.left) == ("done", 3)
    assert not Record.objects.exists()


def test_a_worker_killed_before_the_record_leaves_the_notice_to_the_next_tick(
    office: Office,
    followers: tuple,
    start_vendor: StartVendor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start_vendor()
    notice = send(office)

    def killed(_notice: Notice) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "post_record", killed)
    with pytest.raises(KeyboardInterrupt):
        go(notice)
    notice.refresh_from_db()
    assert notice.state == "sending"
    monkeypatch.setattr(sending, "post_record", recording.post_record)
    tick()
    notice.refresh_from_db()
    assert notice.state == "done"
    assert Record.objects.count() == 1


def test_a_notice_past_its_time_ends(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    vendor = start_vendor()
    notice = send(office)
    tick()
    later = timezone.now() + timedelta(days=3)
    upkeep.keep_up(later)
    tick()
    notice.refresh_from_db()
    assert (notice.state, notice.left) == ("done", 0)
    assert not told(vendor)


def test_what_had_left_of_a_cancelled_notice_is_counted_again(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    start_vendor()
    notice = send(office)
    tick()
    message = Message.objects.filter(dispatch=notice.dispatch).first()
    Message.objects.filter(pk=message.pk).update(state="claimed")
    assert actions.cancel(notice=notice, by=office.head) == (2, 1)
    # The gateway had not taken it.
    Message.objects.filter(pk=message.pk).update(state="cancelled", sealed=None)
    tick()
    notice.refresh_from_db()
    assert (notice.state, notice.left) == ("cancelled", 0)


def test_progress_tells_accepted_from_delivered(
    office: Office, followers: tuple, start_vendor: StartVendor
) -> None:
    start_vendor()
    notice = send(office)
    tick()
    waiting = progress_of(notice)
    assert (waiting.total, waiting.handled, waiting.slots) == (3, 0, [])
    drain()
    first, second, _third = Message.objects.filter(dispatch=notice.dispatch).order_by("pk")
    Message.objects.filter(pk=first.pk).update(state="delivered")
    Message.objects.filter(pk=second.pk).update(state="undelivered", code="4001")

    shown = progress_of(notice)

    assert dict(shown.counts) == {
        "대기": 0,
        "접수": 1,
        "도달": 1,
        "실패": 1,
        "결과 모름": 0,
        "취소": 0,
    }
    assert (shown.total, shown.handled) == (3, 3)
    [slot] = shown.slots
    assert (slot.given, slot.delivered, slot.failed) == (3, 1, 1)
    [reason] = shown.reasons
    assert (reason.state, reason.code, reason.count) == ("실패", "4001", 1)


@pytest.mark.parametrize(
    ("minutes", "lengths"),
    [([0, 0, 1], [2, 1]), ([0, 11], [1, 1]), ([0, 12, 13], [1, 2]), ([0, 700], [1, 1])],
)
def test_the_chart_has_at_most_twelve_bars(
    office: Office, followers: tuple, minutes: list[int], lengths: list[int]
) -> None:
    notice = send(office)
    begun = timezone.now().replace(second=0, microsecond=0)
    for index, minute in enumerate(minutes):
        moment = begun + timedelta(minutes=minute)
        batch = Batch.objects.create(
            dispatch=notice.dispatch, gateway="예시", first_called_at=moment, lease_until=moment
        )
        Message.objects.create(
            dispatch=notice.dispatch, batch=batch, state="accepted", mac=bytes([index] * 32)
        )
    shown = progress_of(notice)
    assert [slot.given for slot in shown.slots] == lengths
    assert [bar.count for bar in shown.bars] == lengths


def test_progress_asks_the_same_number_of_queries(
    office: Office,
    followers: tuple,
    start_vendor: StartVendor,
    django_assert_num_queries: object,
) -> None:
    start_vendor()
    go(send(office))
    notice = Notice.objects.select_related("dispatch").get()
    with django_assert_num_queries(3):
        progress_of(notice)


def test_dispatch_of_a_notice_is_opened_once(office: Office, followers: tuple) -> None:
    send(office)
    assert Dispatch.objects.filter(key__startswith="notice-").count() == 1
