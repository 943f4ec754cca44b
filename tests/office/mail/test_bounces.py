"""Reports that a mail did not arrive, as mail servers pipe them."""

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from gwonseon.office.mail.bounces import (
    LARGEST_BOUNCE,
    Bounce,
    UnreadableBounceError,
    bounces,
    read_bounces,
)
from gwonseon.office.models import User
from tests.factories.office import UserFactory
from tests.test_commands import manage

ADDRESS = "hong@office.example"
# A report as mail servers write it, with the headers of the mail that did not arrive.
REPORT = """\
From: MAILER-DAEMON@mail.example
To: portal@office.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

예시: 받는 사람이 없습니다.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

{recipient}

--part
Content-Type: {kind}

Message-ID: <reminder-1@portal.example>
To: hong@office.example
Subject: example

--part--
"""
FIELDS = """\
Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 secret text of the server"""
GONE = Bounce(ADDRESS, "5.1.1", "<reminder-1@portal.example>")


def report(
    *,
    address: str = ADDRESS,
    action: str = "failed",
    status: str = "5.1.1",
    kind: str = "text/rfc822-headers",
    more: str = "",
) -> bytes:
    fields = FIELDS.format(address=address, action=action, status=status) + more
    return REPORT.format(recipient=fields, kind=kind).encode()


@pytest.fixture
def taken() -> Iterator[list[Bounce]]:
    """What a higher layer is told of."""
    told: list[Bounce] = []
    before = list(bounces)
    bounces.register(told.append)
    yield told
    bounces._entries[:] = before


def take(tmp_path: Path, content: bytes) -> str:
    path, told = tmp_path / "bounce.eml", io.StringIO()
    path.write_bytes(content)
    call_command("bounced", str(path), stdout=told)
    return told.getvalue()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_names_the_mail_and_the_recipient(kind: str) -> None:
    assert read_bounces(report(kind=kind)) == [GONE]
    assert read_bounces(report(kind=kind).replace(b"\n", b"\r\n")) == [GONE]
    assert read_bounces(report(kind="text/plain")) == [Bounce(ADDRESS, "5.1.1", "")]


def test_an_alias_is_the_address_that_we_wrote_to() -> None:
    alias = f"\nOriginal-Recipient: rfc822;{ADDRESS}"

    assert read_bounces(report(address="other@office.example", more=alias)) == [GONE]


def test_who_does_not_exist_is_marked(db: None, tmp_path: Path, taken: list[Bounce]) -> None:
    gone, other = UserFactory(email="Hong@office.example"), UserFactory(email="a@office.example")

    assert take(tmp_path, report()) == "돌아온 메일 1통, 거절로 표시한 직원 1명\n"

    gone.refresh_from_db()
    assert gone.email_refused_code == "5.1.1"
    assert list(User.objects.filter(email_refused_at=None)) == [other]
    assert taken == [GONE]


def test_what_may_arrive_another_time_marks_nobody(
    db: None, tmp_path: Path, taken: list[Bounce]
) -> None:
    UserFactory(email=ADDRESS)

    assert "직원 0명" in take(tmp_path, report(status="4.4.7"))

    assert not User.objects.exclude(email_refused_at=None).exists()
    assert [one.is_for_good for one in taken] == [False]


def test_a_report_is_piped(db: None, monkeypatch: pytest.MonkeyPatch, taken: list[Bounce]) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(report())))

    call_command("bounced", stdout=io.StringIO())

    assert taken == [GONE]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00" * 100,
        b"Subject: away\n\nI am on holiday.",
        report(action="delayed"),
        report(action="delivered", status="2.0.0"),
        report(status="nonsense"),
        report(address="nobody"),
        report(address="홍@office.example"),
        report(more=f"\n\n{FIELDS.format(address=ADDRESS, action='failed', status='5.1.1')}" * 20),
        report() + b"x" * LARGEST_BOUNCE,
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
        ),
    ],
    ids=range(11),
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableBounceError):
        read_bounces(content)


def test_broken_reports_break_nothing() -> None:
    chance = random.Random(1)
    whole = report()
    for _try in range(300):
        broken = bytearray(whole)
        for _byte in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            assert read_bounces(bytes(broken[: chance.randint(0, len(broken))]))
        except UnreadableBounceError:
            continue


def test_what_is_no_report_is_not_piped_again(tmp_path: Path) -> None:
    path, said = tmp_path / "letter.eml", io.StringIO()
    path.write_text("Subject: away\n\nI am on holiday.")

    call_command("bounced", str(path), stderr=said)

    assert "배달 실패 알림" in said.getvalue()
    with pytest.raises(CommandError, match="파일을 읽을 수 없습니다"):
        call_command("bounced", str(tmp_path / "missing.eml"))


def test_without_a_database_the_mail_server_keeps_the_report_and_tries_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bounce.eml"
    path.write_bytes(report())
    nowhere = f"postgresql://postgres@/gwonseon?host={tmp_path}"

    done = manage("bounced", str(path), DATABASE_URL=nowhere)

    assert done.returncode == os.EX_TEMPFAIL
    assert done.stderr.count("\n") == 1
