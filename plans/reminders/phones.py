"""Urgent reminders by text message, for who agreed to that."""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from gwonseon.messaging.actions import send_one
from gwonseon.messaging.sealing import unseal
from gwonseon.refusals import RefusedError
from plans.reminders.links import address
from plans.reminders.models import Digest, ReminderSent, Urgency, UrgentPhone
from plans.reminders.rules.registry import rules

log = logging.getLogger(__name__)


def send_to_phone(digest: Digest, lines: list[ReminderSent], *, until: datetime) -> None:
    """Put one message about a digest's urgent lines into the outbox; the same digest sends once.

    It names no thing: messages are read on locked screens.
    """
    urgent = {one.code for one in rules if one.urgent}
    count = sum(one.urgency == Urgency.LATE and one.rule in urgent for one in lines)
    phone = UrgentPhone.objects.filter(person=digest.person).first() if count else None
    if phone is None:
        return
    text = _("[구정계획] 기한이 지난 급한 일 %(n)s건이 있습니다. %(url)s") % {
        "n": count,
        "url": address("reminders:mine"),
    }
    number = unseal(phone.sealed)
    try:
        send_one(
            key=f"digest:{digest.pk}", number=number, text=text, expires_at=until, is_urgent=False
        )
    except RefusedError:
        log.warning("digest %s: no text message can be sent now", digest.pk)
