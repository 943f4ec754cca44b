"""The tick of calendars. It takes no arguments; one that is lost or doubled does no harm."""

from celery import shared_task
from django.utils import timezone

from plans.reminders.calendars.sync import sync_entries


@shared_task
def sync() -> None:
    """Bring all calendars in line with what is due."""
    sync_entries(timezone.localdate())
