"""The outbox: one message a person and dispatch, whatever goes wrong on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging import delivery, upkeep
from gwonseon.messaging.actions import cancel, lift_suppression, open_dispatch, send_one, suppress
from gwonseon.messaging.channels import current_channel, pause, resume, switch
from gwonseon.messaging.expand import expand
from gwonseon.messaging.models import Batch, Channel, Dispatch, Message, Sender
from gwonseon.messaging.queries import counts_of
from gwonseon.messaging.sealing import digest
from gwonseon.messaging.stop_links import message_id_of
from gwonseon.refusals import RefusedError
from tests.messaging.conftest import SendToMany, SetClock, StartVendor, all_sent, drain
from tests.messaging.gateway import NAME
from tests.messaging.people import invite, number
from tests.messaging.vendor import AFTER, BEFORE, BUSY

pytestmark = pytest.mark.django_db


def in_seoul(hour: int, minute: int = 0, day: int = 4) -> datetime:
    """Return a moment of May 2031 by Seoul's clock."""
    return datetime(2031, 5, day, hour, minute, tzinfo=timezone.get_default_timezone())


def test_everybody_gets_the_text_once(start_vendor: StartVendor, send_to_many: SendToMany) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(250)

    # 250 messages in batches of 100.
    assert drain() == 3
    upkeep.keep_up(timezone.now())

    assert {one["number"] for one in vendor.letters} == set(map(number, range(250)))
    assert {one["text"] for one in vendor.letters} == {"예시 알림"}
    assert vendor.doubled == 0
    assert all_sent(dispatch)
    assert not Message.objects.filter(dispatch=dispatch).exclude(sealed=None).exists()
    dispatch.refresh_from_db()
    assert dispatch.state == Dispatch.State.DONE
    assert drain() == 0


def test_recipients_are_written_once_in_slices_of_any_size(
    sender: Sender, send_to_many: SendToMany
) -> None:
    dispatch = send_to_many(0)
    Dispatch.objects.filter(pk=dispatch.pk).update(state=Dispatch.State.EXPANDING)
    audience = invite(7, sender)

    # A worker was killed after its first slice, whose place was not written any more.
    expand(dispatch=dispatch, audience=audience, slice_size=3)
    Dispatch.objects.filter(pk=dispatch.pk).update(expanded_to=None)
    while not expand(dispatch=dispatch, audience=audience, slice_size=3):
        pass

    assert counts_of(dispatch) == {Message.State.QUEUED: 7}


def test_nothing_is_sent_before_the_recipients_are_complete(
    start_vendor: StartVendor, sender: Sender, send_to_many: SendToMany
) -> None:
    start_vendor()
    dispatch = send_to_many(0)
    Dispatch.objects.filter(pk=dispatch.pk).update(state=Dispatch.State.EXPANDING)
    expand(dispatch=dispatch, audience=invite(7, sender), slice_size=3)

    assert drain() == 0


@pytest.mark.parametrize("fault", [BEFORE, AFTER, BUSY])
@pytest.mark.parametrize("capability", ["idempotent", "two-phase", "searchable"])
def test_a_fault_neither_loses_nor_doubles(
    start_vendor: StartVendor,
    send_to_many: SendToMany,
    set_clock: SetClock,
    capability: str,
    fault: str,
) -> None:
    vendor = start_vendor(capability)
    vendor.faults = [fault]
    dispatch = send_to_many(5)

    drain()
    later = timezone.now() + timedelta(minutes=10)
    set_clock(later)
    delivery.reap()
    drain()
    # A message that was put back waits once more.
    set_clock(later + timedelta(minutes=10))
    drain()

    assert all_sent(dispatch)
    assert sum(vendor.taken.values()) == 5
    assert vendor.doubled == 0


