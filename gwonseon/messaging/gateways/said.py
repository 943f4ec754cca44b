"""Clean values that vendors send, so that they are safe to store and fit our columns.

Also a phone number, which is kept nowhere in the open.
"""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from gwonseon.fields.phones import MOBILE

# The lengths of the columns.
CODE, REFERENCE = 40, 100
LONGEST = 1_000
NUMBER = re.compile(r"[0-9]{1,18}")


def code(value: Any) -> str:
    """Return a code: printable ASCII without phone numbers, at most as long as its column."""
    return MOBILE.sub("#", plain(value))[:CODE].strip()


def name(value: Any) -> str:
    """Return a vendor's identifier that we use in calls; empty if it cannot be stored."""
    said = plain(value)
    return said if may_be_kept(said) else ""


def reference(value: Any) -> str:
    """Return a vendor's name of a message; where it cannot be kept, a keyed digest of it."""
    said = plain(value)
    return (
        said if may_be_kept(said) else salted_hmac(__name__, said, algorithm="sha256").hexdigest()
    )


def may_be_kept(said: str) -> bool:
    """Return whether a name fits into its column and has no phone number."""
    return len(said) <= REFERENCE and not MOBILE.search(said)


def message_id(value: Any) -> int | None:
    """Return our number of a message, which we had the vendor repeat."""
    return int(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None


def moment(value: Any) -> datetime | None:
    """Return a time in ISO 8601, by Seoul's clock where it does not say; None if it is none."""
    try:
        read = datetime.fromisoformat(value)
        return timezone.make_aware(read) if timezone.is_naive(read) else read
    except (TypeError, ValueError, OverflowError):
        return None


def plain(value: Any) -> str:
    """Return the printable ASCII among the first LONGEST characters of a text or number."""
    if not isinstance(value, str | int):
        return ""
    return "".join(one for one in str(value)[:LONGEST] if " " <= one <= "~").strip()
