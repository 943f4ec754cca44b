"""What vendors say, made fit to be kept: they may send anything, and our columns are short."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

# The lengths of the columns.
CODE, REFERENCE = 40, 100
NUMBER = re.compile(r"[0-9]{1,18}")


def code(value: Any) -> str:
    """Return a code: printable ASCII, at most as long as its column."""
    return plain(value, CODE)


def reference(value: Any) -> str:
    """Return a vendor's name of something; empty if it is too long to be known again."""
    kept = plain(value, REFERENCE + 1)
    return kept if len(kept) <= REFERENCE else ""


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


def plain(value: Any, most: int) -> str:
    """Return the printable ASCII characters of a text or number, at most so many."""
    if not isinstance(value, str | int):
        return ""
    return "".join(one for one in str(value) if " " <= one <= "~")[:most].strip()