@pytest.mark.parametrize("capability", ["idempotent", "two-phase", "searchable"])
def test_a_busy_gateway_does_not_disprove_the_call_before(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock, capability: str
) -> None:
    vendor = start_vendor(capability)
    vendor.faults = [AFTER, BUSY]
    dispatch = send_to_many(5)
    drain()

    for minutes in (10, 20, 30):
        set_clock(timezone.now() + timedelta(minutes=minutes))
        delivery.reap()
        drain()

    assert all_sent(dispatch)
    assert (sum(vendor.taken.values()), vendor.doubled) == (5, 0)


@pytest.mark.parametrize(("fault", "taken"), [(BEFORE, 0), (AFTER, 5)])
def test_without_any_ability_a_lost_answer_is_put_before_a_person(
    start_vendor: StartVendor,
    send_to_many: SendToMany,
    set_clock: SetClock,
    fault: str,
    taken: int,
) -> None:
    vendor = start_vendor("none")
    vendor.faults = [fault]
    dispatch = send_to_many(5)

    drain()
    set_clock(timezone.now() + timedelta(minutes=10))
    delivery.reap()
    drain()

    assert counts_of(dispatch) == {Message.State.UNKNOWN: 5}
    assert Batch.objects.get().state == Batch.State.UNKNOWN
    assert sum(vendor.taken.values()) == taken


