"""What people type, brought into one form before it is read."""

import re
import unicodedata

SPACES = re.compile(r"\s+")
# Of what was typed, in a sentence.
MOST_SHOWN = 30


def plain(text: str) -> str:
    """Return a text with ordinary digits, letters and signs for full-width and other forms."""
    return unicodedata.normalize("NFKC", text).strip()


def squeezed(text: str) -> str:
    """Return a text as names are compared: ordinary letters, lower case, no spaces."""
    return SPACES.sub("", plain(text)).casefold()


def shown(text: str) -> str:
    """Return what was typed as a sentence repeats it: on one line, and not too long."""
    text = SPACES.sub(" ", text.strip())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
