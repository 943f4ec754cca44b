"""What people type, brought into one form before it is read."""

import re
import unicodedata

# Composing takes time by the square of how many marks stand on one letter. No language has more
# than these; longer runs are parted, as Unicode's stream-safe text is (UAX 15).
MOST_MARKS = 30
PART = "\u034f"
# Those of all scripts are in Unicode's first two planes, behind U+0300.
MARKS = "".join(chr(one) for one in range(0x300, 0x20000) if unicodedata.combining(chr(one)))
LONG_RUN = re.compile(f"[{MARKS}]{{{MOST_MARKS}}}(?=[{MARKS}])")
SPACES = re.compile(r"\s+")
# Full-width digits, letters and signs, and the ordinary ones. Nothing else is made ordinary: ①
# and ² are marks of a footnote, and no digits.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Of what was typed, in a sentence.
MOST_SHOWN = 30


def composed(text: str, form: str = "NFC") -> str:
    """Return a text in one of Unicode's normal forms, in time that grows with its length alone."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, LONG_RUN.sub(rf"\g<0>{PART}", text))


def plain(text: str) -> str:
    """Return a text with ordinary digits, letters and signs for full-width ones."""
    return composed(text).translate(WIDE).strip()


def squeezed(text: str) -> str:
    """Return a text as names are compared: ordinary letters, lower case, no spaces."""
    return SPACES.sub("", composed(text, "NFKC")).casefold()


def shown(text: str) -> str:
    """Return what was typed as a sentence repeats it: on one line, and not too long."""
    text = SPACES.sub(" ", text.strip())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
