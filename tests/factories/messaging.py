"""Rows of the outbox."""

from datetime import date, timedelta

from django.utils import timezone

from gwonseon.messaging.models import Batch, Dispatch, Message, Sender
from gwonseon.messaging.sealing import digest, seal

NUMBER = "01000005678"


def parked_batch() -> Batch:
    """Make a batch of one message whose outcome nobody knows."""
    now = timezone.now()
    sender, _is_new = Sender.objects.get_or_create(
        number="0312285114", defaults={"name": "예시 부서", "expires_on": date(2099, 12, 31)}
    )
    dispatch = Dispatch.objects.create(
        key="예시 결과 모름",
        state=Dispatch.State.SENDING,
        is_bulk=True,
        is_urgent=False,
        sender=sender,
        sealed_text=seal("예시 알림"),
        not_before=now,
        expires_at=now + timedelta(days=1),
    )
    batch = Batch.objects.create(
        dispatch=dispatch,
        gateway="file",
        state=Batch.State.UNKNOWN,
        first_called_at=now,
        lease_until=now,
    )
    Message.objects.create(
        dispatch=dispatch,
        batch=batch,
        mac=digest(NUMBER),
        sealed=seal(NUMBER),
        state=Message.State.UNKNOWN,
    )
    return batch
