"""What gateways report afterwards. A message's state goes forward only, and a final one stays."""

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

STORE = """
INSERT INTO messaging_receipt
    (gateway, reference, message_id, outcome, code, happened_at, received_at)
SELECT %s, *, clock_timestamp() FROM unnest(
    %s::text[], %s::bigint[], %s::text[], %s::text[], %s::timestamptz[]
)
ON CONFLICT (gateway, reference, code) DO NOTHING
"""
APPLY = """
WITH due AS (
    SELECT id AS receipt_id, gateway, reference, message_id, outcome, code
    FROM messaging_receipt
    WHERE applied_at IS NULL AND received_at > %(since)s
    ORDER BY received_at, id LIMIT %(chunk)s OFFSET %(offset)s FOR UPDATE SKIP LOCKED
), named AS (
    SELECT due.*, message_id AS id FROM due WHERE message_id IS NOT NULL
    UNION ALL
    SELECT due.*, m.id FROM due JOIN messaging_message m ON m.reference = due.reference
    WHERE message_id IS NULL AND m.reference <> ''
), found AS (
    SELECT named.receipt_id, named.outcome, named.code, m.id
    FROM named
    JOIN messaging_message m ON m.id = named.id
    JOIN messaging_batch b ON b.key = m.batch_id AND b.gateway = named.gateway
), latest AS (
    SELECT DISTINCT ON (id) id, outcome, code FROM found
    WHERE outcome IN ('delivered', 'undelivered') ORDER BY id, receipt_id
), moved AS (
    UPDATE messaging_message m SET
        state = latest.outcome, code = latest.code, sealed = NULL, changed_at = %(now)s
    FROM latest WHERE m.id = latest.id AND m.state IN ('claimed', 'accepted', 'unknown')
), applied AS (
    UPDATE messaging_receipt r SET applied_at = %(now)s
    FROM (SELECT DISTINCT receipt_id FROM found) known WHERE r.id = known.receipt_id
    RETURNING 1
)
SELECT (SELECT count(*) FROM due), (SELECT count(*) FROM applied)
"""


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
    """Keep reports as they came; one that came before is kept once (1 query)."""
    columns = [
        [one.reference for one in reports],
        [one.message_id for one in reports],
        [str(one.outcome) for one in reports],
        [one.code for one in reports],
        [one.happened_at for one in reports],
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORE, [name, *columns])


def apply_receipts(*, chunk: int = CHUNK) -> int:
    """Move messages forward by the receipts that were not applied yet; return how many were.

    A receipt of a message that we do not know yet stays, and is tried again.
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
