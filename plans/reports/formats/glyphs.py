"""The fonts of a PDF, and the texts in characters that these fonts have.

A character without a glyph would be drawn as an empty box, and PDF/UA does not allow it.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

# Folders of one font each. The first family that has a character draws it; the bold ones have the
# same characters.
FOLDERS = tuple(
    settings.FONTS / folder
    for folder in (
        "noto-sans-kr/400Regular",
        "noto-sans-kr/700Bold",
        "noto-sans-symbols-2/400Regular",
        "noto-emoji/400Regular",
        "noto-emoji/700Bold",
    )
)
REGULAR = tuple(folder for folder in FOLDERS if folder.name == "400Regular")

# Stands for a character that no font has, as Korean printers set it (the geta mark).
REPLACEMENT = "〓"
# What 한글 writes for bullets of the font Wingdings, and for the old syllable of 「아래아한글」.
PRIVATE = str.maketrans(
    {
        "\uf06c": "●",
        "\uf06d": "❍",
        "\uf06e": "■",
        "\uf06f": "□",
        "\uf071": "❑",
        "\uf072": "❒",
        "\uf073": "◆",
        "\uf075": "◆",
        "\uf076": "❖",
        "\uf077": "◆",
        "\uf09e": "·",
        "\uf09f": "•",
        "\uf0a1": "○",
        "\uf0a7": "▪",
        "\uf0a8": "◻",
        "\uf0d8": "➢",
        "\uf0e0": "→",
        "\uf0e8": "➔",
        "\uf0f0": "⇨",
        "\uf0fc": "✔",
        "\uf0fe": "☑",
        "\uf53a": "\u1112\u119e\u11ab",
    }
)
LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Chooses between looks of the character before it.
VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# A character with the accents and vowel signs that follow it: one font has to have them all.
MARKS = "".join(
    chr(code) for code in range(0x20000) if unicodedata.category(chr(code)).startswith("M")
)
CLUSTER = re.compile(f"[^{MARKS}]?[{MARKS}]*", re.DOTALL)


def printable(text: str) -> str:
    """Return a text in which each character has a glyph; lines end with "\\n".

    Invisible characters are dropped, private ones of 한글 and other spaces become ordinary ones,
    and what no font has becomes 「〓」.
    """
    lines = LINE_ENDS.sub("\n", text)
    if simple_characters().issuperset(lines):
        return lines
    plain = unicodedata.normalize("NFC", lines.translate(PRIVATE))
    return "".join(map(drawn, CLUSTER.findall(plain)))


@cache
def characters() -> tuple[frozenset[str], ...]:
    """Return each family's visible characters, spaces and line ends, read once in a process."""
    return tuple(
        frozenset(filter(is_plain, map(chr, character_map(folder)))) | {"\n", " "}
        for folder in REGULAR
    )


@cache
def simple_characters() -> frozenset[str]:
    """Return the characters that are drawn as they are, whatever is beside them."""
    return frozenset[str]().union(*characters()) - frozenset(MARKS)


def character_map(folder: Path) -> dict[int, str]:
    """Return the names of a font's glyphs, by the number of their character."""
    (path,) = folder.glob("*.ttf")
    with TTFont(path, lazy=True) as font:
        return font.getBestCmap()


def is_plain(character: str) -> bool:
    """Return whether a character is assigned, public, and no control or format character."""
    return not unicodedata.category(character).startswith("C")


def drawn(cluster: str) -> str:
    """Return a character with its marks as it can be drawn."""
    visible = "".join(map(simple, cluster))
    if any(family.issuperset(visible) for family in characters()):
        return visible
    base = visible[:1]
    return base if any(base in family for family in characters()) else REPLACEMENT


def simple(character: str) -> str:
    """Return a space for any white space, nothing for an invisible character, or the character."""
    category = unicodedata.category(character)
    if character == "\n" or character in characters()[0]:
        return character
    if category == "Zs" or character == "\t":
        return " "
    is_invisible = category in {"Cc", "Cf"} or VARIATION.match(character)
    return "" if is_invisible else character
