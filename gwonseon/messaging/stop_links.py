"""Tokens of the links by which a recipient stops messages: signed, short, without the number."""

import base64
import re

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "gwonseon.messaging.stop_links"
SIGNATURE_BYTES = 9
# Every token is as long as any other, so that a text's length is known before it is sent.
ID_DIGITS = 9
TOKEN = re.compile(r"([0-9a-f]{9})([\w-]{12})", re.ASCII)
TOKEN_LENGTH = 21


def token_of(message_id: int) -> str:
    """Return the token of a message: its number in nine hexadecimal digits, and a signature."""
    number = f"{message_id:0{ID_DIGITS}x}"
    return number + signature(number)


def message_id_of(token: str) -> int | None:
    """Return the message that a token is of, or None for a token that we did not make."""
    match = TOKEN.fullmatch(token)
    if match and constant_time_compare(match[2], signature(match[1])):
        return int(match[1], 16)
    return None


def signature(number: str) -> str:
    """Return the signature of a message's number: 72 bits as 12 characters."""
    digest = salted_hmac(SALT, number, algorithm="sha256").digest()[:SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).decode()
