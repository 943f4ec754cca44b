"""Residents and what they need: a sender number, visits, and the codes that were sent."""

import re
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gwonseon.messaging.models import Dispatch, Message, Sender
from gwonseon.messaging.sealing import digest, seal, unseal
from gwonseon.residents.actions import (
    accept,
    begin_verification,
    check_code,
    hashed,
)
from gwonseon.residents.consents import REQUIRED
from gwonseon.residents.models import Resident, Visit
from plans.subscriptions.actions import subscribe
from plans.subscriptions.models import Subscription

NUMBER = "01000001234"
ADDRESS = "192.0.2.7"


def sender() -> Sender:
    """Return the number that messages come from."""
    known, _is_new = Sender.objects.get_or_create(
        number="0310000000", defaults={"name": "예시 구청", "expires_on": date(2100, 1, 1)}
    )
    return known


def messages_to(number: str) -> QuerySet[Message]:
    """Return the messages to a number, newest first."""
    rows = Message.objects.filter(mac=digest(number)).select_related("dispatch")
    return rows.order_by("-pk")


def last_code(number: str = NUMBER) -> str:
    """Return the code of the newest message to a number, read from the outbox."""
    text = unseal(messages_to(number)[0].dispatch.sealed_text)
    return re.search(r"\d{6}", text)[0]


def wrong_code(number: str = NUMBER) -> str:
    """Return a code that was not sent."""
    return f"{(int(last_code(number)) + 1) % 10**6:06}"


def begun_visit(number: str = NUMBER) -> Visit:
    """Return the visit of somebody who typed a number and was sent a code."""
    sender()
    key = begin_verification(number=number, address=ADDRESS)
    return Visit.objects.get(key_hash=hashed(key))


def verified_visit(number: str = NUMBER) -> Visit:
    """Return the visit of somebody who typed the right code."""
    visit = begun_visit(number)
    check_code(visit=visit, code=last_code(number))
    return visit


def resident(number: str = NUMBER) -> Resident:
    """Return a resident who agreed to what is required."""
    return accept(visit=verified_visit(number), given=REQUIRED)


def subscriber(number: str = NUMBER, **chosen: object) -> Subscription:
    """Return the subscription of a resident who follows the safety pillar's notices."""
    choices = {"pillars": ["safety"], "initiatives": [], "news": ["notice"], "dong": None} | chosen
    consents = [*REQUIRED, "dong"] if choices["dong"] else REQUIRED
    return subscribe(visit=verified_visit(number), consents=consents, **choices)


def to_many(*numbers: str) -> Dispatch:
    """Return a dispatch to many whose messages have not left yet."""
    now = timezone.now()
    dispatch = Dispatch.objects.create(
        key=f"test-{Dispatch.objects.count()}",
        state=Dispatch.State.SENDING,
        is_bulk=True,
        is_urgent=False,
        sender=sender(),
        sealed_text=seal("예시 소식"),
        not_before=now,
        expires_at=now + timedelta(hours=1),
    )
    for number in numbers:
        Message.objects.create(dispatch=dispatch, mac=digest(number), sealed=seal(number))
    return dispatch
