"""The ticks of exports. They take no arguments; one that is lost or doubled does no harm."""

from time import monotonic

from celery import shared_task
from django.utils import timezone

from plans.reports.exports.actions import forget_old, make_next

# A tick begins no other export after so many seconds; it ends long before the broker's time-out.
SECONDS = 60


@shared_task
def make_exports() -> None:
    """Make the exports that wait, one after the other."""
    until = monotonic() + SECONDS
    while make_next(timezone.now()) and monotonic() < until:
        pass


@shared_task
def forget_exports() -> None:
    """Delete the files that were kept long enough."""
    forget_old(timezone.now())
