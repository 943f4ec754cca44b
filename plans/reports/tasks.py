"""The ticks of exports. They take no arguments; one that is lost or doubled does no harm."""

from time import monotonic

from celery import shared_task
from django.utils import timezone

from plans.reports.exports.actions import forget_old, make_next
from plans.reports.saved.actions import ask_scheduled

# A tick begins no other export after so many seconds; it ends long before the broker's time-out.
SECONDS = 60


@shared_task
def make_exports() -> None:
    """Ask for what is scheduled of closed periods, and make what waits, one after the other."""
    ask_scheduled(timezone.now())
    until = monotonic() + SECONDS
    while make_next(timezone.now()) and monotonic() < until:
        pass


@shared_task
def forget_exports() -> None:
    """Delete the files that were kept long enough."""
    forget_old(timezone.now())
