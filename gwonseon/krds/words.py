"""Compare two versions of a text word by word: what stayed, what is gone, what is new."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal, NamedTuple

WORDS = re.compile(r"\s+|\S+")
# Used in turn if there are too many words to compare: sentences, then whole texts.
COARSER = (re.compile(r"[^.\n]*[.\n]+\s*|[^.\n]+"), re.compile(r".+", re.DOTALL))
# difflib compares every word with every other: beyond this many pairs it takes too long.
MOST_PAIRS = 1_000_000


class WordChange(NamedTuple):
    """A piece of a text and what became of it."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_changes(before: str, after: str) -> list[WordChange]:
    """Return the pieces that stayed, are gone or are new between two texts, in order.

    The same and gone pieces joined give `before`, the same and new ones `after`. The common
    beginning and end are cut off first, so that a long text with one change is compared by words.
    If the middle is still too long for that, it is compared by sentences, or else as a whole.
    """
    olds, news = WORDS.findall(before), WORDS.findall(after)
    head = alike(olds, news)
    tail = alike(olds[head:][::-1], news[head:][::-1])
    middle = compared(olds[head : len(olds) - tail], news[head : len(news) - tail])
    changes = [WordChange("same", "".join(olds[:head]))]
    changes += [WordChange(kind, text) for kind, text in middle]
    changes.append(WordChange("same", "".join(olds[len(olds) - tail :])))
    return [change for change in changes if change.text]


def value_changes(before: str, after: str) -> list[WordChange]:
    """Return the old value as gone and the new one as new, for a date or a name."""
    return [WordChange(kind, text) for kind, text in (("gone", before), ("new", after)) if text]


def alike(olds: list[str], news: list[str]) -> int:
    """Return how many words both lists begin with in common."""
    pairs = zip(olds, news, strict=False)
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], pairs))


def compared(olds: list[str], news: list[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each piece. Spaces between two changes belong to the changes."""
    for unit in COARSER:
        if len(olds) * len(news) <= MOST_PAIRS:
            break
        olds, news = unit.findall("".join(olds)), unit.findall("".join(news))
    gone = new = ""
    # Equal spaces alone do not make two places the same.
    matcher = SequenceMatcher(str.isspace, olds, news)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        old = "".join(olds[start:end])
        if kind != "equal" or (old.isspace() and (gone or new)):
            gone += old
            new += "".join(news[new_start:new_end])
            continue
        yield from (("gone", gone), ("new", new), ("same", old))
        gone = new = ""
    yield from (("gone", gone), ("new", new))
