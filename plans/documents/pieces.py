"""Split one line of an outline into titles, at a colon and at commas outside of brackets."""

import re

from gwonseon.fields.words import composed

BRACKETS = {
    "(": ")", "[": "]", "{": "}", "「": "」", "『": "』", "〈": "〉", "《": "》", "【": "】",
    "“": "”", "‘": "’", "（": "）",
}  # fmt: skip
COLONS = ":："
COMMAS = ",，、"
LOOSE_ENDS = " ,，、:："
# The characters that may stand between two titles on one line, if the notes name the titles.
JOINT = re.compile(r"[\s,，、:：·]*(?:및|와|과|,)?[\s,，、]*")


def clean(text: str) -> str:
    """Return a title in the form that is stored: NFC, single spaces, no commas at the ends."""
    visible = composed(text).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(visible.split()).strip(LOOSE_ENDS)


def cut(text: str, *, colon: bool) -> list[tuple[str, str]]:
    """Split a line's text into (lead, title text) pairs, which joined give the text again.

    With `colon`, the first title ends at the first colon, and commas split the rest; a text
    without a colon is one title. Without `colon`, commas split the whole text.
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
    """Return the positions of separating signs; not in brackets, 10:30, 1,000 or a URL."""
    found = []
    for at in range(start, len(text)):
        if text[at] not in signs or at in inside or text[at + 1 : at + 3] == "//":
            continue
        if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            continue
        found.append(at)
    return found


def pairs(text: str, cuts: list[int]) -> list[tuple[str, str]]:
    """Return (lead, title text) pairs; empty pieces become part of the next lead."""
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
    """Split a line's text at the given titles; return None if they are not the whole text."""
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