def test_a_worker_killed_before_or_after_the_call_is_made_good(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor("idempotent")
    dispatch = send_to_many(150)
    now = timezone.now()
    through = delivery.gateway(current_channel().gateway)
    claimed = [
        delivery.claim(delivery.next_waiting(now, through.most_letters), through, now)
        for _worker in range(2)
    ]
    # The first worker was killed after the call, the second before it.
    delivery.send(claimed[0], through)

    assert drain() == 0
    set_clock(now + timedelta(minutes=5))
    assert delivery.reap() == 2

    assert all_sent(dispatch)
    assert (sum(vendor.taken.values()), vendor.doubled) == (150, 0)


def test_after_the_keys_time_a_batch_is_not_sent_again(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor("idempotent")
    vendor.faults = [AFTER]
    dispatch = send_to_many(5)
    drain()

    set_clock(timezone.now() + timedelta(hours=24))
    delivery.reap()

    assert counts_of(dispatch) == {Message.State.UNKNOWN: 5}
    assert vendor.calls == 1


def test_a_number_that_is_refused_is_no_reason_to_refuse_the_others(
    start_vendor: StartVendor, sender: Sender, set_clock: SetClock
) -> None:
    start_vendor()
    expires_at = timezone.now() + timedelta(minutes=5)
    bad = send_one(key="예시:1", number="01000009999", text="예시", expires_at=expires_at)
    good = send_one(key="예시:2", number=number(1), text="예시", expires_at=expires_at)

    drain()

    rejected = Message.objects.get(dispatch=bad)
    assert (rejected.state, rejected.code) == (Message.State.REJECTED, "1020")
    assert all_sent(good)


def test_one_message_goes_ahead_of_many(
    start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    vendor = start_vendor()
    send_to_many(300)
    expires_at = timezone.now() + timedelta(minutes=5)
    send_one(key="예시:1", number=number(9000), text="예시 번호", expires_at=expires_at)

    drain()

    assert vendor.letters[0]["number"] == number(9000)
    assert len(vendor.letters) == 301


def test_one_message_is_sent_once_a_key_and_not_after_its_deadline(
    start_vendor: StartVendor, sender: Sender, set_clock: SetClock
) -> None:
    vendor = start_vendor()
    expires_at = timezone.now() + timedelta(minutes=5)
    first = send_one(key="예시:1", number=number(1), text="예시", expires_at=expires_at)
    again = send_one(key="예시:1", number=number(1), text="예시", expires_at=expires_at)
    assert first == again

    set_clock(expires_at)
    drain()
    upkeep.keep_up(expires_at)

    assert vendor.calls == 0
    first.refresh_from_db()
    assert (first.state, first.sealed_text) == (Dispatch.State.DONE, None)
    message = Message.objects.get(dispatch=first)
    assert (message.state, message.sealed) == (Message.State.EXPIRED, None)


def test_without_a_valid_sender_number_nothing_is_sent(sender: Sender) -> None:
    Sender.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    now = timezone.now()
    dispatch = Dispatch(
        key="예시", is_urgent=False, sender=sender, not_before=now, expires_at=now + timedelta(1)
    )

    with pytest.raises(RefusedError, match="발신번호"):
        send_one(key="예시:1", number=number(1), text="예시", expires_at=dispatch.expires_at)
    with pytest.raises(RefusedError, match="만료"):
        open_dispatch(dispatch=dispatch, text="예시")

    assert not Dispatch.objects.exists()


@pytest.mark.parametrize(
    ("hour", "minute", "goes"),
    [(20, 59, True), (21, 0, False), (7, 59, False), (8, 0, True)],
)
def test_quiet_hours_have_two_edges(
    start_vendor: StartVendor,
    send_to_many: SendToMany,
    set_clock: SetClock,
    hour: int,
    minute: int,
    goes: bool,
) -> None:
    vendor = start_vendor()
    moment = in_seoul(hour, minute)
    facts = {"not_before": in_seoul(0), "expires_at": in_seoul(0, day=8)}
    send_to_many(3, is_urgent=False, **facts)
    set_clock(moment)

    drain()

    assert bool(vendor.letters) is goes


def test_what_is_urgent_goes_in_quiet_hours(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor()
    send_to_many(3, not_before=in_seoul(0), expires_at=in_seoul(0, day=8))
    set_clock(in_seoul(23))

    drain()

    assert len(vendor.letters) == 3


def test_a_send_stops_in_the_evening_and_goes_on_in_the_morning(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor()
    facts = {"not_before": in_seoul(20, 45), "expires_at": in_seoul(12, day=5)}
    dispatch = send_to_many(250, is_urgent=False, **facts)
    through = delivery.gateway(current_channel().gateway)
    set_clock(in_seoul(20, 59))
    batch = delivery.claim(delivery.next_waiting(in_seoul(20, 59), 100), through, in_seoul(20, 59))
    delivery.deliver(batch, through)

    set_clock(in_seoul(21))
    drain()
    assert len(vendor.letters) == 100

    set_clock(in_seoul(8, day=5))
    drain()
    assert len(vendor.letters) == 250
    assert all_sent(dispatch)


def test_a_lost_answer_is_not_followed_up_in_quiet_hours_by_sending(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor("idempotent")
    vendor.faults = [BEFORE]
    facts = {"not_before": in_seoul(20), "expires_at": in_seoul(12, day=5)}
    dispatch = send_to_many(3, is_urgent=False, **facts)
    set_clock(in_seoul(20, 59))
    drain()

    set_clock(in_seoul(21, 10))
    delivery.reap()
    assert vendor.letters == []

    set_clock(in_seoul(8, 10, day=5))
    delivery.reap()
    assert len(vendor.letters) == 3
    assert all_sent(dispatch)


def test_cancelling_stops_what_has_not_left_and_says_how_many(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(250)
    now = timezone.now()
    through = delivery.gateway(current_channel().gateway)
    first = delivery.claim(delivery.next_waiting(now, 100), through, now)
    delivery.deliver(first, through)
    second = delivery.claim(delivery.next_waiting(now, 100), through, now)

    assert cancel(dispatch=dispatch) == 50
    assert cancel(dispatch=dispatch) == 0
    # The second was on its way; the gateway is busy and takes nothing of it.
    vendor.faults = [BUSY]
    delivery.deliver(second, through)
    set_clock(now + timedelta(hours=1))
    drain()

    assert counts_of(dispatch) == {Message.State.ACCEPTED: 100, Message.State.CANCELLED: 150}
    assert len(vendor.letters) == 100


def test_a_lost_answer_of_a_cancelled_dispatch_is_not_sent_again(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor("idempotent")
    vendor.faults = [BEFORE]
    dispatch = send_to_many(3)
    drain()
    cancel(dispatch=dispatch)

    set_clock(timezone.now() + timedelta(minutes=10))
    delivery.reap()

    assert vendor.letters == []
    assert counts_of(dispatch) == {Message.State.UNKNOWN: 3}


def test_who_stops_between_writing_and_sending_gets_nothing(
    start_vendor: StartVendor, sender: Sender, send_to_many: SendToMany
) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(3)
    suppress(mac=digest(number(0)))
    # This one's recipients were read before, and written after the stop.
    late = send_to_many(3)
    expires_at = timezone.now() + timedelta(minutes=5)
    send_one(key="예시:code", number=number(0), text="예시 번호", expires_at=expires_at)

    drain()

    for one in (dispatch, late):
        assert counts_of(one) == {Message.State.SUPPRESSED: 1, Message.State.ACCEPTED: 2}
    # A code that was asked for still comes.
    assert [one["text"] for one in vendor.letters if one["number"] == number(0)] == ["예시 번호"]

    lift_suppression(mac=digest(number(0)))
    assert send_to_many(3)
    drain()
    assert len([one for one in vendor.letters if one["number"] == number(0)]) == 2


def test_a_paused_channel_sends_nothing_until_it_is_resumed(
    start_vendor: StartVendor, send_to_many: SendToMany, caplog: pytest.LogCaptureFixture
) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(3)
    current_channel()
    for _message in range(3):
        pause(NAME, Channel.Pause.BALANCE, "1030")

    drain()
    assert vendor.calls == 0
    assert len([one for one in caplog.records if "paused" in one.message]) == 1

    assert resume(NAME)
    assert not resume(NAME)
    drain()
    assert all_sent(dispatch)


def test_after_a_switch_what_is_in_doubt_stays_with_the_first(
    start_vendor: StartVendor,
    send_to_many: SendToMany,
    set_clock: SetClock,
    settings: Settings,
) -> None:
    start_vendor("none").faults = [BEFORE]
    send_to_many(3)
    drain()

    switch("tests.messaging.gateway.OtherGateway")

    assert current_channel().gateway == "tests.messaging.gateway.OtherGateway"
    set_clock(timezone.now() + timedelta(minutes=10))
    delivery.reap()
    assert Batch.objects.get().gateway == NAME
    assert Batch.objects.get().state == Batch.State.UNKNOWN


def test_where_messages_are_off_nobody_can_send(sender: Sender, settings: Settings) -> None:
    settings.SMS_GATEWAY = ""
    expires_at = timezone.now() + timedelta(minutes=5)

    with pytest.raises(RefusedError, match="중계사"):
        send_one(key="예시:1", number=number(1), text="예시", expires_at=expires_at)


def test_each_text_ends_in_a_stop_link_of_its_own(
    start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    vendor = start_vendor()
    send_to_many(2, stop_address="https://portal.example/s/")
    drain()

    for letter in vendor.letters:
        text, _, token = letter["text"].rpartition("https://portal.example/s/")
        assert text == "예시 알림\n"
        assert message_id_of(token) == letter["id"]
        assert letter["number"] not in letter["text"]
        assert message_id_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert message_id_of("") is None


def test_all_workers_share_the_gateways_rate(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    start_vendor()
    now = datetime(2031, 5, 4, 3, tzinfo=UTC)
    channel = current_channel()
    Channel.objects.update(free_at=now)
    through = delivery.gateway(NAME)
    slow = type("Slow", (), {"per_second": 100})()

    # One second ahead is allowed, then it has to wait.
    taken = [delivery.reserve(channel, slow, 100, now) for _worker in range(4)]
    assert taken == [True, True, False, False]
    assert delivery.reserve(channel, slow, 100, now + timedelta(seconds=1))
    assert through.per_second > 100
