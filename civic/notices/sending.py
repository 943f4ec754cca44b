"""What the clock does with approved notices: write recipients, and end what was sent."""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from civic.notices.actions import save_notice
from civic.notices.models import Notice
from civic.notices.queries import audience_of, left_of
from civic.notices.recording import post_record
from gwonseon.locking import lock_row
from gwonseon.messaging.channels import database_now
from gwonseon.messaging.expand import expand
from gwonseon.messaging.models import Dispatch
from gwonseon.messaging.quiet_hours import is_quiet
from plans.subscriptions.audiences import audience

log = logging.getLogger(__name__)

# A call to the gateway may last this long after a notice was cancelled.
SETTLING = timedelta(minutes=10)


def follow_up(*, seconds: float) -> None:
    """Go on with each approved notice; what is not done in time, the next tick does."""
    until = time.monotonic() + seconds
    for notice in Notice.objects.in_work().select_related("dispatch").order_by("pk"):
        go_on(notice, until)
    settle_cancelled()


def go_on(notice: Notice, until: float) -> None:
    """Begin a notice that may leave now, write its recipients, and end it when all was sent."""
    if notice.state == Notice.State.APPROVED:
        if not is_due(notice.dispatch, database_now()):
            return
        begin(notice)
    people = audience(**audience_of(notice))
    while not expand(dispatch=notice.dispatch, audience=people):
        if time.monotonic() > until:
            return
    if Dispatch.objects.filter(pk=notice.dispatch_id, state=Dispatch.State.DONE).exists():
        finish(notice)


def is_due(dispatch: Dispatch, now: datetime) -> bool:
    """Return whether messages may leave now, or the time for sending them is over."""
    may_leave = dispatch.not_before <= now and (dispatch.is_urgent or not is_quiet(now))
    return may_leave or dispatch.expires_at <= now


def begin(notice: Notice) -> None:
    """Mark a notice as being sent; from now on residents may read it on its page."""
    approved = Notice.objects.filter(pk=notice.pk, state=Notice.State.APPROVED)
    approved.update(state=Notice.State.SENDING)


@transaction.atomic
def finish(notice: Notice) -> None:
    """End a notice of which everything was sent, and post its record."""
    related = ("activity", "author", "approver", "dispatch")
    notice = lock_row(Notice.objects.select_related(*related), notice.pk)
    if notice.is_over:
        return
    save_notice(
        notice,
        state=Notice.State.DONE,
        finished_at=notice.dispatch.finished_at,
        left=left_of(notice.dispatch),
    )
    record = post_record(notice)
    log.info("notice %s done: %s left, record %s", notice.pk, notice.left, record and record.pk)


def settle_cancelled() -> None:
    """Update how many messages had left of notices that were cancelled a short time ago."""
    cancelled = Notice.objects.filter(
        state=Notice.State.CANCELLED, finished_at__gt=timezone.now() - SETTLING
    )
    for notice in cancelled.select_related("dispatch"):
        left = left_of(notice.dispatch)
        if left != notice.left:
            Notice.objects.filter(pk=notice.pk).update(left=left)
