"""A line to the mail server: encrypted, signed in, and open for a limited time."""

import io
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import DNS_NAME


class Answers(io.RawIOBase):
    """A stream of the server's answers; raises TimeoutError if the mail takes too long.

    The time-out of a socket begins anew with each byte. A server that sends one now and then would
    hold a worker for hours.
    """

    def __init__(self, sock: socket.socket, begun: float) -> None:
        super().__init__()
        self.sock = sock
        self.begun = begun

    def readable(self) -> bool:
        """Return True: this stream can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the bytes that have come; raise TimeoutError if the time for the mail is over."""
        if time.monotonic() >= self.begun + settings.EMAIL_LONGEST:
            raise TimeoutError
        return self.sock.recv_into(buffer)


class InTime:
    """Reads the answers to one of smtplib's lines for a limited time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.begun = time.monotonic()
        super().__init__(*args, **options)

    def getreply(self) -> tuple[int, bytes]:
        """Return the next answer, as smtplib does. Raises OSError if it takes too long."""
        if self.file is None:
            self.file = io.BufferedReader(Answers(self.sock, self.begun))
        return super().getreply()


class PlainLine(InTime, smtplib.SMTP):
    """A line that begins in the clear."""


class TlsLine(InTime, smtplib.SMTP_SSL):
    """A line that is encrypted from the first byte."""


def connect() -> smtplib.SMTP:
    """Return an encrypted line to the server, signed in. Raises OSError, also if it refuses us."""
    facts = {"timeout": settings.EMAIL_TIMEOUT, "local_hostname": DNS_NAME.get_fqdn()}
    place = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    if settings.EMAIL_USE_SSL:
        line = TlsLine(*place, context=ssl.create_default_context(), **facts)
    else:
        line = PlainLine(*place, **facts)
    try:
        if settings.EMAIL_USE_TLS:
            line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            line.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        line.close()
        raise
    return line


def leave(line: smtplib.SMTP) -> None:
    """Close a line; whatever the server still says changes nothing."""
    with suppress(OSError):
        line.quit()
