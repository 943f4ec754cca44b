"""The office's clockwork."""

from datetime import timedelta

from axes.models import AccessAttempt
from celery import shared_task
from django.core.management import call_command
from django.utils import timezone


@shared_task
def clear_sessions() -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions")


@shared_task
def clear_sign_in_failures() -> None:
    """Forget the failed sign-ins that are older than a day; they lock nobody any more."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=1)).delete()
