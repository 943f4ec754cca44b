"""Scheduled tasks that delete old sessions, failed sign-ins, mails and rows of the access log."""

from datetime import timedelta

from axes.models import AccessAttempt
from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from gwonseon.office.access_log.actions import forget_old_access
from gwonseon.office.mail.files import delete_old_mails


@shared_task
def clear_sessions() -> None:
    """Delete expired sessions."""
    call_command("clearsessions")


@shared_task
def clear_sign_in_failures() -> None:
    """Delete failed sign-ins older than a day, which lock no name any more."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=1)).delete()


@shared_task
def clear_access_log() -> None:
    """Delete rows that the access log need not keep any longer."""
    forget_old_access()


@shared_task
def clear_mails() -> None:
    """Delete old mails of a portal that has no mail server."""
    delete_old_mails()
