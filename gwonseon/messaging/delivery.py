"""Giving batches to a gateway, and what is done about answers that were lost.

No transaction is open while a gateway is called, and no number or text is logged.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import F

from gwonseon.messaging.batches import (
    claim,
    mark_answers,
    next_waiting,
    parcel_of,
    park,
    remember_reference,
    requeue,
    wait_after,
)
from gwonseon.messaging.channels import current_channel, database_now, pause, reserve
from gwonseon.messaging.gateways import (
    Answer,
    Capability,
    ChannelPausedError,
    Gateway,
    NotAcceptedError,
    UnknownOutcomeError,
)
from gwonseon.messaging.gateways.registry import gateway
from gwonseon.messaging.models import Batch, Dispatch
from gwonseon.messaging.quiet_hours import is_quiet

# Gateways forget an idempotency key after a day; before that, we stop using it.
KEY_LIVES = timedelta(hours=23)
# How long to wait for the gateway's rate before looking again.
PACE_SECONDS = 0.1

log = logging.getLogger(__name__)


def drain(*, seconds: float) -> int:
    """Send what may leave now, for some seconds; return how many batches were given away."""
    deadline = time.monotonic() + seconds
    given = 0
    while time.monotonic() < deadline:
        channel = current_channel()
        if channel is None or channel.paused_for:
            break
        through, now = gateway(channel.gateway), database_now()
        waiting = next_waiting(now, through.most_letters)
        if waiting is None:
            break
        if not reserve(channel, through, waiting.letters, now):
            time.sleep(PACE_SECONDS)
        elif batch := claim(waiting, through, now):
            deliver(batch, through)
            given += 1
    return given


def deliver(batch: Batch, through: Gateway) -> None:
    """Give a batch to its gateway and write what it said."""
    settle(batch, partial(send, batch, through))


def send(batch: Batch, through: Gateway) -> list[Answer] | None:
    """Call the gateway with a batch; return its answers, or None if it certainly took nothing.

    That it takes nothing now proves nothing where the answer of an earlier call was lost.
    """
    try:
        return through.send(parcel_of(batch), partial(remember_reference, batch))
    except NotAcceptedError as error:
        if isinstance(error, ChannelPausedError):
            pause(batch.gateway, error.pause, error.code)
        if batch.attempts > 1:
            raise UnknownOutcomeError from None
        return None


def find(batch: Batch, through: Gateway) -> list[Answer] | None:
    """Ask the gateway what became of a batch; None if it took nothing and never will."""
    return through.find(parcel_of(batch))


def settle(batch: Batch, call: Callable[[], list[Answer] | None]) -> None:
    """Run a gateway call about a batch and store its outcome."""
    try:
        answers = call()
    except UnknownOutcomeError:
        log.warning("batch %s: the gateway's answer was lost", batch.pk)
        leave_to_reaper(batch)
    except Exception as error:  # noqa: BLE001  a fault of ours; whether it was sent is not known
        # Its text may hold a number; its type tells enough to begin with.
        log.error("batch %s: %s", batch.pk, type(error).__name__)
        leave_to_reaper(batch)
    else:
        if answers is None:
            requeue(batch, database_now())
        else:
            mark_answers(batch, answers, database_now())


def leave_to_reaper(batch: Batch) -> None:
    """Set when a batch's lease ends: later with each attempt that was made."""
    lease = database_now() + wait_after(batch.attempts)
    Batch.objects.filter(pk=batch.pk).update(lease_until=lease)


def reap(*, most: int = 50) -> int:
    """Handle batches whose worker was killed or whose answer was lost; return how many."""
    reaped = 0
    while reaped < most and (batch := take_lapsed(database_now())):
        go_after(batch, gateway(batch.gateway), database_now())
        reaped += 1
    return reaped


def take_lapsed(now: datetime) -> Batch | None:
    """Take over the lease of a batch whose lease has lapsed; None if there is none.

    One statement: of two reapers, one gets it.
    """
    lapsed = Batch.objects.filter(state=Batch.State.CALLING, lease_until__lte=now)
    for key in lapsed.order_by("lease_until").values_list("pk", flat=True)[:10]:
        if lapsed.filter(pk=key).update(
            lease_until=now + settings.SMS_LEASE, attempts=F("attempts") + 1
        ):
            return Batch.objects.get(pk=key)
    return None


def go_after(batch: Batch, through: Gateway, now: datetime) -> None:
    """Send again, look up or park a batch whose answer is missing, as its gateway allows."""
    is_fresh = now < batch.first_called_at + KEY_LIVES
    match through.capability:
        case Capability.IDEMPOTENT if is_fresh:
            deliver_again(batch, through, now)
        case Capability.TWO_PHASE | Capability.SEARCHABLE if is_fresh:
            settle(batch, partial(find, batch, through))
        case _:
            park(batch, now)


def deliver_again(batch: Batch, through: Gateway, now: datetime) -> None:
    """Send a batch again, but only if its dispatch may still send messages now.

    In quiet hours it waits; of a cancelled or expired dispatch, a person decides.
    """
    dispatch = batch.dispatch
    if dispatch.state != Dispatch.State.SENDING or now >= dispatch.expires_at:
        park(batch, now)
    elif is_quiet(now) and not dispatch.is_urgent:
        leave_to_reaper(batch)
    else:
        deliver(batch, through)
