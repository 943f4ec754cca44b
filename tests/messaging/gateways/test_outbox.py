"""The outbox with the gateways of the portal, against vendors that misbehave."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging import delivery, receipts
from gwonseon.messaging.models import Batch, Message
from tests.messaging.conftest import SendToMany
from tests.messaging.gateways.bizgo_server import BizgoServer
from tests.messaging.gateways.servers import Fault, VendorServer, await_less
from tests.messaging.gateways.solapi_server import SolapiServer

PEOPLE = 5
# What of a vendor's service fails.
PLACES = {"bizgo": ("send",), "solapi": ("make", "fill", "start", "ask", "delete")}
SERVERS = {"bizgo": BizgoServer, "solapi": SolapiServer}
# How many rounds of ticks are enough to settle a batch.
ROUNDS = 6


@pytest.fixture
def server(request: pytest.FixtureRequest, settings: Settings) -> Iterator[VendorServer]:
    settings.SMS_GATEWAY = name = request.param
    settings.SMS_WAITS = (timedelta(0), timedelta(0))
    with ExitStack() as stack:
        started = stack.enter_context(SERVERS[name]())
        setattr(settings, f"{name.upper()}_URL", started.address)
        yield started


def tick() -> None:
    """Let the time pass that a worker would wait, and do its work."""
    past = timezone.now() - timedelta(seconds=1)
    Batch.objects.filter(state=Batch.State.CALLING).update(lease_until=past)
    Message.objects.filter(state=Message.State.QUEUED).update(not_before=past)
    delivery.reap()
    delivery.drain(seconds=2)


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_whatever_fails_everybody_gets_the_text_once(
    server: VendorServer, settings: Settings, send_to_many: SendToMany
) -> None:
    faults = [(place, fault) for place in PLACES[settings.SMS_GATEWAY] for fault in Fault]
    for place, fault in faults:
        await_less(settings, fault)
        server.faults[place].append(fault)
        send_to_many(PEOPLE)
        for _round in range(ROUNDS):
            tick()

    assert set(server.taken.values()) == {1}
    assert len(server.taken) == PEOPLE * len(faults)
    assert set(Message.objects.filter(batch__isnull=False).values_list("state", flat=True)) == {
        Message.State.ACCEPTED
    }


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_what_vendors_report_reaches_the_messages(
    server: VendorServer, send_to_many: SendToMany
) -> None:
    dispatch = send_to_many(PEOPLE)
    tick()
    if isinstance(server, SolapiServer):
        server.report()

    receipts.collect()

    assert {one.state for one in dispatch.messages.all()} == {Message.State.DELIVERED}


@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_everybody_gets_an_address_of_their_own_to_stop_messages(
    server: VendorServer, send_to_many: SendToMany
) -> None:
    send_to_many(PEOPLE, stop_address="https://portal.example/s/")

    tick()

    assert len(set(server.phones.values())) == PEOPLE
    assert all("\nhttps://portal.example/s/" in text for text in server.phones.values())
