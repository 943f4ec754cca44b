"""How the mail server's address is read, and where mails are without one."""

import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from pytest_django import Settings

from gwonseon import environment
from gwonseon.environment import MailServer
from gwonseon.mail_addresses import is_mail_address, tidy_address
from gwonseon.office.mail.checks import check_mail_server
from gwonseon.office.tasks import clear_mails

PASSWORD = "p%40ss-word"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", MailServer()),
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://[::1]:2525/", MailServer("::1", 2525)),
        (
            f"smtp+tls://portal:{PASSWORD}@mail.example",
            MailServer("mail.example", 587, "portal", "p@ss-word", has_starttls=True),
        ),
        (
            "smtps://portal%40office:word@mail.example:1465",
            MailServer("mail.example", 1465, "portal@office", "word", is_tls=True),
        ),
    ],
)
def test_the_server_is_read(monkeypatch: pytest.MonkeyPatch, url: str, server: MailServer) -> None:
    monkeypatch.setenv("EMAIL_URL", url)

    assert environment.mail_server("EMAIL_URL") == server


@pytest.mark.parametrize(
    "url",
    [
        f"smtp://portal:{PASSWORD}@mail.example",
        f"imap://portal:{PASSWORD}@mail.example",
        f"smtps://portal:{PASSWORD}@",
        f"smtps://portal:{PASSWORD}@mail.example:0",
        f"smtps://portal:{PASSWORD}@mail.example:mail",
        f"smtps://portal:{PASSWORD}@mail.example/folder",
        f"smtps://portal:{PASSWORD}@mail.example?tls=0",
        f"smtps://portal:{PASSWORD}@mail.example#part",
        f"smtps://po@rtal:{PASSWORD}@mail.example",
        f"smtps://:{PASSWORD}@mail.example",
        f"smtps://portal%0a:{PASSWORD}@mail.example",
        "smtps://portal@mail.example",
        "smtps://portal:%ff@mail.example",
        "smtps://portal:암호ss-word@mail.example",
        "smtps://메일.example",
        "mail.example:25",
    ],
)
def test_a_bad_server_gets_a_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)

    with pytest.raises(ImproperlyConfigured, match=r"smtps://사용자:비밀번호@서버:465") as caught:
        environment.mail_server("EMAIL_URL")

    assert "ss-word" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "address", ["", "portal", "포털 <a@office.example>", "a@office.example,b@c"]
)
def test_mails_are_from_an_address(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("EMAIL_FROM", address)

    with pytest.raises(ImproperlyConfigured, match=r"EMAIL_FROM=portal@office\.example"):
        environment.mail_address("EMAIL_FROM", default="")


def test_an_address_has_nothing_that_ends_a_header_or_a_command() -> None:
    assert is_mail_address("hong.gil-dong+1@office.example")
    assert tidy_address(" Hong@Office.EXAMPLE ") == "Hong@office.example"
    for text in (
        "a@b", "a b@c.example", "a@c.example\n", "a@c.example\nBcc: b@c.example", '"a b"@c.example',
        "<a@c.example>", "홍@c.example", "a@구청.example", "a..b@c.example", "a@-c.example",
        f"{'a' * 65}@c.example", f"a@{'c' * 64}.example", f"a@{'c.' * 130}example",
    ):  # fmt: skip
        assert not is_mail_address(text), text


def test_a_portal_to_try_writes_to_nobody(settings: Settings) -> None:
    settings.DEBUG, settings.DEMO, settings.EMAIL_HOST = False, False, "mail.example"
    assert check_mail_server(None) == []

    settings.DEMO = True
    (fault,) = check_mail_server(None)
    assert "EMAIL_URL을 비워 두거나" in fault.msg

    settings.EMAIL_HOST = ""
    assert check_mail_server(None) == []


def test_mails_are_files_for_the_portal_s_account_only(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    box = get_connection("gwonseon.office.mail.files.MailFiles")
    mails = [EmailMessage("제목", "본문", "a@b.example", ["c@d.example"]) for _mail in range(2)]

    assert box.send_messages(mails) == 2

    written = list(settings.EMAIL_FILE_PATH.iterdir())
    assert {one.suffix for one in written} == {".eml"}
    assert len(written) == 2
    assert {stat.S_IMODE(one.stat().st_mode) for one in written} == {0o600}
    assert stat.S_IMODE(settings.EMAIL_FILE_PATH.stat().st_mode) == 0o700


def test_old_mails_are_deleted(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    clear_mails()
    settings.EMAIL_FILE_PATH.mkdir()
    old, new, other = (settings.EMAIL_FILE_PATH / name for name in ("a.eml", "b.eml", "c.txt"))
    for path in (old, new, other):
        path.write_text("")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))

    clear_mails()

    assert sorted(settings.EMAIL_FILE_PATH.iterdir()) == [new, other]
