"""Replace characters that a report cannot hold, and estimate how wide a text is."""

import re
from functools import lru_cache
from itertools import accumulate
from unicodedata import category, east_asian_width

# What XML 1.0 forbids: control characters except tab and line breaks, halves of a character, and
# two that are none.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
LINE_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")

# Widths in em, a little more than those of usual fonts: of Korean characters and signs, of Latin
# letters, capitals and the widest of them.
WIDE, NARROW, CAPITAL, BROAD = 1.0, 0.57, 0.75, 0.95
BROAD_ONES = "@%&MWmw"
# The last of the Latin letters.
LATIN = "\u024f"


def clean(text: str) -> str:
    r"""Return a text with only characters that XML can hold, and `\n` for each line break."""
    return NOT_IN_XML.sub(REPLACEMENT, LINE_BREAKS.sub("\n", text))


def ems_of(text: str) -> float:
    """Return about how wide a text is on one line, in em, the size of its font."""
    return sum(map(ems_of_character, text))


@lru_cache(4096)
def ems_of_character(character: str) -> float:
    """Return about how wide a character is, in em; what is not known counts as wide."""
    if category(character) == "Mn":
        return 0
    if character in BROAD_ONES:
        return BROAD
    if character > LATIN or east_asian_width(character) in ("A", "W", "F"):
        return WIDE
    return CAPITAL if character.isupper() else NARROW


def shortened(text: str, most: float) -> str:
    """Return a text on one line, at most so many em wide; what is cut off is marked with 「…」."""
    line = " ".join(text.split())
    kept, room = 0, most - ems_of("…")
    for count, width in enumerate(accumulate(map(ems_of_character, line)), start=1):
        if width > most:
            return f"{line[:kept]}…"
        if width <= room:
            kept = count
    return line
