"""Made-up people to send to: numbers of the 010-0000-xxxx kind, which nobody has."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gwonseon.messaging.models import Dispatch, Message, Sender
from gwonseon.messaging.sealing import digest, seal


def number(index: int) -> str:
    """Return the number of one of them."""
    return f"010{index:08}"


def invite(people: int, sender: Sender) -> QuerySet[Message]:
    """Return a query of the columns `mac` and `sealed` of so many people.

    Messaging knows no residents; a finished dispatch stands for the table of them.
    """
    now = timezone.now()
    pool, is_new = Dispatch.objects.get_or_create(
        key=f"예시 사람 {people}",
        defaults={
            "state": Dispatch.State.DONE,
            "is_bulk": True,
            "is_urgent": True,
            "sender": sender,
            "not_before": now,
            "expires_at": now + timedelta(days=1),
            "finished_at": now,
        },
    )
    if is_new:
        Message.objects.bulk_create(
            Message(
                dispatch=pool,
                mac=digest(number(index)),
                sealed=seal(number(index)),
                state=Message.State.DELIVERED,
            )
            for index in range(people)
        )
    return Message.objects.filter(dispatch=pool)
