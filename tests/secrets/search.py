"""Finds phone numbers, codes and texts in whatever was written, also where it is encoded."""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

# Of residents: numbers of the 010-0000-xxxx kind, which nobody has.
NUMBER, OTHER, TESTED = "01000007391", "01000007392", "01000007393"
# Only in texts that are sent, and in those that people reply.
BODY = "두루미 일곱 마리"

NUMBERS = re.compile(
    r"(?:(?<![0-9A-Za-z])|10[-. )]{0,2})0000[-. ]?739[123](?![0-9A-Za-z])", re.ASCII
)
UNICODE_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
BYTE_ESCAPES = re.compile(r"(?:\\+x[0-9a-fA-F]{2})+")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}")
HEX = re.compile(r"(?:[0-9a-fA-F]{2}){6,}")
# How often what was decoded may be encoded again.
DEPTH = 3


@dataclass
class Secrets:
    """What must be found nowhere; `codes` are those that were sent or typed."""

    codes: set[str] = field(default_factory=set)

    def found_in(self, content: bytes | str) -> set[str]:
        """Return the kinds of secrets that a content has: number, code, body."""
        missing = self.patterns()
        found: set[str] = set()
        for text in readings(content):
            found |= {kind for kind, pattern in missing.items() if pattern.search(text)}
            missing = {kind: pattern for kind, pattern in missing.items() if kind not in found}
            if not missing:
                break
        return found

    def patterns(self) -> dict[str, re.Pattern[str]]:
        """Return a pattern for each kind. A code stands alone, and is no fraction of a second."""
        codes = "|".join(sorted(self.codes)) or "(?!)"
        return {
            "number": NUMBERS,
            "code": re.compile(rf"(?<![0-9A-Za-z.])(?:{codes})(?![0-9A-Za-z])", re.ASCII),
            "body": re.compile(BODY.replace(" ", r"\s+")),
        }


def readings(content: bytes | str, depth: int = DEPTH) -> Iterator[str]:
    """Yield a content as text, in all the ways in which it may be meant."""
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "cp949"):
        text = unicodedata.normalize("NFKC", content.decode(encoding, "replace"))
        yield text
        if encoding == "utf-8" and depth:
            for decoded in decodings(text):
                yield from readings(decoded, depth - 1)


def decodings(text: str) -> Iterator[bytes | str]:
    """Yield what a text says if parts of it are encoded."""
    for decode in (html.unescape, unquote_plus, unescaped):
        if (decoded := decode(text)) != text:
            yield decoded
    yield from map(of_base64, BASE64.findall(text))
    yield from map(bytes.fromhex, HEX.findall(text))


def unescaped(text: str) -> str:
    r"""Return a text with \u0000 and \x00 as the letters that they mean."""
    text = UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return BYTE_ESCAPES.sub(lambda found: letters_of(found[0]), text)


def letters_of(escapes: str) -> str:
    """Return the letters of bytes that are written as escapes."""
    return bytes.fromhex(re.sub(r"\\+x", "", escapes)).decode("utf-8", "replace")


def of_base64(text: str) -> bytes:
    """Return the bytes of base64; empty if it is none."""
    text = text.replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text[: len(text) // 4 * 4])
    except binascii.Error:
        return b""
