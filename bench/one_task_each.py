"""What one would write without an outbox: one Celery task for each message."""

from celery import shared_task

from gwonseon.celery import app

__all__ = ["app"]


@shared_task
def send_alone(key: int) -> None:
    """Send one message: read its number, give it away, and write that it went."""
    from gwonseon.messaging.models import Message
    from gwonseon.messaging.sealing import unseal

    message = Message.objects.get(pk=key)
    unseal(message.sealed)
    Message.objects.filter(pk=key).update(state="accepted", reference=f"r{key}")
