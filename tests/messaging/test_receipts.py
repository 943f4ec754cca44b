"""What gateways report afterwards, and how long it is known who got a message."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from gwonseon.messaging import delivery, upkeep
from gwonseon.messaging.gateways import Report
from gwonseon.messaging.models import Message, Receipt
from gwonseon.messaging.queries import counts_of
from gwonseon.messaging.receipts import apply_receipts, collect, store
from tests.messaging.conftest import SendToMany, SetClock, StartVendor, all_sent, drain
from tests.messaging.gateway import NAME
from tests.messaging.vendor import AFTER

pytestmark = pytest.mark.django_db


def messages_read() -> int:
    """Return how many rows of messages the database has read in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relname = 'messaging_message'"
        )
        return cursor.fetchone()[0]


def test_receipts_move_messages_forward_only(
    start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(3)
    drain()
    first, second, third = vendor.reports
    # Doubled, out of order, late, and of nobody.
    vendor.reports = [
        first,
        first | {"code": "off"},
        first,
        second | {"code": "off"},
        second,
        {"reference": "nobody's", "message_id": 10**9, "code": "ok"},
        {"reference": third["reference"], "message_id": third["message_id"], "code": "?"},
    ]

    collect()
    collect()

    states = dict(Message.objects.filter(dispatch=dispatch).values_list("pk", "state"))
    assert states == {
        first["message_id"]: Message.State.DELIVERED,
        second["message_id"]: Message.State.UNDELIVERED,
        third["message_id"]: Message.State.ACCEPTED,
    }
    store(NAME, [])
    assert apply_receipts() == 0


def test_a_gateway_that_does_not_answer_keeps_no_other_from_reporting(
    start_vendor: StartVendor, send_to_many: SendToMany, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(2)
    drain()
    reports = vendor.reports
    store(NAME, [Report(reports[0]["reference"], None, Receipt.Outcome.DELIVERED, "ok")])
    monkeypatch.setenv("VENDOR", "http://127.0.0.1:1")

    collect()

    states = {Message.State.DELIVERED: 1, Message.State.ACCEPTED: 1}
    assert counts_of(dispatch) == states


def test_a_receipt_may_come_before_the_answer(
    start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock
) -> None:
    vendor = start_vendor("idempotent")
    vendor.faults = [AFTER]
    dispatch = send_to_many(3)
    drain()

    collect()
    assert counts_of(dispatch) == {Message.State.DELIVERED: 3}

    set_clock(timezone.now() + timedelta(minutes=10))
    delivery.reap()
    assert counts_of(dispatch) == {Message.State.DELIVERED: 3}
    assert vendor.doubled == 0


@pytest.mark.parametrize("repeats_our_number", [True, False])
def test_messages_are_looked_up_one_by_one_where_the_database_knows_nothing_of_them(
    start_vendor: StartVendor, send_to_many: SendToMany, *, repeats_our_number: bool
) -> None:
    start_vendor()
    dispatch = send_to_many(300)
    with connection.cursor() as cursor:
        # What the database learns here is outdated as soon as the messages are sent.
        cursor.execute("ANALYZE messaging_message, messaging_batch, messaging_receipt")
    drain()
    sent = dispatch.messages.values_list("pk", "reference")[:200]
    said = [
        Report(reference, key if repeats_our_number else None, Receipt.Outcome.DELIVERED, "ok")
        for key, reference in sent
    ]
    before = messages_read()

    store(NAME, said[:100])
    store("another", said[100:])
    Receipt.objects.update(gateway=NAME)
    assert apply_receipts(chunk=10) == 100

    # Each is looked up once or twice, and read once to be moved.
    assert messages_read() - before <= 3 * len(said)
    assert counts_of(dispatch) == {Message.State.DELIVERED: 200, Message.State.ACCEPTED: 100}


def test_without_a_receipt_in_three_days_it_was_not_delivered(
    start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    start_vendor()
    dispatch = send_to_many(2)
    drain()
    now = timezone.now()

    upkeep.keep_up(now + timedelta(days=2))
    assert all_sent(dispatch)
    upkeep.keep_up(now + timedelta(days=3, minutes=1))

    assert counts_of(dispatch) == {Message.State.UNDELIVERED: 2}


def test_after_ninety_days_nobody_can_say_who_got_it(
    start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    start_vendor()
    dispatch = send_to_many(2)
    drain()
    now = timezone.now()
    upkeep.keep_up(now)

    upkeep.keep_up(now + timedelta(days=91))

    assert counts_of(dispatch) == {Message.State.UNDELIVERED: 2}
    assert not Message.objects.filter(dispatch=dispatch, mac__isnull=False).exists()
