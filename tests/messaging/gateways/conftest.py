"""Parcels to send, and the rule that no number, text or key is ever logged."""

import itertools
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging.gateways import Gateway, Letter, Parcel, Report
from gwonseon.messaging.models import Batch, Dispatch, Message, Receipt, Sender

TEXT = "예시 알림: 인증번호 480213"
LONG_TEXT = f"{TEXT}. " + "긴 글입니다. " * 20
TITLE = "예시 제목"
SENDER = "0312285114"
BIZGO_KEY, SOLAPI_KEY, SOLAPI_SECRET = "example-bizgo-key", "EXAMPLESOLAPIKEY", "example-secret"
SECRETS = ("480213", "예시 알림", TITLE, SENDER, BIZGO_KEY, SOLAPI_KEY, SOLAPI_SECRET, "0109999")

MakeParcel = Callable[..., Parcel]


@pytest.fixture(autouse=True)
def gateway_settings(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.SMS_TIMEOUT = 10
    settings.BIZGO_API_KEY = BIZGO_KEY
    settings.SOLAPI_KEY, settings.SOLAPI_SECRET = SOLAPI_KEY, SOLAPI_SECRET


@pytest.fixture(autouse=True)
def no_secrets_in_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Check that the logs of each gateway test have no secrets, even at DEBUG level."""
    for name in ("", "httpx", "httpcore", "bizgo"):
        caplog.set_level(logging.DEBUG, name)
    yield
    for record in caplog.get_records("call"):
        assert_no_secrets(record.getMessage())
        assert_no_secrets(record.exc_text or "")


def assert_no_secrets(said: str) -> None:
    for secret in SECRETS:
        assert secret not in said


@contextmanager
def refusing(kind: type[Exception]) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """Expect exactly this error, and no secret in what a traceback says."""
    with pytest.raises(kind) as caught:
        yield caught
    assert type(caught.value) is kind
    for error in shown_errors(caught.value):
        assert_no_secrets("".join(traceback.format_exception_only(error)))


def shown_errors(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those before it that a traceback shows."""
    while error:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


@pytest.fixture
def make_parcel(db: None) -> MakeParcel:
    """Make a batch in the database with messages to so many people, and return it as a parcel."""
    sender = Sender.objects.create(number=SENDER, name="예시", expires_on=date(2099, 12, 31))
    counter = itertools.count(1)

    def make(people: int = 3, *, gateway: str = "file", text: str = TEXT) -> Parcel:
        now = timezone.now()
        dispatch = Dispatch.objects.create(
            key=str(uuid4()),
            state=Dispatch.State.SENDING,
            is_bulk=True,
            is_urgent=True,
            sender=sender,
            title=TITLE,
            not_before=now,
            expires_at=now + timedelta(days=1),
        )
        batch = Batch.objects.create(
            dispatch=dispatch, gateway=gateway, first_called_at=now, lease_until=now
        )
        letters = []
        for _person in range(people):
            number = f"0109999{next(counter):04}"
            message = Message.objects.create(
                dispatch=dispatch,
                batch=batch,
                mac=number.encode(),
                sealed=b"sealed",
                state=Message.State.CLAIMED,
            )
            letters.append(Letter(message.pk, number, text))
        return Parcel(batch.pk, SENDER, TITLE, letters)

    return make


def store(gateway: Gateway, reports: Sequence[Report]) -> None:
    """Store reports and acknowledge them, as the outbox does."""
    rows = [
        Receipt(
            gateway=gateway.name,
            reference=report.reference,
            message_id=report.message_id,
            outcome=report.outcome,
            code=report.code,
            happened_at=report.happened_at,
        )
        for report in reports
    ]
    Receipt.objects.bulk_create(rows, ignore_conflicts=True)
    gateway.acknowledge(reports)
