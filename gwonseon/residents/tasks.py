"""The scheduled task that deletes residents' data when it is due."""

from celery import shared_task

from gwonseon.residents.retention import delete_what_is_due


@shared_task
def delete_due() -> None:
    """Delete what the rules of retention.py no longer keep."""
    delete_what_is_due()
