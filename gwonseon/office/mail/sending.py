"""Send one mail, and say what became of it.

Django's backend only says that something failed. Whether a mail may be sent again depends on when
it failed, so that this module talks to the server itself.
"""

import logging
import re
import smtplib
import ssl
from dataclasses import dataclass
from email.utils import parseaddr
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from gwonseon.mail_addresses import is_mail_address
from gwonseon.office.mail.lines import connect, leave

logger = logging.getLogger(__name__)

GO_ON, MAIL_TOO_BIG = 354, 552
# RFC 5321: what begins with 2 is a yes, with 4 a no for now, with 5 for good.
YES, FOR_NOW, FOR_GOOD = range(200, 300), range(400, 500), range(500, 600)
# The server asks us for something that is in the settings: who we are, or an encrypted line.
SETTINGS_ARE_WRONG = (530, 534, 535, 538)
NO_WAITING_HELPS = (
    ssl.SSLError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
)
BEGINNING_WITH_A_DOT = re.compile(rb"^\.", re.MULTILINE)
END_OF_DATA = b".\r\n"


class MailOutcome(Enum):
    """What became of a mail that was given to the server."""

    ACCEPTED = "accepted"
    # For good, either this address or this mail.
    REFUSED = "refused"
    # It was not taken: it may be sent again.
    LATER = "later"
    # The line broke after the whole mail was given: it may have been taken, so that it must not be
    # sent again.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sent:
    """What became of a mail, and the server's code of three digits, "" if it gave none.

    `is_address` says that the server refused the recipient's address, not what the mail says.
    """

    outcome: MailOutcome
    code: str = ""
    is_address: bool = False


class AnsweredError(Exception):
    """The server said no; `sent` is what this means."""

    def __init__(self, sent: Sent) -> None:
        super().__init__(sent.outcome.value)
        self.sent = sent


def send_mail(message: EmailMessage) -> Sent:
    """Send a mail to its only recipient, and return what became of it.

    Without a mail server it goes to Django's backend of the settings, which writes a file. Nothing
    that the server says is logged but its code. Raises ValueError for a mail without exactly one
    recipient, or with a line break in a header.
    """
    (recipient,) = message.recipients()
    content = message.message().as_bytes(linesep="\r\n")
    address = parseaddr(recipient)[1]
    if not is_mail_address(address):
        return Sent(MailOutcome.REFUSED, is_address=True)
    if not settings.EMAIL_HOST:
        return keep_in_backend(message)
    return give(address, content)


def keep_in_backend(message: EmailMessage) -> Sent:
    """Give a mail to Django's backend, which only keeps it."""
    try:
        get_connection().send_messages([message])
    except OSError as error:
        logger.error("A mail could not be written (%s).", type(error).__name__)
        return Sent(MailOutcome.LATER)
    return Sent(MailOutcome.ACCEPTED)


def give(recipient: str, content: bytes) -> Sent:
    """Give a mail to the server."""
    try:
        line = connect()
    except OSError as error:  # as all errors of smtplib are
        return not_ready(error)
    try:
        return hand_over(line, recipient, content)
    finally:
        leave(line)


def hand_over(line: smtplib.SMTP, recipient: str, content: bytes) -> Sent:
    """Send the sender, the recipient and the content; return what became of the mail."""
    try:
        say_from(line, len(content))
        say_to(line, recipient)
        begin_data(line)
        line.send(with_dots(content) + END_OF_DATA)
    except AnsweredError as error:
        return error.sent
    except OSError as error:
        # Without the end of the data, no server takes a mail.
        return not_ready(error)
    try:
        code, _text = line.getreply()
    except OSError as error:
        logger.warning("The line broke after a mail was given (%s).", type(error).__name__)
        return Sent(MailOutcome.UNKNOWN)
    if code in YES:
        return Sent(MailOutcome.ACCEPTED, told(code))
    if code in FOR_NOW or code in FOR_GOOD:
        return sent_of(code)
    logger.warning("The mail server gave no answer to a mail that can be read.")
    return Sent(MailOutcome.UNKNOWN)


def say_from(line: smtplib.SMTP, size: int) -> None:
    """Send the sender's address; raise AnsweredError if the server refuses it."""
    code, _text = line.mail(settings.EMAIL_FROM, [f"size={size}"] if line.has_extn("size") else [])
    if code == MAIL_TOO_BIG:
        raise AnsweredError(sent_of(code))
    if code not in YES:
        logger.error("The mail server does not take mails from EMAIL_FROM (%s).", code)
        raise AnsweredError(Sent(MailOutcome.LATER, told(code)))


def say_to(line: smtplib.SMTP, recipient: str) -> None:
    """Name the recipient."""
    code, _text = line.rcpt(recipient)
    if code not in YES:
        raise AnsweredError(sent_of(code, is_address=True))


def begin_data(line: smtplib.SMTP) -> None:
    """Ask the server to take the mail."""
    code, _text = line.docmd("DATA")
    if code != GO_ON:
        raise AnsweredError(sent_of(code))


def sent_of(code: int, *, is_address: bool = False) -> Sent:
    """Return the result for a server's refusal code: only 5xx codes can be permanent."""
    if code in SETTINGS_ARE_WRONG:
        logger.error("The mail server does not take mails from this portal (%s).", code)
        return Sent(MailOutcome.LATER, told(code))
    if code in FOR_GOOD:
        return Sent(MailOutcome.REFUSED, told(code), is_address)
    return Sent(MailOutcome.LATER, told(code))


def not_ready(error: Exception) -> Sent:
    """Log why no mail was taken; return the result that it may be sent again later."""
    code = told(getattr(error, "smtp_code", -1))
    name = type(error).__name__
    if isinstance(error, NO_WAITING_HELPS):
        logger.error("The mail server cannot be used (%s %s): see EMAIL_URL.", name, code)
    else:
        logger.warning("A mail was not taken (%s %s).", name, code)
    return Sent(MailOutcome.LATER, code)


def told(code: int) -> str:
    """Return a reply code of the server as text; "" if it is not a valid code."""
    return str(code) if code in range(YES.start, FOR_GOOD.stop) else ""


def with_dots(content: bytes) -> bytes:
    """Return a mail as it is given: with a last line break, and dots that begin lines doubled."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return BEGINNING_WITH_A_DOT.sub(b"..", ended)
