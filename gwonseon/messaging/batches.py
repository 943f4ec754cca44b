"""Batches, from the claim to the gateway's answers. What is written here is one transaction each.

A batch is claimed under a lease. It ends ANSWERED (the gateway spoke of each message), REFUSED (the
gateway took nothing, and its messages queue again) or UNKNOWN (only a person can tell).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from gwonseon.messaging.gateways import Answer, Gateway, Letter, Parcel
from gwonseon.messaging.models import Batch, Dispatch, Message
from gwonseon.messaging.quiet_hours import is_quiet
from gwonseon.messaging.sealing import unseal
from gwonseon.messaging.stop_links import token_of

NEXT = """
SELECT d.id FROM messaging_dispatch d
WHERE d.state = 'sending' AND d.not_before <= %(now)s AND d.expires_at > %(now)s
AND (d.is_urgent OR NOT %(quiet)s)
AND EXISTS (
    SELECT FROM messaging_message m
    WHERE m.dispatch_id = d.id AND m.state = 'queued' AND m.not_before <= %(now)s
)
ORDER BY d.is_bulk, d.not_before, d.id LIMIT 1
"""
COUNT = """
SELECT count(*) FROM (
    SELECT FROM messaging_message
    WHERE dispatch_id = %(dispatch)s AND state = 'queued' AND not_before <= %(now)s
    LIMIT %(most)s
) queued
"""
# Whoever cancels waits for this lock, or we for them.
MAY_SEND = """
SELECT is_bulk FROM messaging_dispatch
WHERE id = %(dispatch)s AND state = 'sending' AND expires_at > %(now)s
FOR SHARE
"""
CLAIM = """
WITH picked AS (
    SELECT m.id, m.mac FROM messaging_message m
    WHERE m.dispatch_id = %(dispatch)s AND m.state = 'queued' AND m.not_before <= %(now)s
    ORDER BY m.not_before, m.id LIMIT %(most)s FOR UPDATE SKIP LOCKED
), sorted AS (
    SELECT picked.id, %(is_bulk)s AND EXISTS (
        SELECT FROM messaging_suppression s WHERE s.mac = picked.mac
    ) AS is_suppressed
    FROM picked
)
UPDATE messaging_message m SET
    state = CASE WHEN sorted.is_suppressed THEN 'suppressed' ELSE 'claimed' END,
    batch_id = CASE WHEN sorted.is_suppressed THEN NULL ELSE %(batch)s::uuid END,
    sealed = CASE WHEN sorted.is_suppressed THEN NULL ELSE m.sealed END,
    attempts = m.attempts + 1,
    changed_at = %(now)s
FROM sorted WHERE m.id = sorted.id
RETURNING sorted.is_suppressed
"""
MARK = """
UPDATE messaging_message m SET
    state = CASE WHEN answer.is_accepted THEN 'accepted' ELSE 'rejected' END,
    reference = answer.reference, code = answer.code, sealed = NULL, changed_at = %(now)s
FROM unnest(%(ids)s::bigint[], %(accepted)s::boolean[], %(references)s::text[], %(codes)s::text[])
    AS answer (id, is_accepted, reference, code)
WHERE m.id = answer.id AND m.batch_id = %(batch)s AND m.state IN ('claimed', 'unknown')
"""
# What is put back of a cancelled or expired dispatch will not be sent.
REQUEUE = """
UPDATE messaging_message m SET
    state = CASE
        WHEN d.state = 'cancelled' THEN 'cancelled'
        WHEN d.expires_at <= %(now)s THEN 'expired' ELSE 'queued'
    END,
    sealed = CASE WHEN d.state = 'cancelled' OR d.expires_at <= %(now)s THEN NULL ELSE m.sealed END,
    batch_id = NULL,
    not_before = %(not_before)s,
    changed_at = %(now)s
FROM messaging_dispatch d
WHERE m.batch_id = %(batch)s AND m.state IN ('claimed', 'unknown') AND d.id = m.dispatch_id
"""


@dataclass(frozen=True)
class Waiting:
    """A dispatch with messages that may leave now; `letters` are as many as one batch takes."""

    dispatch_id: int
    letters: int


def next_waiting(now: datetime, most_letters: int) -> Waiting | None:
    """Return the first dispatch that may send now: single messages before those to many."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"now": now, "quiet": is_quiet(now)})
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(COUNT, {"dispatch": row[0], "now": now, "most": most_letters})
        return Waiting(row[0], cursor.fetchone()[0])


