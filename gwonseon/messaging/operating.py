"""What operators decide where the software cannot know."""

import logging
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from gwonseon.messaging.channels import current_channel, database_now, pause, resume, switch
from gwonseon.messaging.gateways.registry import default_gateway, known_gateways
from gwonseon.messaging.models import Batch, Channel, Dispatch, Message
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError

log = logging.getLogger(__name__)


class Decision(StrEnum):
    """What a person found out about a batch, and wants done with it."""

    SENT = "sent"
    AGAIN = "again"
    NEVER = "never"


def stop_channel(*, by: User | None = None) -> None:
    """Send nothing until somebody resumes; what a gateway has is not stopped."""
    pause(sending_channel().pk, Channel.Pause.OPERATOR)
    log.info("channel stopped by %s", by and by.pk)


def resume_channel(*, by: User | None = None) -> None:
    """Send again through the current channel, whatever it was paused for."""
    resume(sending_channel().pk)
    log.info("channel resumed by %s", by and by.pk)


def switch_channel(*, name: str, by: User | None = None) -> None:
    """Send through another gateway; raise RefusedError for one that this portal cannot use."""
    if name not in known_gateways():
        raise RefusedError("이 포털이 쓸 수 없는 중계사입니다. 목록에서 고르세요.")
    switch(name)
    log.info("channel switched to %s by %s", name, by and by.pk)


def sending_channel() -> Channel:
    """Return the channel that is sent through; raise RefusedError if messages are off."""
    default_gateway()
    channel = current_channel()
    assert channel is not None  # noqa: S101  there is one where the settings name a gateway
    return channel


@transaction.atomic
def decide(*, batch: Batch | None, decision: Decision, by: User | None = None) -> int:
    """Write a decision on a batch whose outcome is unknown; return how many messages it is of.

    SENT: the gateway has them, and they are accepted. AGAIN: it never had them, and they queue
    again. NEVER: it never had them, and they are given up. Raises RefusedError where there is
    nothing to decide, or nothing left to send.
    """
    if batch:
        batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch is None or batch.state != Batch.State.UNKNOWN:
        raise RefusedError("결과를 모르는 묶음이 아닙니다. `messages state`에서 번호를 확인하세요.")
    unknown = Message.objects.filter(batch=batch, state=Message.State.UNKNOWN)
    now = database_now()
    if decision is Decision.AGAIN:
        decided = queue_again(batch, unknown)
    elif decision is Decision.SENT:
        decided = unknown.update(state=Message.State.ACCEPTED, sealed=None, changed_at=now)
    else:
        decided = unknown.update(state=Message.State.CANCELLED, sealed=None, changed_at=now)
    state = Batch.State.ANSWERED if decision is Decision.SENT else Batch.State.REFUSED
    Batch.objects.filter(pk=batch.pk).update(state=state)
    log.info("batch %s decided: %s by %s", batch.pk, decision, by and by.pk)
    return decided


def queue_again(batch: Batch, unknown: QuerySet[Message]) -> int:
    """Put unknown messages back into the queue; raise RefusedError if they cannot be sent."""
    now = database_now()
    dispatch = Dispatch.objects.select_for_update(no_key=True).get(pk=batch.dispatch_id)
    is_over = dispatch.state == Dispatch.State.CANCELLED or dispatch.expires_at <= now
    if is_over or unknown.filter(sealed=None).exists() or dispatch.sealed_text is None:
        raise RefusedError(
            "취소했거나 기한이 지난 문자라 다시 보낼 수 없습니다. sent나 never로 정리하세요."
        )
    Dispatch.objects.filter(pk=dispatch.pk).update(state=Dispatch.State.SENDING, finished_at=None)
    return unknown.update(state=Message.State.QUEUED, batch=None, not_before=now, changed_at=now)
