"""Cutting one outline line into titles: a colon's list, commas, never inside brackets."""

import re

from gwonseon.fields.words import composed

BRACKETS = {
    "(": ")", "[": "]", "{": "}", "「": "」", "『": "』", "〈": "〉", "《": "》", "【": "】",
    "“": "”", "‘": "’", "（": "）",
}  # fmt: skip
COLONS = ":："
COMMAS = ",，、"
LOOSE_ENDS = " ,，、:："
# What may stand between two titles on one line, once the titles are named.
JOINT = re.compile(r"[\s,，、:：·]*(?:및|와|과|,)?[\s,，、]*")


def clean(text: str) -> str:
    """Return a title as it is stored: composed letters, single spaces, no loose ends."""
    visible = composed(text).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(visible.split()).strip(LOOSE_ENDS)


def cut(text: str, *, colon: bool) -> list[tuple[str, str]]:
    """Cut a line's text into (lead, title text) pairs that joined give the text back.

    With `colon` the first piece is what stands before the first colon; the rest is its
    list. Without one, or with no colon in the text, an initiative stays whole.
    """
    inside = bracketed(text)
    if not colon:
        return pairs(text, separators(text, COMMAS, inside, start=0))
    at = next(iter(separators(text, COLONS, inside, start=0)), None)
    if at is None:
        return [("", text)]
    return pairs(text, [at, *separators(text, COMMAS, inside, start=at + 1)])


def bracketed(text: str) -> set[int]:
    """Return the positions inside brackets that are both opened and closed."""
    inside: set[int] = set()
    opened: list[tuple[str, int]] = []
    for at, letter in enumerate(text):
        if letter in BRACKETS:
            opened.append((BRACKETS[letter], at))
        while opened and letter in BRACKETS.values():
            closing, start = opened.pop()
            if closing == letter:
                inside.update(range(start, at + 1))
                break
    return inside


def separators(text: str, signs: str, inside: set[int], *, start: int) -> list[int]:
    """Return where the signs separate; not in brackets, 10:30, 1,000 or an address."""
    found = []
    for at in range(start, len(text)):
        if text[at] not in signs or at in inside or text[at + 1 : at + 3] == "//":
            continue
        if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            continue
        found.append(at)
    return found


def pairs(text: str, cuts: list[int]) -> list[tuple[str, str]]:
    """Return (lead, title text) pairs; what stands around an empty piece joins the lead."""
    found: list[tuple[str, str]] = []
    lead = ""
    start = 0
    for end in [*cuts, len(text)]:
        piece = text[start:end]
        title = piece.strip()
        if clean(title):
            margin = len(piece) - len(piece.lstrip())
            tail = piece[margin + len(title) :]
            found.append((lead + piece[:margin], title))
            lead = tail + text[end : end + 1]
        else:
            lead += piece + text[end : end + 1]
        start = end + 1
    if found and lead:
        last_lead, last_title = found[-1]
        found[-1] = (last_lead, last_title + lead)
    return found


def locate(text: str, titles: list[str]) -> list[tuple[str, str]] | None:
    """Cut a line's text at the titles named for it; None where they are not all that it says."""
    found: list[tuple[str, str]] = []
    start = 0
    for title in titles:
        words = r"\s+".join(re.escape(word) for word in title.split())
        match = re.compile(words).search(composed(text), start)
        if match is None or not JOINT.fullmatch(text[start : match.start()]):
            return None
        found.append((text[start : match.start()], match[0]))
        start = match.end()
    if not found or clean(text[start:]):
        return None
    last_lead, last_title = found[-1]
    found[-1] = (last_lead, last_title + text[start:])
    return found
