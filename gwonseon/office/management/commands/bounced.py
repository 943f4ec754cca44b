"""`manage.py bounced`: take a report that a mail did not arrive, as a mail server pipes it.

The exit status is for the mail server, which loses a report that it believes to be taken: only
what was taken, and what is no report, gives 0.
"""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import CommandParser

from gwonseon.commands import PortalCommand
from gwonseon.office.mail.bounces import LARGEST_BOUNCE, UnreadableBounceError, take_bounces

STDIN = "-"
NO_REPORT = (
    "돌아온 메일이 아니라 아무것도 하지 않았습니다. 메일 서버가 보낸 배달 실패 알림을 고치지 말고 "
    f"그대로, {LARGEST_BOUNCE // 1000:,}KB 안으로 넣으세요."
)


class Command(PortalCommand):
    """Mark addresses that a mail server says do not exist."""

    status_without_database = os.EX_TEMPFAIL
    help = "돌아온 메일(RFC 3464)을 읽어, 메일을 받지 못하는 주소를 표시합니다."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file; without one, read what is piped."""
        parser.add_argument("file", nargs="?", default=STDIN, help="돌아온 메일. 없으면 표준 입력")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take the report; say in numbers what came of it."""
        try:
            taken, marked = take_bounces(content_of(options["file"]))
        except UnreadableBounceError:
            self.stderr.write(NO_REPORT)
            return
        self.stdout.write(f"돌아온 메일 {taken}통, 거절로 표시한 직원 {marked}명")


def content_of(name: str) -> bytes:
    """Return what a file has, or what is piped; no more than tells that it is too large."""
    if name == STDIN:
        return sys.stdin.buffer.read(LARGEST_BOUNCE + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_BOUNCE + 1)
    except OSError:
        raise CommandError("파일을 읽을 수 없습니다. 경로와 권한을 확인하세요.") from None
