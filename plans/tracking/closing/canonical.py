"""The canonical form of a closed period, and its SHA-256.

It is JSON in UTF-8 (NFC) with sorted keys, without spaces, with all numbers as text: the same
content gives the same bytes, on any machine. Residents download these very bytes.

What only the staff may read has a canonical form of its own, with a random salt, and its SHA-256
is in the public form: so the public digest covers it, and nobody can guess it from there.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any


def canonical(content: dict[str, Any], activities: Iterable[dict[str, Any]]) -> bytes:
    """Return the bytes of a closed period; `content` is that of the closing."""
    return bytes_of(content | {"activities": list(activities)})


def bytes_of(data: dict[str, Any]) -> bytes:
    """Return the canonical bytes of data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(content: dict[str, Any], activities: Iterable[dict[str, Any]]) -> str:
    """Return the SHA-256 of a closed period's canonical form, as 64 hexadecimal digits."""
    return sha256(canonical(content, activities)).hexdigest()


def staff_digest_of(staff_content: dict[str, Any]) -> str:
    """Return the SHA-256 of what only the staff may read of a closed period."""
    return sha256(bytes_of(staff_content)).hexdigest()
