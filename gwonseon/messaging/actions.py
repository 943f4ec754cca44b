"""What others ask of the outbox: send one message, and stop or allow messages to a number."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from gwonseon.messaging.models import Dispatch, Message, Sender, Suppression
from gwonseon.messaging.sealing import digest, seal
from gwonseon.refusals import RefusedError


@transaction.atomic
def send_one(
    *, key: str, number: str, text: str, expires_at: datetime, is_urgent: bool = True
) -> Dispatch:
    """Put one message into the outbox, ahead of all that go to many; the same key is sent once.

    It is not sent after `expires_at`. Raises RefusedError without a valid sender number.
    """
    today = timezone.localdate()
    sender = Sender.objects.filter(closed_on=None, expires_on__gte=today).order_by("pk").first()
    if sender is None:
        raise RefusedError("등록된 발신번호가 없어 문자를 보낼 수 없습니다. 구청에 알려 주세요.")
    now = timezone.now()
    dispatch, is_new = Dispatch.objects.get_or_create(
        key=key,
        defaults={
            "state": Dispatch.State.SENDING,
            "is_bulk": False,
            "is_urgent": is_urgent,
            "sender": sender,
            "sealed_text": seal(text),
            "not_before": now,
            "expires_at": expires_at,
        },
    )
    if is_new:
        Message.objects.create(
            dispatch=dispatch, mac=digest(number), sealed=seal(number), not_before=now
        )
    return dispatch


@transaction.atomic
def suppress(*, mac: bytes) -> None:
    """Send nothing to many to this number any more, of what has not left yet either."""
    Suppression.objects.get_or_create(mac=mac)
    Message.objects.filter(mac=mac, state=Message.State.QUEUED, dispatch__is_bulk=True).update(
        state=Message.State.SUPPRESSED, sealed=None, changed_at=Now()
    )


def lift_suppression(*, mac: bytes) -> None:
    """Let messages to many reach this number again."""
    Suppression.objects.filter(mac=mac).delete()
