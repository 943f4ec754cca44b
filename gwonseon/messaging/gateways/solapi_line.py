"""Calls to SOLAPI: signed, never repeated, and each failure told as what it means."""

import hmac
import secrets
from datetime import UTC, datetime
from hashlib import sha256
from types import TracebackType
from typing import Any, Self

import httpx
from django.conf import settings

from gwonseon.messaging.gateways import (
    ChannelPausedError,
    NotAcceptedError,
    UnknownOutcomeError,
    said,
)
from gwonseon.messaging.gateways.certificates import certificates
from gwonseon.messaging.models import Channel

# Codes that a person must do something about: of messages, and of whole calls.
PAUSES = {
    "1020": Channel.Pause.AUTHENTICATION,
    "1030": Channel.Pause.BALANCE,
    "1062": Channel.Pause.SENDER,
    "NotEnoughBalance": Channel.Pause.BALANCE,
}
UNAUTHORIZED, PAYMENT, FORBIDDEN, BUSY = 401, 402, 403, 429
STATUS_PAUSES = {
    UNAUTHORIZED: Channel.Pause.AUTHENTICATION,
    FORBIDDEN: Channel.Pause.AUTHENTICATION,
    PAYMENT: Channel.Pause.BALANCE,
}
SERVER_ERRORS = 500
# Errors of connections that never came about: nothing was handed over.
NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class RefusedCallError(Exception):
    """SOLAPI refused a call for what it asks, with a code; it did nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SolapiLine:
    """A connection to SOLAPI; use it in a `with`."""

    def __init__(self) -> None:
        self.client = httpx.Client(
            base_url=settings.SOLAPI_URL,
            timeout=settings.SMS_TIMEOUT,
            follow_redirects=False,
            verify=certificates(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.client.close()

    def call(
        self, method: str, path: str, facts: Any = None, params: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Make a call and return its answer.

        Raises NotAcceptedError, ChannelPausedError or RefusedCallError if it certainly did
        nothing, else UnknownOutcomeError.
        """
        headers = {"Authorization": authorization()}
        try:
            answer = self.client.request(
                method, path, json=facts, params=params or {}, headers=headers
            )
        except NOT_CONNECTED:
            raise NotAcceptedError("not connected") from None
        except httpx.HTTPError as error:
            raise UnknownOutcomeError(type(error).__name__) from None
        return read(answer)


def authorization() -> str:
    """Return the header that signs a call: the moment and a salt, by the secret key."""
    date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    salt = secrets.token_hex(16)
    signature = hmac.new(settings.SOLAPI_SECRET.encode(), (date + salt).encode(), sha256)
    return (
        f"HMAC-SHA256 apiKey={settings.SOLAPI_KEY}, date={date}, salt={salt}, "
        f"signature={signature.hexdigest()}"
    )


def read(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer; raise what a refusal means."""
    try:
        facts = answer.json()
    except ValueError:
        facts = None
    code = said.code(facts.get("errorCode")) if isinstance(facts, dict) else ""
    if answer.status_code == BUSY:
        raise NotAcceptedError("busy")
    if pause := PAUSES.get(code) or STATUS_PAUSES.get(answer.status_code):
        raise ChannelPausedError(pause, code or str(answer.status_code))
    if answer.is_success and isinstance(facts, dict) and not code:
        return facts
    if answer.is_client_error and code:
        raise RefusedCallError(code)
    raise UnknownOutcomeError(f"HTTP {answer.status_code}")
