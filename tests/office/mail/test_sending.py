"""What became of a mail, whatever the server does."""

import logging
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from pytest_django import Settings

from gwonseon.environment import server_of
from gwonseon.office.mail.sending import MailOutcome, Sent, send_mail
from tests.mail_server import (
    BUSY,
    CLOSED,
    DRIPPING,
    HOST,
    NO_SENDER,
    PASSWORD,
    SILENT,
    USER,
    MailServer,
    certificate,
    knows_us,
)

ACCEPTED = Sent(MailOutcome.ACCEPTED, "250")


def encrypted(scheme: str, context: ssl.SSLContext) -> MailServer:
    """Return a server that knows the portal by its password, encrypted as a scheme says."""
    if scheme == "smtps":
        # aiosmtpd only knows of the encryption that it began itself.
        how: dict[str, Any] = {"ssl_context": context, "auth_require_tls": False}
    else:
        how = {"tls_context": context, "require_starttls": True, "auth_required": True}
    return MailServer(authenticator=knows_us, **how)


def ask(settings: Settings, url: str) -> None:
    """Have the settings name the server of a URL, as EMAIL_URL does."""
    server = server_of(url)
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = server.user, server.password
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = server.has_starttls, server.is_tls


def mail_to(name: str = "hong") -> EmailMessage:
    return EmailMessage("제목", "본문", "portal@office.example", [f"{name}@office.example"])


def test_a_mail_arrives_as_it_was_made(server: MailServer) -> None:
    made = mail_to()
    made.body = ".점으로\n.시작하는\n본문"
    made.extra_headers = {"Message-ID": "<1@portal.example>", "Date": "Tue, 2 Mar 2021 09:00 +0900"}

    assert send_mail(made) == ACCEPTED

    (content,) = server.contents
    assert content.rstrip() == made.message().as_bytes(linesep="\r\n").rstrip()
    assert server.recipients == ["hong@office.example"]


def test_all_parts_arrive(server: MailServer) -> None:
    made = EmailMultiAlternatives("할 일", ".본문\n", to=["홍길동 <hong@office.example>"])
    made.attach_alternative("<p>본문</p>", "text/html")
    made.attach("일정.ics", "BEGIN:VCALENDAR", "text/calendar")

    assert send_mail(made) == ACCEPTED

    (taken,) = server.mails
    assert taken["Subject"] == "할 일"
    assert taken.get_body(("plain",)).get_content().strip() == ".본문"
    assert taken.get_body(("html",)).get_content().strip() == "<p>본문</p>"
    assert [one.get_filename() for one in taken.iter_attachments()] == ["일정.ics"]
    assert server.recipients == ["hong@office.example"]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("refused", Sent(MailOutcome.REFUSED, "550", is_address=True)),
        ("full", Sent(MailOutcome.LATER, "452")),
        ("unsigned", Sent(MailOutcome.LATER, "530")),
        ("unwanted", Sent(MailOutcome.REFUSED, "554")),
        ("tomorrow", Sent(MailOutcome.LATER, "451")),
        ("dropped", Sent(MailOutcome.UNKNOWN)),
        ("odd", Sent(MailOutcome.UNKNOWN)),
    ],
)
def test_the_server_s_answer_says_what_became_of_it(
    server: MailServer, caplog: pytest.LogCaptureFixture, name: str, sent: Sent
) -> None:
    assert send_mail(mail_to(name)) == sent

    ours = [one.getMessage() for one in caplog.records if one.name.startswith("gwonseon")]
    assert not any("secret" in line or "office.example" in line for line in ours)


@pytest.mark.parametrize(
    ("mood", "sent"),
    [
        (BUSY, Sent(MailOutcome.LATER, "421")),
        (CLOSED, Sent(MailOutcome.LATER)),
        (NO_SENDER, Sent(MailOutcome.LATER, "550")),
    ],
)
def test_what_was_not_given_may_be_given_later(server: MailServer, mood: str, sent: Sent) -> None:
    server.mood = mood
    assert send_mail(mail_to()) == sent

    server.mood = ""
    assert send_mail(mail_to()) == ACCEPTED


