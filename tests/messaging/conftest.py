"""A vendor at hand, a sender number, and people to send to."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging import delivery, receipts
from gwonseon.messaging.actions import open_dispatch
from gwonseon.messaging.expand import expand
from gwonseon.messaging.models import Dispatch, Message, Sender
from gwonseon.messaging.queries import counts_of
from tests.messaging.gateway import NAME
from tests.messaging.people import invite
from tests.messaging.vendor import Vendor

StartVendor = Callable[..., Vendor]
SendToMany = Callable[..., Dispatch]
SetClock = Callable[[datetime], None]


def drain() -> int:
    """Send what may leave now; return how many batches were given away."""
    return delivery.drain(seconds=20)


def all_sent(dispatch: Dispatch) -> bool:
    """Return whether the gateway accepted every message of a dispatch."""
    return set(counts_of(dispatch)) == {Message.State.ACCEPTED}


@pytest.fixture
def start_vendor(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartVendor]:
    """Start a vendor with a capability, and make it the gateway that is sent through."""
    settings.SMS_GATEWAY = NAME
    started: list[Vendor] = []

    def start(capability: str = "idempotent") -> Vendor:
        vendor = Vendor(capability=capability).__enter__()
        started.append(vendor)
        monkeypatch.setenv("VENDOR", vendor.address)
        monkeypatch.setenv("CAPABILITY", capability)
        return vendor

    yield start
    for one in started:
        one.__exit__()


@pytest.fixture
def sender(db: None, settings: Settings) -> Sender:
    """A sender number, on a portal that sends: through the vendor, if nothing else is set."""
    if settings.SMS_GATEWAY == "file":
        settings.SMS_GATEWAY = NAME
    return Sender.objects.create(
        number="0312285114", name="예시 부서", expires_on=date(2099, 12, 31)
    )


@pytest.fixture
def send_to_many(sender: Sender) -> SendToMany:
    """Open a dispatch to as many people as are asked for, and write its recipients."""

    def sent(people: int = 5, **facts: object) -> Dispatch:
        now = timezone.now()
        given = {
            "key": f"예시:{Dispatch.objects.count()}",
            "is_urgent": True,
            "sender": sender,
            "not_before": now,
            "expires_at": now + timedelta(days=2),
        } | facts
        dispatch = open_dispatch(dispatch=Dispatch(**given), text="예시 알림")
        while not expand(dispatch=dispatch, audience=invite(people, sender)):
            pass
        dispatch.refresh_from_db()
        return dispatch

    return sent


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Set the clock that the outbox goes by."""

    def set_to(moment: datetime) -> None:
        for module in (delivery, receipts):
            monkeypatch.setattr(module, "database_now", lambda: moment)

    return set_to
