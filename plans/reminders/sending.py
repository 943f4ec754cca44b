"""Sending a day's digests: claimed first, then sent, so that nobody gets one twice.

Times are those of Asia/Seoul.
"""

import logging
import time as clock
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gwonseon.office.mail.addresses import mark_refused
from gwonseon.office.mail.sending import MailOutcome, Sent, send_mail
from gwonseon.office.workdays.queries import office_calendar
from plans.reminders.collecting import Key, make_digests
from plans.reminders.due import key_of, reminders_on, today_of
from plans.reminders.mails import mail_of
from plans.reminders.models import Digest, ReminderSent
from plans.reminders.phones import send_to_phone

log = logging.getLogger(__name__)

FIRST, LAST = time(9), time(18)
BATCH = 50
# Longer than any mail may take: who claimed a digest so long ago was killed.
LEASE = timedelta(minutes=5)
WAIT = timedelta(minutes=5)
# The mail server does not answer at all if so many in a row fail.
MOST_FAILURES = 3


@dataclass(frozen=True)
class Claimed:
    """A digest that this process sends, with the lines that are still to do."""

    digest: Digest
    lines: list[ReminderSent]


def send_due(*, seconds: float) -> None:
    """Make and send the digests of today, if it is a working day and the office is open.

    What is not done in time, the next call does.
    """
    now = timezone.localtime()
    day = now.date()
    if not FIRST <= now.time() < LAST or not office_calendar().is_workday(day):
        return
    lapse(now)
    if made := make_digests(day):
        log.info("reminders of %s: %s digests", day, made)
    until = clock.monotonic() + seconds
    while (keys := due_keys(day)) and clock.monotonic() < until:
        if not send_batch(keys, day, until):
            return


def lapse(now: datetime) -> None:
    """Mark digests whose sender stopped midway as unknown: perhaps sent, perhaps not."""
    lost = Digest.objects.filter(state=Digest.State.SENDING, claimed_at__lt=now - LEASE)
    if count := lost.update(state=Digest.State.UNKNOWN):
        log.warning("reminders: %s digests may have left or not", count)


def due_keys(day: date) -> list[int]:
    """Return the next digests that may leave now, those that were never tried first."""
    may_leave = Q(not_before=None) | Q(not_before__lte=timezone.now())
    rows = Digest.objects.filter(may_leave, on=day, state=Digest.State.WAITING)
    return list(rows.order_by("attempts", "pk").values_list("pk", flat=True)[:BATCH])


def send_batch(keys: list[int], day: date, until: float) -> bool:
    """Send some digests, and return whether it makes sense to go on.

    The rules are asked once more before: what was done meanwhile drops out.
    """
    still_due = {key_of(one) for one in reminders_on(today_of(day))}
    failures = 0
    for key in keys:
        if clock.monotonic() > until:
            return False
        claimed = claim(key, still_due)
        if claimed is None:
            continue
        sent = send_mail(mail_of(claimed.digest, claimed.lines))
        settle(claimed.digest, sent)
        failures = failures + 1 if sent.outcome is MailOutcome.LATER else 0
        if failures == MOST_FAILURES:
            log.warning("reminders: the mail server takes nothing now")
            return False
    return True


@transaction.atomic
def claim(key: int, still_due: Collection[Key]) -> Claimed | None:
    """Claim a digest to send it by mail; None if another process has it, or no mail is needed.

    Without an address, or if it was refused, the digest is only shown in the portal. What is
    urgent goes to the phone, too.
    """
    rows = Digest.objects.filter(pk=key, state=Digest.State.WAITING).select_related("person")
    digest = rows.select_for_update(of=("self",), skip_locked=True).first()
    if digest is None:
        return None
    lines = drop_done(digest, still_due)
    if not lines:
        close(digest, Digest.State.EMPTY)
        return None
    send_to_phone(digest, lines, until=closing_time(digest.on))
    if not digest.person.email or digest.person.email_refused_at:
        close(digest, Digest.State.SHOWN)
        return None
    digest.state, digest.claimed_at = Digest.State.SENDING, timezone.now()
    digest.save(update_fields=["state", "claimed_at"])
    return Claimed(digest, lines)


def drop_done(digest: Digest, still_due: Collection[Key]) -> list[ReminderSent]:
    """Mark the lines that are not due any more; return the others."""
    lines = list(digest.lines.filter(is_dropped=False))
    done = [one.pk for one in lines if key_of(one) not in still_due]
    if done:
        ReminderSent.objects.filter(pk__in=done).update(is_dropped=True)
    return [one for one in lines if one.pk not in done]


def close(digest: Digest, state: Digest.State) -> None:
    """End a digest without a mail."""
    digest.state, digest.sent_at = state, timezone.now()
    digest.save(update_fields=["state", "sent_at"])


@transaction.atomic
def settle(digest: Digest, sent: Sent) -> None:
    """Save the result of sending a mail, also if the digest was marked as unknown meanwhile."""
    now = timezone.now()
    after = {
        MailOutcome.ACCEPTED: {"state": Digest.State.SENT, "sent_at": now},
        MailOutcome.REFUSED: {"state": Digest.State.REFUSED},
        MailOutcome.UNKNOWN: {"state": Digest.State.UNKNOWN},
        MailOutcome.LATER: {
            "state": Digest.State.WAITING,
            "attempts": digest.attempts + 1,
            "not_before": now + WAIT * (digest.attempts + 1),
        },
    }[sent.outcome]
    mine = Digest.objects.filter(pk=digest.pk, claimed_at=digest.claimed_at)
    mine.filter(state__in=(Digest.State.SENDING, Digest.State.UNKNOWN)).update(
        code=sent.code, **after
    )
    if sent.is_address and sent.outcome is MailOutcome.REFUSED:
        mark_refused(person=digest.person, address=digest.person.email, code=sent.code)


def closing_time(day: date) -> datetime:
    """Return the moment on a day after which nothing is sent any more."""
    return timezone.make_aware(datetime.combine(day, LAST))
