"""Phone numbers and texts, sealed for storage, and the digests by which numbers are compared.

A sealed value is one byte with the key's number, a nonce of 12 bytes, and AES-GCM's output. The
keys stand in the settings only (PHONE_KEYS, PHONE_DIGEST_KEYS); the first of PHONE_KEYS seals, all
of them unseal. A plain digest would not do: there are only 10⁸ mobile numbers to try.
"""

import hmac
import os
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class SealError(Exception):
    """A sealed value that no known key opens; the message says nothing of the value."""


def seal(text: str) -> bytes:
    """Return a text sealed with the current key."""
    number = current_key_number()
    nonce = os.urandom(NONCE_BYTES)
    return (
        bytes([number])
        + nonce
        + cipher(settings.PHONE_KEYS[number]).encrypt(nonce, text.encode(), None)
    )


def unseal(sealed: bytes | memoryview) -> str:
    """Return the text of a sealed value; raise SealError if no known key opens it."""
    value = bytes(sealed)
    number, nonce, content = value[0], value[1 : 1 + NONCE_BYTES], value[1 + NONCE_BYTES :]
    try:
        return cipher(settings.PHONE_KEYS[number]).decrypt(nonce, content, None).decode()
    except KeyError:
        raise SealError(f"no key {number}") from None
    except InvalidTag:
        raise SealError(f"key {number} does not open it") from None


def key_number(sealed: bytes | memoryview) -> int:
    """Return the number of the key that sealed a value."""
    return sealed[0]


def current_key_number() -> int:
    """Return the number of the key that seals now; raise SealError if there is no key."""
    for number in settings.PHONE_KEYS:
        return number
    raise SealError("PHONE_KEYS is empty")


def digest(number: str) -> bytes:
    """Return the keyed digest of a phone number, 32 bytes; raise SealError if there is no key."""
    for key in settings.PHONE_DIGEST_KEYS.values():
        return hmac.new(key, number.encode(), sha256).digest()
    raise SealError("PHONE_DIGEST_KEY is empty")


@cache
def cipher(key: bytes) -> AESGCM:
    """Return the cipher of a key."""
    return AESGCM(key)
