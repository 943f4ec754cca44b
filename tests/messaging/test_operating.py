"""What operators see and decide, from the command line."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging import delivery
from gwonseon.messaging.actions import cancel
from gwonseon.messaging.channels import current_channel
from gwonseon.messaging.models import Batch, Dispatch, Message
from gwonseon.messaging.queries import counts_of
from tests.messaging.conftest import SendToMany, SetClock, StartVendor
from tests.messaging.vendor import AFTER, BEFORE, Vendor

pytestmark = pytest.mark.django_db


def messages(*arguments: object) -> str:
    said = StringIO()
    call_command("messages", *map(str, arguments), stdout=said)
    return said.getvalue()


@pytest.fixture
def parked(start_vendor: StartVendor, send_to_many: SendToMany, set_clock: SetClock) -> Dispatch:
    """A dispatch of three messages whose answer was lost; none of them was taken."""
    start_vendor("none").faults = [BEFORE]
    dispatch = send_to_many(3)
    delivery.drain(seconds=20)
    set_clock(timezone.now() + timedelta(minutes=10))
    delivery.reap()
    return dispatch


def test_the_state_names_what_waits_for_a_person(parked: Dispatch) -> None:
    said = messages("state")

    assert "대기 0" in said
    assert "결과 모름 3" in said
    assert str(Batch.objects.get().pk) in said


@pytest.mark.parametrize(
    ("decision", "state"),
    [("sent", Message.State.ACCEPTED), ("never", Message.State.CANCELLED)],
)
def test_a_decision_is_written(parked: Dispatch, decision: str, state: Message.State) -> None:
    assert "3건" in messages("reconcile", Batch.objects.get().pk, decision)

    assert counts_of(parked) == {state: 3}
    assert not Message.objects.filter(dispatch=parked).exclude(sealed=None).exists()
    assert str(Batch.objects.get().pk) not in messages("state")


def test_what_was_not_sent_is_sent_again_on_request(parked: Dispatch) -> None:
    messages("reconcile", Batch.objects.get().pk, "again")
    delivery.drain(seconds=20)

    assert counts_of(parked) == {Message.State.ACCEPTED: 3}


def test_what_was_cancelled_is_not_sent_again(parked: Dispatch) -> None:
    cancel(dispatch=parked)

    with pytest.raises(CommandError, match="다시 보낼 수 없습니다"):
        messages("reconcile", Batch.objects.get().pk, "again")

    assert counts_of(parked) == {Message.State.UNKNOWN: 3}


def test_only_what_is_unknown_can_be_decided(
    start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    start_vendor()
    send_to_many(3)
    delivery.drain(seconds=20)

    for key in (Batch.objects.get().pk, uuid4()):
        with pytest.raises(CommandError, match="결과를 모르는 묶음이 아닙니다"):
            messages("reconcile", key, "again")


def test_sending_is_parked_and_resumed(start_vendor: StartVendor, send_to_many: SendToMany) -> None:
    vendor: Vendor = start_vendor()
    vendor.faults = [AFTER]
    send_to_many(3)

    assert "멈춤(담당자가 멈춤)" in messages("park")
    delivery.drain(seconds=20)
    assert vendor.calls == 0

    assert "멈춤" not in messages("resume")
    delivery.drain(seconds=20)
    assert vendor.calls == 1


def test_without_a_gateway_it_says_so(db: None, settings: Settings) -> None:
    settings.SMS_GATEWAY = ""
    assert current_channel() is None
    with pytest.raises(CommandError, match="SMS_GATEWAY"):
        messages("state")
