"""The tick of periods. It takes no arguments; one that is lost or doubled does no harm."""

from celery import shared_task
from django.utils import timezone

from plans.tracking.periods import open_due


@shared_task
def open_periods() -> None:
    """Open the periods whose day has come."""
    open_due(on=timezone.localdate())
