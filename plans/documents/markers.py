"""Outline markers: which sign begins a goal, an initiative, an activity or a note."""

import re
from dataclasses import dataclass
from enum import IntEnum

# Signs that people and word processors use in place of each other.
FAMILIES = ("□ㅁ◻▢☐", "▶►▸", "○ㅇ◦◯⚬〇oO", "-–‐‑−—－·∙•ㆍ・‧", "※*＊")
DASHES = FAMILIES[3]
LETTERS = "ㅁㅇoO"
NOTE = "※"
BLANKS = " \t\x0b\x0c\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"

# `1 제목`, `1. 제목`, `1) 제목`, `Ⅰ. 제목`, `II. 제목`
NUMBERED = re.compile(
    rf"(?P<lead>[{BLANKS}]*(?:(?:\d{{1,2}}|[IVX]{{1,4}})(?:[.)][{BLANKS}]*(?!\d)|[{BLANKS}]+)"
    rf"|[Ⅰ-Ⅻ][.)]?[{BLANKS}]*))(?P<text>\S.*)",
    re.DOTALL,
)


class Rank(IntEnum):
    """The kind of line that a marker begins."""

    PILLAR = 0
    GOAL = 1
    INITIATIVE = 2
    ACTIVITY = 3
    NOTE = 4


class MarkersError(ValueError):
    """The given markers are not valid."""


@dataclass(frozen=True)
class Markers:
    """The markers of one document and their ranks, also for signs that look alike."""

    signs: tuple[str, ...]
    ranks: dict[str, Rank]

    @classmethod
    def of(cls, text: str) -> "Markers":
        """Make markers from signs in the order of their ranks, such as `□ ○ - ※`."""
        signs = tuple(text.split())
        if len(signs) not in {3, 4}:
            raise MarkersError(
                "표지는 목표·추진과제·활동(·참고)의 순서로 3개나 4개를 띄어 적으세요. 예: '□ ○ -'"
            )
        for sign in signs:
            if len(sign) != 1 or (sign.isalnum() and sign not in LETTERS):
                raise MarkersError(f"표지 「{sign}」 대신 기호 한 글자를 적으세요. 예: '□ ○ -'")
        ranks = dict(zip(signs, list(Rank)[1:], strict=False))
        if len(ranks) < len(signs):
            raise MarkersError("같은 표지를 두 번 적었습니다. 층마다 다른 기호를 적으세요.")
        for sign in (*signs, NOTE):
            for twin in family(sign):
                ranks.setdefault(twin, ranks.get(sign, Rank.NOTE))
        return cls(signs, ranks)

    def split(self, line: str) -> tuple[str, Rank, str] | None:
        """Return a line's lead, rank and text, or None if it does not begin with a marker.

        The lead is everything before the text, unchanged: `- ▶ ` in `- ▶ 제목`, where the dash
        is only a list sign.
        """
        body = line.lstrip(BLANKS)
        if not body or not self.opens(body):
            return None
        rank, text = self.ranks.get(body[0]), body[1:].lstrip(BLANKS)
        if body[0] in DASHES and text and text[0] not in DASHES and self.opens(text):
            rank, text = self.ranks[text[0]], text[1:].lstrip(BLANKS)
        if rank is None or not any(letter.isalnum() for letter in text):
            return None
        return line[: len(line) - len(text)], rank, text

    def opens(self, body: str) -> bool:
        """Return whether the first character is a marker, and not a letter or a minus sign."""
        sign, after = body[0], body[1:2]
        if sign in LETTERS:
            return sign in self.ranks and after != "" and after in BLANKS
        if sign in DASHES:
            return not after.isdigit()
        return sign in self.ranks


def family(sign: str) -> str:
    """Return all signs that may be used in place of this one, with itself."""
    return next((signs for signs in FAMILIES if sign in signs), sign)


# The markers of this district's documents, and the usual ones of Korean offices.
DEFAULTS = (Markers.of("□ ▶ - ※"), Markers.of("□ ○ - ※"))


def guess(lines: list[str]) -> Markers:
    """Return the default markers whose initiative marker is more frequent in the document."""

    def initiatives(markers: Markers) -> int:
        found = (markers.split(line) for line in lines)
        return sum(1 for one in found if one and one[1] is Rank.INITIATIVE)

    return max(DEFAULTS, key=initiatives)
