"""The ticks of reminders. They take no arguments; one that is lost or doubled does no harm."""

from celery import shared_task
from django.utils import timezone

from plans.reminders import retention, sending

SECONDS = 50


@shared_task
def send_due() -> None:
    """Make the day's digests, and send those that wait."""
    sending.send_due(seconds=SECONDS)


@shared_task
def delete_old() -> None:
    """Delete old digests."""
    retention.delete_old(timezone.localdate())
