"""What becomes of replies: acted on, then acknowledged; one that is broken blocks no other."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gwonseon.messaging import replies
from gwonseon.messaging.models import Channel
from gwonseon.messaging.replies import collect
from gwonseon.messaging.sealing import digest
from gwonseon.registry import Registry
from tests.messaging.conftest import StartVendor
from tests.messaging.gateway import NAME, OtherGateway
from tests.messaging.people import number
from tests.messaging.vendor import AFTER, BEFORE, Vendor

pytestmark = pytest.mark.django_db

Stopped = list[tuple[bytes, datetime]]


@pytest.fixture
def vendor(start_vendor: StartVendor) -> Vendor:
    """A vendor that delivers replies, through a gateway that was used."""
    Channel.objects.create(gateway=NAME)
    return start_vendor()


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Stopped:
    """The stop requests that replies made, collected here instead of by the real listeners."""
    found: Stopped = []
    registry = Registry()
    registry.register(lambda *, mac, sent_at: found.append((mac, sent_at)))
    monkeypatch.setattr(replies, "on_stop", registry)
    return found


def reply(index: int, text: str = "STOP", **facts: Any) -> dict[str, Any]:
    return {"number": number(index), "text": text, "page": f"page-{index}"} | facts


def macs(stopped: Stopped) -> list[bytes]:
    return [mac for mac, _sent_at in stopped]


def test_who_asks_to_stop_is_handed_on_and_all_is_acknowledged(
    vendor: Vendor, stopped: Stopped
) -> None:
    vendor.replies = [reply(1), reply(2, "고맙습니다"), reply(3, "수신거부")]

    assert collect() == 3

    assert macs(stopped) == [digest(number(1)), digest(number(3))]
    assert vendor.replies == []
    assert collect() == 0


def test_a_reply_that_is_doubled_does_no_harm(vendor: Vendor, stopped: Stopped) -> None:
    vendor.replies = [reply(1), reply(1)]

    collect()

    assert set(macs(stopped)) == {digest(number(1))}
    assert vendor.replies == []


@pytest.mark.parametrize("broken", ["", "0312285114", "STOP", "+1 202 555 0100", "😀" * 1_000])
def test_a_reply_without_a_mobile_number_blocks_no_other(
    vendor: Vendor, stopped: Stopped, broken: str
) -> None:
    vendor.replies = [reply(1, number=broken), reply(2)]

    collect()

    assert macs(stopped) == [digest(number(2))]
    assert vendor.replies == []


def test_replies_whose_answer_is_lost_come_again(vendor: Vendor, stopped: Stopped) -> None:
    vendor.replies = [reply(1)]
    vendor.reply_faults = [BEFORE]

    collect()
    assert stopped == []
    collect()

    assert macs(stopped) == [digest(number(1))]


def test_replies_that_could_not_be_acknowledged_are_acted_on_again(
    vendor: Vendor, stopped: Stopped
) -> None:
    vendor.replies = [reply(1)]
    vendor.reply_faults = [AFTER]

    collect()
    assert len(stopped) == len(vendor.replies) == 1
    collect()

    assert macs(stopped) == [digest(number(1))] * 2
    assert vendor.replies == []


def test_what_cannot_be_stopped_now_is_not_acknowledged_and_keeps_no_other_from_it(
    vendor: Vendor, stopped: Stopped, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_once(*, mac: bytes, sent_at: datetime) -> None:
        if mac == digest(number(1)) and not failed:
            failed.append(mac)
            raise RuntimeError(number(1))

    failed: list[bytes] = []
    replies.on_stop.register(fail_once)
    vendor.replies = [reply(1), reply(2)]

    collect()
    assert digest(number(2)) in macs(stopped)
    assert len(vendor.replies) == 2
    assert "RuntimeError" in caplog.text
    assert number(1) not in caplog.text

    collect()
    assert vendor.replies == []


def test_a_gateway_that_does_not_answer_keeps_no_other_from_delivering(
    vendor: Vendor, stopped: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_gateway: OtherGateway) -> None:
        raise KeyError(number(1))

    Channel.objects.create(gateway="tests.messaging.gateway.OtherGateway")
    Channel.objects.create(gateway="no.such.Gateway")
    monkeypatch.setattr(OtherGateway, "fetch_replies", fail)
    vendor.replies = [reply(1)]

    collect()

    assert macs(stopped) == [digest(number(1))]


def test_a_gateway_that_delivers_no_replies_is_not_asked(stopped: Stopped) -> None:
    Channel.objects.create(gateway="solapi")

    assert collect() == 0


def test_a_reply_is_dated_by_its_sender_but_never_in_the_future(
    vendor: Vendor, stopped: Stopped
) -> None:
    now = timezone.now()
    times = [now - timedelta(hours=3), now + timedelta(days=300), None]
    vendor.replies = [reply(at, at=one and one.isoformat()) for at, one in enumerate(times)]

    collect()

    dated = [sent_at for _mac, sent_at in stopped]
    assert dated[0] == times[0]
    assert all(abs(one - now) < timedelta(minutes=1) for one in dated[1:])