def test_a_server_that_takes_long_may_have_taken_it(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.3

    assert send_mail(mail_to("slow")) == Sent(MailOutcome.UNKNOWN)
    assert len(server.contents) == 1

    server.mood = SILENT
    assert send_mail(mail_to()) == Sent(MailOutcome.LATER)
    assert len(server.contents) == 1


def test_a_server_that_drips_its_answer_does_not_hold_a_worker(
    server: MailServer, settings: Settings
) -> None:
    """Each byte comes in time: only the whole mail takes too long."""

    def let_time_pass() -> None:
        settings.EMAIL_LONGEST = 0

    server.when_dripping = let_time_pass

    assert send_mail(mail_to("dripping")) == Sent(MailOutcome.UNKNOWN)
    assert len(server.contents) == 1
    settings.EMAIL_LONGEST, server.mood = 60, DRIPPING
    assert send_mail(mail_to()) == Sent(MailOutcome.LATER)


@pytest.mark.parametrize("limit", [100, 0])
def test_a_mail_that_is_too_big_is_refused(settings: Settings, limit: int) -> None:
    """Only by servers that have a limit, and say so before they read it."""
    with MailServer(data_size_limit=limit) as server:
        ask(settings, f"smtp://{HOST}:{server.port}")
        sent = send_mail(mail_to())

    assert sent == (Sent(MailOutcome.REFUSED, "552") if limit else ACCEPTED)


def test_without_a_server_at_its_address_it_goes_later(settings: Settings) -> None:
    with socket.create_server((HOST, 0)) as listening:
        settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, listening.getsockname()[1]

    assert send_mail(mail_to()) == Sent(MailOutcome.LATER)


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtps"])
def test_the_portal_signs_in_to_a_server_that_it_trusts(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    context, public = certificate(tmp_path)
    with encrypted(scheme, context) as server:
        ask(settings, f"{scheme}://{USER}:{PASSWORD}@{HOST}:{server.port}")
        assert send_mail(mail_to()) == Sent(MailOutcome.LATER)
        assert server.contents == []

        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        assert send_mail(mail_to()) == ACCEPTED

    assert server.recipients == ["hong@office.example"]


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtps"])
def test_a_wrong_password_is_logged_loudly_and_not_told(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    scheme: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with encrypted(scheme, context) as server:
        ask(settings, f"{scheme}://{USER}:mistyped-word@{HOST}:{server.port}")
        assert send_mail(mail_to()) == Sent(MailOutcome.LATER, "535")

    (loud,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert "SMTPAuthenticationError 535): see EMAIL_URL" in loud.getMessage()
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("gwonseon")]
    assert not any("mistyped" in line or USER in line for line in ours)


def test_a_server_without_encryption_gets_nothing(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_USE_TLS = True
    assert send_mail(mail_to()) == Sent(MailOutcome.LATER)

    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL, settings.EMAIL_TIMEOUT = False, True, 1
    assert send_mail(mail_to()) == Sent(MailOutcome.LATER)
    assert server.contents == []


@pytest.mark.parametrize(
    "address", ["홍@office.example", "hong@구청.example", "hong", "a b@c.example"]
)
def test_what_is_no_address_is_not_tried(server: MailServer, address: str) -> None:
    made = EmailMessage("제목", "본문", "portal@office.example", [address])

    assert send_mail(made) == Sent(MailOutcome.REFUSED, is_address=True)
    assert server.contents == []


def test_nothing_ends_a_header(server: MailServer) -> None:
    made = EmailMessage("제목\nBcc: other@office.example", "본문", to=["hong@office.example"])
    several = EmailMessage("제목", "본문", to=["a@office.example"], bcc=["b@office.example"])

    for wrong in (made, several):
        with pytest.raises(ValueError, match=r"newlines|too many"):
            send_mail(wrong)
    assert server.contents == []


def test_without_a_server_the_mail_is_kept(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_HOST = ""
    assert send_mail(mail_to()) == Sent(MailOutcome.ACCEPTED)
    assert len(mail.outbox) == 1

    settings.EMAIL_BACKEND = "gwonseon.office.mail.files.MailFiles"
    settings.EMAIL_FILE_PATH = tmp_path / "file"
    settings.EMAIL_FILE_PATH.write_text("")
    assert send_mail(mail_to()) == Sent(MailOutcome.LATER)
