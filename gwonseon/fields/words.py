"""What people type, brought into one form before it is read."""

import re
import unicodedata

SPACES = re.compile(r"\s+")
# Full-width digits, letters and signs, and the ordinary ones. Nothing else is made ordinary: ①
# and ² are marks of a footnote, and no digits.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Of what was typed, in a sentence.
MOST_SHOWN = 30


def plain(text: str) -> str:
    """Return a text with ordinary digits, letters and signs for full-width ones."""
    return unicodedata.normalize("NFC", text).translate(WIDE).strip()


def squeezed(text: str) -> str:
    """Return a text as names are compared: ordinary letters, lower case, no spaces."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def shown(text: str) -> str:
    """Return what was typed as a sentence repeats it: on one line, and not too long."""
    text = SPACES.sub(" ", text.strip())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
