"""A mail server for each test, which the settings name."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail_server import HOST, MailServer


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, server.port
        settings.EMAIL_FROM = "portal@office.example"
        yield server
