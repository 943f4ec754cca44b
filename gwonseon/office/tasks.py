"""What the scheduler has the office do: expired sessions, failures and access-log rows go."""

from datetime import timedelta

from axes.models import AccessAttempt
from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from gwonseon.office.access_log.actions import forget_old_access


@shared_task
def clear_sessions() -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions")


@shared_task
def clear_sign_in_failures() -> None:
    """Forget the failed sign-ins that are older than a day; they lock nobody any more."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=1)).delete()


@shared_task
def clear_access_log() -> None:
    """Delete what the access log has kept for as long as it must."""
    forget_old_access()
