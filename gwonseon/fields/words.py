"""Normalise text that people type, before it is read or compared."""

import re
import unicodedata

# The time to compose a letter grows with the square of the number of its combining marks. No
# language needs more than these; longer runs are split, as in Unicode's stream-safe text (UAX 15).
MOST_MARKS = 30
PART = "\u034f"
# All combining marks are in Unicode's first two planes, from U+0300 on.
MARKS = "".join(chr(one) for one in range(0x300, 0x20000) if unicodedata.combining(chr(one)))
LONG_RUN = re.compile(f"[{MARKS}]{{{MOST_MARKS}}}(?=[{MARKS}])")
SPACES = re.compile(r"\s+")
# Full-width digits, letters and signs, mapped to the ordinary ones. Nothing else is mapped: ① and
# ² are footnote marks, not digits.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# How many characters of what was typed an error sentence repeats.
MOST_SHOWN = 30


def composed(text: str, form: str = "NFC") -> str:
    """Return a text in one of Unicode's normal forms, in time that is linear in its length."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, LONG_RUN.sub(rf"\g<0>{PART}", text))


def plain(text: str) -> str:
    """Return a text without spaces around it, and with full-width characters made ordinary."""
    return composed(text).translate(WIDE).strip()


def squeezed(text: str) -> str:
    """Return a text in the form that names are compared in: NFKC, lower case, no spaces."""
    return SPACES.sub("", composed(text, "NFKC")).casefold()


def shown(text: str) -> str:
    """Return typed text for an error sentence: on one line, and cut if it is long."""
    text = SPACES.sub(" ", text.strip())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
