"""A mail server on this machine that keeps what it takes, and misbehaves on purpose.

What it does goes by the recipient's name (`refused@…`), or by `mood` for the next lines to it.
"""

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, PASSWORD = "portal", "example-word"
# What is said to a recipient of this name, and to the data for one. A text that would tell of it.
AT_RECIPIENT = {"refused": "550", "full": "452", "unsigned": "530"}
AT_DATA = {"unwanted": "554", "tomorrow": "451"}
SAID = "5.1.1 No such person: secret text of the server"
# Longer than any time-out of a test; the line is gone before.
LONG_SECONDS = 60
MANY_BYTES = 1000
# For `mood`.
BUSY, CLOSED, SILENT, NO_SENDER = "421 at the line", "closes the line", "says nothing", "no sender"
DRIPPING = "drips"


class MailServer:
    """The server; use it in a `with`. `contents` are the mails that it took, as bytes.

    With an `ssl_context` its lines are encrypted from the first byte.
    """

    def __init__(self, *, ssl_context: ssl.SSLContext | None = None, **options: Any) -> None:
        self.mood = ""
        self.contents: list[bytes] = []
        self.recipients: list[str] = []
        self.transports: list[asyncio.BaseTransport] = []
        self.ssl_context = ssl_context
        self.options = options
        # What a test does before the server answers a byte at a time, to `dripping@…` or by `mood`.
        self.when_dripping: Callable[[], None] = lambda: None
        self.socket = socket.create_server((HOST, 0))
        self.port: int = self.socket.getsockname()[1]
        self.controller = OnSocket(self)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self.hang_up(), self.controller.loop).result()
        self.controller.stop()
        self.socket.close()

    async def hang_up(self) -> None:
        """End what is still open, so that nothing outlives the server."""
        for transport in self.transports:
            transport.abort()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    @property
    def mails(self) -> list[EmailMessage]:
        """Return what was taken, read again."""
        return [message_from_bytes(one, policy=policy.default) for one in self.contents]

    async def handle_MAIL(  # noqa: N802  as aiosmtpd calls it
        self, _line: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.mood == NO_SENDER:
            return f"550 {SAID}"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _line: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if code := AT_RECIPIENT.get(name_of(address)):
            return f"{code} {SAID}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, line: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        name = name_of(address)
        if code := AT_DATA.get(name):
            return f"{code} {SAID}"
        self.contents.append(envelope.original_content)
        self.recipients.append(address)
        if name == "dropped":
            line.transport.abort()
            raise asyncio.CancelledError
        if name == "slow":
            await asyncio.sleep(LONG_SECONDS)
        if name == "dripping":
            await self.drip(line.transport)
        return "garbage" if name == "odd" else "250 taken"

    async def drip(self, transport: asyncio.Transport) -> None:
        """Answer a byte at a time, so that the answer never ends and no byte takes long."""
        self.when_dripping()
        for _byte in range(MANY_BYTES):
            transport.write(b"2")
            await asyncio.sleep(0.05)


class Line(SMTP):
    """A connection that the server may close, leave unanswered or answer very slowly."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.transports.append(transport)
        super().connection_made(transport)

    async def _handle_client(self) -> None:
        match self.event_handler.mood:
            case "421 at the line":
                await self.push(f"421 {SAID}")
                self.transport.close()
            case "closes the line":
                self.transport.abort()
            case "says nothing":
                await asyncio.sleep(LONG_SECONDS)
            case "drips":
                await self.event_handler.drip(self.transport)
            case _:
                await super()._handle_client()


class OnSocket(Controller):
    """aiosmtpd's controller, which runs the server in a thread on an already bound socket."""

    def __init__(self, server: MailServer) -> None:
        self.server_options = server.options
        self.socket = server.socket
        super().__init__(server, HOST, server.port, ssl_context=server.ssl_context)

    def factory(self) -> SMTP:
        return Line(self.handler, hostname="mail.example", **self.server_options)

    def _create_server(self) -> Any:
        return self.loop.create_server(
            self._factory_invoker, sock=self.socket, ssl=self.ssl_context
        )


def name_of(address: str) -> str:
    """Return what stands before the @."""
    return address.partition("@")[0]


def knows_us(*asked: Any) -> AuthResult:
    """Return whether it is the portal that signs in."""
    who = asked[-1]
    is_ours = (who.login, who.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_ours, handled=is_ours)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server on this machine encrypts with, and the file by which it is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    public, private = folder / "server.crt", folder / "server.key"
    public.write_bytes(made.public_bytes(pem))
    private.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
