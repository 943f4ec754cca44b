"""Ticks of the outbox. They take no arguments; a tick that is lost or doubled does no harm."""

from celery import shared_task

from gwonseon.messaging import delivery, receipts, replies, upkeep
from gwonseon.messaging.channels import database_now

DRAIN_SECONDS = 10


@shared_task
def drain() -> None:
    """Send what may leave now."""
    delivery.drain(seconds=DRAIN_SECONDS)


@shared_task
def reap() -> None:
    """Handle batches whose answer was lost, then run the upkeep of the outbox."""
    delivery.reap()
    upkeep.keep_up(database_now())


@shared_task
def collect_receipts() -> None:
    """Ask the gateways what became of messages."""
    receipts.collect()


@shared_task
def collect_replies() -> None:
    """Ask the gateways what people replied, and stop who asks for it."""
    replies.collect()
