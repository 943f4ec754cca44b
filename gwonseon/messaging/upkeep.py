"""What the clock does with the outbox: ends what is over, and erases what need not be kept."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from gwonseon.messaging.gateways.written import delete_old
from gwonseon.messaging.models import Batch, Dispatch, Message
from gwonseon.messaging.receipts import PATIENCE, give_up_waiting

# How long it can be said which number a message went to.
KEEP_RECIPIENTS = timedelta(days=90)
ERASE_SLICE = 50_000

EXPIRE = """
UPDATE messaging_message m SET state = 'expired', sealed = NULL, changed_at = %(now)s
FROM messaging_dispatch d
WHERE d.id = m.dispatch_id AND d.state = 'sending' AND d.expires_at <= %(now)s
AND m.state = 'queued'
"""


def keep_up(now: datetime) -> None:
    """Run all steps of the upkeep; running a step twice is harmless."""
    expire(now)
    finish(now)
    give_up_waiting(now)
    erase_numbers(now)
    erase_recipients(now)
    delete_old(now)


def expire(now: datetime) -> int:
    """Give up messages whose dispatch is past its time; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(EXPIRE, {"now": now})
        return cursor.rowcount


@transaction.atomic
def finish(now: datetime) -> int:
    """End dispatches of which nothing waits and nothing is on its way; return how many."""
    messages = Message.objects.filter(dispatch=OuterRef("pk"))
    waiting = messages.filter(state__in=[Message.State.QUEUED, Message.State.CLAIMED])
    calling = Batch.objects.filter(dispatch=OuterRef("pk"), state=Batch.State.CALLING)
    over = Dispatch.objects.filter(~Exists(waiting), ~Exists(calling), state=Dispatch.State.SENDING)
    finished = over.update(state=Dispatch.State.DONE, finished_at=now)
    # Codes and the like are read by nobody any more.
    single = Dispatch.objects.filter(is_bulk=False, finished_at__isnull=False)
    single.exclude(sealed_text=None).update(sealed_text=None)
    return finished


def erase_numbers(now: datetime) -> int:
    """Erase the numbers of unknown messages that nobody has decided on in time."""
    unknown = Message.objects.filter(state=Message.State.UNKNOWN, changed_at__lt=now - PATIENCE)
    return unknown.exclude(sealed=None).update(sealed=None)


def erase_recipients(now: datetime) -> int:
    """Forget which numbers messages went to, some at a time; the counts stay."""
    old = Message.objects.filter(
        dispatch__finished_at__lt=now - KEEP_RECIPIENTS, mac__isnull=False
    ).exclude(state__in=[Message.State.QUEUED, Message.State.CLAIMED])
    keys = [*old.order_by("pk").values_list("pk", flat=True)[:ERASE_SLICE]]
    return Message.objects.filter(pk__in=keys).update(mac=None, reference="")
