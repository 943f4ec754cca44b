"""The tick that forgets numbers. It takes no arguments; a lost or doubled one does no harm."""

from celery import shared_task

from plans.reminders.settings import actions


@shared_task
def forget_phones() -> None:
    """Delete the numbers of those whose account is closed."""
    actions.forget_phones()