@transaction.atomic
def claim(waiting: Waiting, gateway: Gateway, now: datetime) -> Batch | None:
    """Take messages of a dispatch into a new batch; return None if there are none left to send."""
    facts = {"dispatch": waiting.dispatch_id, "now": now, "most": waiting.letters}
    with connection.cursor() as cursor:
        cursor.execute(MAY_SEND, facts)
        row = cursor.fetchone()
        if row is None:
            return None
        batch = Batch.objects.create(
            dispatch_id=waiting.dispatch_id,
            gateway=gateway.name,
            first_called_at=now,
            lease_until=now + settings.SMS_LEASE,
        )
        cursor.execute(CLAIM, facts | {"batch": batch.pk, "is_bulk": row[0]})
        if any(not is_suppressed for (is_suppressed,) in cursor.fetchall()):
            return batch
    batch.delete()
    return None


def parcel_of(batch: Batch) -> Parcel:
    """Return a batch as its gateway is given it: the same whenever it is asked for.

    Raises SealError if a key is missing.
    """
    dispatch = Dispatch.objects.select_related("sender").get(pk=batch.dispatch_id)
    text = unseal(dispatch.sealed_text)
    rows = Message.objects.filter(batch=batch).exclude(sealed=None).order_by("pk")
    letters = [
        Letter(pk, unseal(sealed), text_for(pk, text, dispatch.stop_address))
        for pk, sealed in rows.values_list("pk", "sealed")
    ]
    return Parcel(batch.pk, dispatch.sender.number, dispatch.title, letters, batch.reference)


def text_for(message_id: int, text: str, stop_address: str) -> str:
    """Return the text of one message: with the address where its recipient stops messages."""
    return f"{text}\n{stop_address}{token_of(message_id)}" if stop_address else text


def remember_reference(batch: Batch, reference: str) -> None:
    """Store what the gateway calls a batch, at once."""
    Batch.objects.filter(pk=batch.pk).update(reference=reference)


@transaction.atomic
def mark_answers(batch: Batch, answers: Sequence[Answer], now: datetime) -> None:
    """Write what the gateway said of each message, and close the batch.

    A message that the gateway did not speak of is UNKNOWN. What a receipt said before stays.
    """
    facts = {
        "batch": batch.pk,
        "now": now,
        "ids": [one.id for one in answers],
        "accepted": [one.is_accepted for one in answers],
        "references": [one.reference for one in answers],
        "codes": [one.code for one in answers],
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, facts)
    left = Message.objects.filter(batch=batch, state=Message.State.CLAIMED)
    left.update(state=Message.State.UNKNOWN, changed_at=now)
    close(batch, Batch.State.ANSWERED)


@transaction.atomic
def requeue(batch: Batch, now: datetime) -> None:
    """Put back a batch of which the gateway took nothing, to be tried again a little later."""
    attempts = Message.objects.filter(batch=batch).values_list("attempts", flat=True).first() or 1
    with connection.cursor() as cursor:
        cursor.execute(
            REQUEUE, {"batch": batch.pk, "now": now, "not_before": now + wait_after(attempts)}
        )
    close(batch, Batch.State.REFUSED)


@transaction.atomic
def park(batch: Batch, now: datetime) -> None:
    """Mark a batch and its claimed messages as unknown; an operator then decides on them."""
    claimed = Message.objects.filter(batch=batch, state=Message.State.CLAIMED)
    claimed.update(state=Message.State.UNKNOWN, changed_at=now)
    close(batch, Batch.State.UNKNOWN)


def close(batch: Batch, state: Batch.State) -> None:
    """Write how a batch ended."""
    Batch.objects.filter(pk=batch.pk).update(state=state)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubled each time, with some chance in it."""
    first, longest = settings.SMS_WAITS
    return min(first * 2 ** min(attempts, 10), longest) * random.uniform(0.5, 1)  # noqa: S311  no secret
