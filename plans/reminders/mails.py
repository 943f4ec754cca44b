"""The mail of a digest: plain text first, and the same as HTML."""

import re
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gwonseon.office.mail.bounces import Bounce
from plans.reminders.links import address, mute_token
from plans.reminders.models import Digest, ReminderSent, Urgency
from plans.reminders.rules.registry import rules

MESSAGE_ID = re.compile(r"<digest-(?P<key>[0-9]{1,18})-[0-9]{8}@", re.ASCII)


@dataclass(frozen=True)
class MuteLink:
    """A kind of reminder, and the address at which its reader can turn it off."""

    label: str
    url: str


def mail_of(digest: Digest, lines: list[ReminderSent]) -> EmailMultiAlternatives:
    """Return the mail of a digest with the lines that are still to do."""
    context = {
        "person": digest.person,
        "lines": lines,
        "portal": settings.PORTAL_URL,
        "mutes": mute_links(digest, lines),
        "settings_url": address("reminders:settings"),
        "mine_url": address("reminders:mine"),
    }
    mail = EmailMultiAlternatives(
        subject_of(lines),
        render_to_string("reminders/digest.txt", context),
        settings.EMAIL_FROM,
        [digest.person.email],
        headers={"Message-ID": message_id(digest), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("reminders/digest.html", context), "text/html")
    return mail


def subject_of(lines: list[ReminderSent]) -> str:
    """Return the subject: how many things, and how many of them are late."""
    late = sum(one.urgency == Urgency.LATE for one in lines)
    if late:
        return _("[구정계획] 할 일 %(n)s건, 늦은 일 %(late)s건") % {"n": len(lines), "late": late}
    return _("[구정계획] 할 일 %(n)s건") % {"n": len(lines)}


def message_id(digest: Digest) -> str:
    """Return the same Message-ID each time for a digest, so that servers detect duplicates."""
    domain = parseaddr(settings.EMAIL_FROM)[1].rpartition("@")[2]
    return f"<digest-{digest.pk}-{digest.on:%Y%m%d}@{domain}>"


def mute_links(digest: Digest, lines: list[ReminderSent]) -> list[MuteLink]:
    """Return a link for each kind of reminder in a mail."""
    codes = {one.rule for one in lines}
    kinds = [one for one in rules if one.code in codes]
    tokens = [(one.label, mute_token(digest.person_id, one.code)) for one in kinds]
    return [MuteLink(label, address("reminders_public:mute", token)) for label, token in tokens]


def mark_bounced(bounce: Bounce) -> None:
    """Mark a sent digest as refused if its mail bounced permanently."""
    parts = MESSAGE_ID.match(bounce.message_id)
    if parts and bounce.is_for_good:
        sent = Digest.objects.filter(pk=parts["key"], state=Digest.State.SENT)
        sent.update(state=Digest.State.REFUSED, code=bounce.status)
