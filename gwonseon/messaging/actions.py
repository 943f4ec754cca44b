"""Actions of the outbox: send to one number or to many, cancel, and suppress numbers.

Every function raises RefusedError with a sentence where the rules do not allow it.
"""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from gwonseon.messaging.gateways.registry import default_gateway
from gwonseon.messaging.models import Dispatch, Message, Sender, Suppression
from gwonseon.messaging.sealing import digest, seal
from gwonseon.messaging.texts import normal
from gwonseon.refusals import RefusedError

log = logging.getLogger(__name__)


def usable_senders() -> QuerySet[Sender]:
    """Return the sender numbers whose certificates are valid today."""
    today = timezone.localdate()
    return Sender.objects.filter(closed_on=None, expires_on__gte=today).order_by("pk")


def set_up_demo_sender() -> None:
    """Make sure that a demo portal has a sender number; the number is not a real one."""
    Sender.objects.get_or_create(
        number="0310000000", defaults={"name": "예시 발신번호", "expires_on": date(2099, 12, 31)}
    )


@transaction.atomic
def open_dispatch(*, dispatch: Dispatch, text: str) -> Dispatch:
    """Save a new bulk dispatch; `expand` writes its recipients.

    Returns the first one with its key, so that beginning it twice is beginning it once. Raises
    RefusedError for a sender number that is not valid, and where messages are off.
    """
    default_gateway()
    if not usable_senders().filter(pk=dispatch.sender_id).exists():
        raise RefusedError(
            "이 발신번호는 증명원이 만료되었거나 쓰지 않는 번호입니다. 다른 발신번호를 고르세요."
        )
    dispatch.state = Dispatch.State.EXPANDING
    dispatch.is_bulk = True
    dispatch.sealed_text = seal(normal(text))
    Dispatch.objects.bulk_create([dispatch], ignore_conflicts=True)
    return Dispatch.objects.get(key=dispatch.key)


@transaction.atomic
def send_one(
    *, key: str, number: str, text: str, expires_at: datetime, is_urgent: bool = True
) -> Dispatch:
    """Queue a message to one number, ahead of bulk messages; the same key is sent once.

    It is not sent after `expires_at`. Raises RefusedError without a gateway, and without a valid
    sender number.
    """
    default_gateway()
    sender = usable_senders().first()
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
            "sealed_text": seal(normal(text)),
            "not_before": now,
            "expires_at": expires_at,
        },
    )
    if is_new:
        Message.objects.create(
            dispatch=dispatch, mac=digest(number), sealed=seal(number), not_before=now
        )
        transaction.on_commit(wake_worker, robust=True)
    return dispatch


def wake_worker() -> None:
    """Have a worker look at the outbox at once; if that fails, the clock does so a little later."""
    from gwonseon.messaging.tasks import drain  # tasks stand above actions

    drain.apply_async(retry=False)


@transaction.atomic
def cancel(*, dispatch: Dispatch) -> int:
    """Stop what has not left yet; return how many messages that were.

    What a gateway was given, or may have been given, is not stopped.
    """
    dispatch = Dispatch.objects.select_for_update(no_key=True).get(pk=dispatch.pk)
    if dispatch.state in {Dispatch.State.DONE, Dispatch.State.CANCELLED}:
        return 0
    dispatch.state = Dispatch.State.CANCELLED
    dispatch.finished_at = timezone.now()
    dispatch.save(update_fields=["state", "finished_at"])
    stopped = stop_queued(Message.objects.filter(dispatch=dispatch), Message.State.CANCELLED)
    log.info("dispatch %s cancelled: %s messages had not left", dispatch.pk, stopped)
    return stopped


@transaction.atomic
def suppress(*, mac: bytes) -> None:
    """Stop all bulk messages to a number, including queued ones."""
    Suppression.objects.get_or_create(mac=mac)
    # By the index of recipients, which begins with the dispatch.
    unfinished = Dispatch.objects.filter(is_bulk=True, finished_at=None)
    stop_queued(
        Message.objects.filter(dispatch__in=[*unfinished.values_list("pk", flat=True)], mac=mac),
        Message.State.SUPPRESSED,
    )


def lift_suppression(*, mac: bytes) -> None:
    """Let messages to many reach this number again."""
    Suppression.objects.filter(mac=mac).delete()


def lift_old_suppressions(*, until: datetime, most: int) -> int:
    """Lift suppressions that were made by a moment, some at a time; return how many (1 query)."""
    old = Suppression.objects.filter(created_at__lte=until).order_by("created_at")[:most]
    return Suppression.objects.filter(pk__in=old.values("pk")).delete()[0]


def stop_queued(messages: QuerySet[Message], state: Message.State) -> int:
    """Set the final state of messages that are still queued, and erase their numbers."""
    queued = messages.filter(state=Message.State.QUEUED)
    return queued.update(state=state, sealed=None, changed_at=Now())
