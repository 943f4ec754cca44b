"""Bounces: reports of mail servers (RFC 3464) that a mail did not reach somebody after all.

Anybody can write such a report: nothing is done by it but to mark an address, which is shown, and
which an administrator takes back.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

from django.db import transaction

from gwonseon.mail_addresses import is_mail_address, tidy_address
from gwonseon.office.mail.addresses import mark_refused
from gwonseon.office.models import User
from gwonseon.registry import Registry

# A report has the mail that it is about, or its headers; ours are small.
LARGEST_BOUNCE = 1_000_000
# A mail of ours has one recipient. A report of more than these is not about one.
MOST_RECIPIENTS = 20
STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}", re.ASCII)
MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
FOR_GOOD = "5."
FAILED = "failed"


class UnreadableBounceError(Exception):
    """It is not a report of a mail that did not arrive."""


@dataclass(frozen=True)
class Bounce:
    """A mail that did not reach an address; `message_id` is "" if the report does not say it."""

    address: str
    # Such as 5.1.1; see RFC 3463.
    status: str
    message_id: str

    @property
    def is_for_good(self) -> bool:
        """Return whether the address does not take mails, and will not do so later."""
        return self.status.startswith(FOR_GOOD)


# Higher layers register what they do when their app is ready.
bounces: Registry[Callable[[Bounce], None]] = Registry()


def take_bounces(content: bytes) -> tuple[int, int]:
    """Mark addresses that do not take mails; return how many bounces, and people marked.

    Raises UnreadableBounceError for what is no report of mails that did not arrive.
    """
    found = read_bounces(content)
    with transaction.atomic():
        marked = sum(mark(bounce) for bounce in found)
        for bounce in found:
            for act in bounces:
                act(bounce)
    return len(found), marked


def mark(bounce: Bounce) -> int:
    """Mark an address as refused, of everybody who has it; return how many have."""
    if not bounce.is_for_good:
        return 0
    people = User.objects.filter(email__iexact=bounce.address)
    return sum(
        mark_refused(person=person, address=bounce.address, code=bounce.status) for person in people
    )


def read_bounces(content: bytes) -> list[Bounce]:
    """Return what a report says of mails that did not arrive.

    Raises UnreadableBounceError if it is none, or says nothing of that.
    """
    if len(content) > LARGEST_BOUNCE:
        raise UnreadableBounceError
    try:
        parts = list(message_from_bytes(content).walk())
        message_id = next(message_ids(parts), "")
        found = [bounce for one in recipients(parts) if (bounce := bounce_of(one, message_id))]
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # The parser of mails raises these for what no server writes.
        raise UnreadableBounceError from None
    if not 0 < len(found) <= MOST_RECIPIENTS:
        raise UnreadableBounceError
    return found


def recipients(parts: list[Message]) -> Iterator[Message]:
    """Yield the fields of each recipient of a report: those of the report itself come first."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from part.get_payload()[1:]


def bounce_of(fields: Message, message_id: str) -> Bounce | None:
    """Return the bounce of a recipient; None for one whom the mail reached, or may still reach."""
    status = STATUS.match(text_of(fields, "Status"))
    address = next(addresses(fields), "")
    if text_of(fields, "Action").lower() != FAILED or not status or not address:
        return None
    return Bounce(address, status[0], message_id)


def addresses(fields: Message) -> Iterator[str]:
    """Yield addresses of a recipient, first the one that we wrote, as it may be an alias."""
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, _sign, address = text_of(fields, name).partition(";")
        address = tidy_address(address.strip().strip("<>"))
        if kind.strip().lower() == "rfc822" and is_mail_address(address):
            yield address


def message_ids(parts: list[Message]) -> Iterator[str]:
    """Yield the Message-ID of the mail that a report is about, from its copy or its headers."""
    for part in parts:
        match part.get_content_type():
            case "message/rfc822" if part.is_multipart():
                headers = part.get_payload()[0]
            case "text/rfc822-headers":
                headers = message_from_string(part.get_payload())
            case _:
                continue
        if found := MESSAGE_ID.fullmatch(text_of(headers, "Message-ID")):
            yield found[0]


def text_of(fields: Message, name: str) -> str:
    """Return a field as text; empty if there is none."""
    return str(fields.get(name, "")).strip()
