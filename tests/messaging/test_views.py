"""The operators' page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from gwonseon.messaging import delivery
from gwonseon.messaging.actions import send_one
from gwonseon.messaging.channels import current_channel
from gwonseon.messaging.models import Batch, Channel, Message
from gwonseon.office.roles import ADMINISTRATOR
from tests.factories.messaging import NUMBER, parked_batch
from tests.factories.office import staff

pytestmark = pytest.mark.django_db

PAGE = "/staff/messages/"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(staff(ADMINISTRATOR))
    return client


def said(client: Client, url: str, **sent: str) -> str:
    """Return the page that a form leads to."""
    return client.post(url, sent, follow=True).text


def test_sending_is_stopped_and_resumed(operator: Client) -> None:
    assert "발송을 멈췄습니다." in said(operator, f"{PAGE}stop/")
    assert current_channel().paused_for == Channel.Pause.OPERATOR
    assert "담당자가 멈춤" in operator.get(PAGE).text

    assert "다시 보내기 시작했습니다." in said(operator, f"{PAGE}resume/")
    assert current_channel().paused_for == ""


def test_a_portal_to_try_shows_what_it_would_have_sent(operator: Client) -> None:
    parked_batch()
    expires_at = timezone.now() + timedelta(minutes=5)
    send_one(key="예시", number=NUMBER, text="예시 번호 123456", expires_at=expires_at)
    delivery.drain(seconds=5)

    page = operator.get(PAGE).text

    assert "예시 번호 123456" in page
    assert "010-****-5678" in page
    assert NUMBER not in page


def test_a_portal_that_sends_shows_no_text(operator: Client, settings: Settings) -> None:
    current_channel()
    settings.SMS_GATEWAY = "bizgo"

    assert "적어 둔 문자" not in operator.get(PAGE).text


def test_where_messages_are_off_it_says_so(operator: Client, settings: Settings) -> None:
    settings.SMS_GATEWAY = ""

    assert "문자를 보내지 않습니다" in operator.get(PAGE).text
    for action in ("stop", "resume"):
        assert "중계사가 정해지지 않아" in said(operator, f"{PAGE}{action}/")
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("decision", "state"),
    [("sent", "accepted"), ("again", "queued"), ("never", "cancelled")],
)
def test_what_nobody_knows_is_decided_once(operator: Client, decision: str, state: str) -> None:
    url = f"{PAGE}batch/{parked_batch().pk}/"

    assert "문자 1건을 정리했습니다." in said(operator, url, decision=decision)
    assert Message.objects.get().state == state
    assert "결과를 모르는 묶음이 아닙니다" in said(operator, url, decision=decision)


def test_a_decision_that_is_none_is_refused(operator: Client) -> None:
    batch = parked_batch()

    assert operator.post(f"{PAGE}batch/{batch.pk}/", {"decision": "x"}).status_code == 400
    assert Batch.objects.get().state == Batch.State.UNKNOWN


def test_a_gateway_that_this_portal_cannot_use_is_refused(operator: Client) -> None:
    current_channel()

    assert "쓸 수 없는 중계사" in said(operator, f"{PAGE}switch/", gateway="bizgo")
    assert current_channel().gateway == "file"


def test_the_page_costs_the_same_for_any_number_of_batches(
    operator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    batch = parked_batch()
    operator.get(PAGE)
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        operator.get(PAGE)
    for _batch in range(2):
        other = Batch.objects.create(
            dispatch=batch.dispatch,
            gateway="file",
            state=Batch.State.UNKNOWN,
            first_called_at=batch.first_called_at,
            lease_until=batch.lease_until,
        )
        Message.objects.create(
            dispatch=batch.dispatch, batch=other, sealed=b"x", state=Message.State.UNKNOWN
        )
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        operator.get(PAGE)


NUMBER_OF_QUERIES = 8
