"""What gateways report afterwards. A message's state goes forward only, and a final one stays."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from gwonseon.messaging.channels import database_now
from gwonseon.messaging.gateways import (
    Gateway,
    NotAcceptedError,
    Report,
    UnknownOutcomeError,
)
from gwonseon.messaging.gateways.polling import take_all
from gwonseon.messaging.gateways.registry import gateway
from gwonseon.messaging.models import Channel, Message

# After this long without a report, a message counts as not delivered, and its receipts as strange.
PATIENCE = timedelta(days=3)
NO_RECEIPT = "no-receipt"
# How many receipts are applied in one statement.
CHUNK = 5_000

log = logging.getLogger(__name__)

# The message that a receipt `said` is about: by our own number of it or else by the gateway's name
# of it, of those that this gateway was given. These are looked up one by one: joined, the database
# may begin at the gateway, which has far more messages than receipts, where it knows no better.
# (And for `min` instead of `array_agg` it would walk along all messages.)
MESSAGE = """
CASE WHEN said.message_id IS NOT NULL THEN (
    SELECT m.id FROM messaging_message m WHERE m.id = said.message_id AND said.gateway = (
        SELECT b.gateway FROM messaging_batch b WHERE b.key = m.batch_id
    )
) WHEN said.reference <> '' THEN (
    SELECT (array_agg(m.id))[1] FROM messaging_message m
    WHERE m.reference <> '' AND m.reference = said.reference AND said.gateway = (
        SELECT b.gateway FROM messaging_batch b WHERE b.key = m.batch_id
    )
) END
"""
# Of each message that a row of `known` is about, the first final outcome stays.
MOVE = """
latest AS (
    SELECT DISTINCT ON (message_id) message_id, outcome, code FROM known
    WHERE outcome IN ('delivered', 'undelivered') ORDER BY message_id, id
), moved AS (
    UPDATE messaging_message m SET
        state = latest.outcome, code = latest.code, sealed = NULL, changed_at = %(now)s
    FROM latest WHERE m.id = latest.message_id AND m.state IN ('claimed', 'accepted', 'unknown')
)
SELECT (SELECT count(*) FROM said), (SELECT count(*) FROM known)
"""
STORE = f"""
WITH said AS (
    SELECT %(gateway)s AS gateway, * FROM json_to_recordset(%(reports)s) AS said (
        reference text, message_id bigint, outcome text, code text, happened_at timestamptz
    )
), looked_up AS MATERIALIZED (
    SELECT *, {MESSAGE} AS found FROM said
), known AS (
    INSERT INTO messaging_receipt
        (gateway, reference, message_id, outcome, code, happened_at, received_at, applied_at)
    SELECT gateway, reference, coalesce(found, message_id), outcome, code, happened_at, %(now)s,
        CASE WHEN found IS NOT NULL THEN %(now)s::timestamptz END
    FROM looked_up
    ON CONFLICT (gateway, reference, code) DO NOTHING
    RETURNING id, CASE WHEN applied_at IS NOT NULL THEN message_id END AS message_id, outcome, code
), {MOVE}
"""  # noqa: S608  made of constants
APPLY = f"""
WITH said AS (
    SELECT * FROM messaging_receipt
    WHERE applied_at IS NULL AND received_at > %(since)s
    ORDER BY received_at, id LIMIT %(chunk)s OFFSET %(offset)s FOR UPDATE SKIP LOCKED
), looked_up AS MATERIALIZED (
    SELECT id, {MESSAGE} AS found FROM said
), known AS (
    UPDATE messaging_receipt r SET applied_at = %(now)s, message_id = found
    FROM looked_up WHERE r.id = looked_up.id AND found IS NOT NULL
    RETURNING r.id, r.message_id, r.outcome, r.code
), {MOVE}
"""  # noqa: S608  made of constants


def collect(*, most_calls: int = 20) -> int:
    """Ask every gateway that was ever used for reports, and apply them; return how many came."""
    came = 0
    for name in Channel.objects.values_list("pk", flat=True):
        try:
            came += collect_from(gateway(name), most_calls)
        except (NotAcceptedError, UnknownOutcomeError) as error:
            log.warning("no reports from %s: %s", name, type(error).__name__)
    apply_receipts()
    return came


def collect_from(source: Gateway, most_calls: int) -> int:
    """Store a gateway's reports, and acknowledge what is stored."""
    keep = partial(store, source.name)
    return take_all(source.fetch_reports, keep, source.acknowledge, most_calls)


def store(name: str, reports: Sequence[Report]) -> None:
    """Keep reports as they came, and move the messages forward that they are about (2 queries).

    A report that came before is kept once. One of a message that we do not know yet stays.
    """
    rows = [
        {
            "reference": one.reference,
            "message_id": one.message_id,
            "outcome": one.outcome,
            "code": one.code,
            "happened_at": one.happened_at and one.happened_at.isoformat(),
        }
        for one in reports
    ]
    facts = {"gateway": name, "reports": json.dumps(rows), "now": database_now()}
    with connection.cursor() as cursor:
        cursor.execute(STORE, facts)


def apply_receipts(*, chunk: int = CHUNK) -> int:
    """Apply receipts that came before their messages were known; return how many.

    What is still unknown stays, and is tried again.
    """
    now = database_now()
    applied = offset = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                APPLY,
                {"now": now, "since": now - PATIENCE, "chunk": chunk, "offset": offset},
            )
            due, done = cursor.fetchone()
        applied += done
        # What stays is passed over.
        offset += due - done
        if due < chunk:
            return applied


def give_up_waiting(now: datetime) -> int:
    """Write 'undelivered' for accepted messages without a report in three days."""
    waiting = Message.objects.filter(state=Message.State.ACCEPTED, changed_at__lt=now - PATIENCE)
    return waiting.update(
        state=Message.State.UNDELIVERED, code=NO_RECEIPT, sealed=None, changed_at=now
    )
