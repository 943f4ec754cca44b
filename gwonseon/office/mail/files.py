"""Mails as files below VAR, of a portal that has no mail server."""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

# For the portal's account only, whatever the process' umask is.
OF_FOLDER, OF_FILE = 0o700, 0o600
ENDING, UNFINISHED = ".eml", ".unfinished"
# Mails name people and their work.
KEEP_SECONDS = 30 * 24 * 3600


class MailFiles(BaseEmailBackend):
    """Writes each mail into a file, as mail programs open it; nothing is sent."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Write mails; return how many. Raises OSError if the disk does not take them."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=OF_FOLDER, parents=True, exist_ok=True)
        count = 0
        for mail in email_messages:
            write_whole(folder / name_of_now(), mail.message().as_bytes())
            count += 1
        return count


def delete_old_mails() -> None:
    """Delete files that were written long ago, also by a portal that has a server by now."""
    oldest = time.time() - KEEP_SECONDS
    for path in Path(settings.EMAIL_FILE_PATH).glob("*"):
        if path.suffix in (ENDING, UNFINISHED) and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def name_of_now() -> str:
    """Return a name that no other file has; names are in the order of writing."""
    return f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{token_hex(4)}{ENDING}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    unfinished = path.with_suffix(UNFINISHED)
    line = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OF_FILE)
    try:
        with os.fdopen(line, "wb") as file:
            file.write(content)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
