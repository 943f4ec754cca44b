"""The tick of notices. It takes no arguments; one that is lost or doubled does no harm."""

from celery import shared_task

from civic.notices import sending

SECONDS = 10


@shared_task
def follow_up() -> None:
    """Go on with approved notices."""
    sending.follow_up(seconds=SECONDS)
