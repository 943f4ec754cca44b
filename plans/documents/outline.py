"""Parse the lines of a plan's document into a tree of titles; no line is lost.

The document may have two parts, each below a heading that begins with the year: a vision page (the
vision, pillars without markers, goals as a dash list) and the work plan (numbered pillars, then
markers by rank). A document without headings is a work plan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from plans.documents.errors import DocumentError
from plans.documents.likeness import most_alike
from plans.documents.markers import BLANKS, NUMBERED, Markers, Rank
from plans.documents.pieces import clean, cut, locate
from plans.tree.models import TITLE_LENGTH

YEAR_HEADING = re.compile(r"\s*(?:19|20)\d\d\s*(?:년도?|학년도|\.)?(?:\s|$)")
# A line of a table of contents ends with its page, after a tab or dots.
CONTENTS = re.compile(r"(?:\t|[.·]{3,}|[‥…]{2,})[\s.·‥…]*\d{1,3}\s*$")
OPENS_WORDS = re.compile(r"[\w「『〈《【“‘(\[（]")
# Two wordings of one pillar or goal are at least this similar.
ALIKE = 0.3
LEVEL_NAMES = {
    Rank.PILLAR: "축",
    Rank.GOAL: "목표",
    Rank.INITIATIVE: "추진과제",
    Rank.ACTIVITY: "활동",
}


@dataclass
class Wording:
    """A title in the document: its line number, the characters before it, and its own."""

    line: int
    lead: str
    text: str

    @cached_property
    def title(self) -> str:
        """The title in the form that is stored."""
        return clean(self.text)


@dataclass
class Item:
    """A node of the outline. `known` has the facts from the notes."""

    rank: Rank
    source: Wording
    vision: Wording | None = None
    children: list["Item"] = field(default_factory=list)
    known: dict[str, str | bool] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title in the document's own wording."""
        return self.source.title


@dataclass
class FrameLine:
    """A line that is not a node: a heading, a note, or a line that was not understood."""

    line: int
    kind: str
    text: str
    corrected: str = ""


@dataclass
class Line:
    """A non-blank line with the continuation lines that belong to it."""

    number: int
    raw: str
    joined: int = 0

    @property
    def last(self) -> int:
        """The number of the last line joined to it."""
        return self.number + self.joined


@dataclass
class Outline:
    """A document's tree, and all its other lines."""

    vision: Wording | None = None
    pillars: list[Item] = field(default_factory=list)
    frame: list[FrameLine] = field(default_factory=list)
    node_lines: set[int] = field(default_factory=set)
    continuations: int = 0
    annotated: bool = False
    """Whether people's notes were applied (see notes.py)."""

    def items(self) -> Iterator[Item]:
        """Yield every item in the document's order."""
        stack = self.pillars[::-1]
        while stack:
            item = stack.pop()
            yield item
            stack += item.children[::-1]

    def links(self) -> Iterator[tuple[Item | None, Item]]:
        """Yield every item with its parent, a parent before its children."""
        yield from ((None, item) for item in self.pillars)
        for parent in self.items():
            yield from ((parent, item) for item in parent.children)

    def of_rank(self, rank: Rank) -> list[Item]:
        """Return the items of one level in the document's order."""
        return [item for item in self.items() if item.rank is rank]

    def framed(self, kind: str) -> list[FrameLine]:
        """Return the frame's lines of one kind."""
        return [line for line in self.frame if line.kind == kind]

    @property
    def lines(self) -> int:
        """The number of lines that are not blank, whatever became of them."""
        return len(self.node_lines) + len(self.frame) + self.continuations


class Splits(Protocol):
    """Knowledge of how lines split into titles."""

    def titles_on(self, number: int, text: str) -> list[str] | None:
        """Return the titles in the line's text, or None to split it by the rules."""


class NoSplits:
    """No knowledge: every line is split by the rules."""

    def titles_on(self, number: int, text: str) -> list[str] | None:  # noqa: ARG002
        """Return None."""
        return None


def parse(lines: list[str], markers: Markers, splits: Splits | None = None) -> Outline:
    """Parse an outline. Raise DocumentError, which names the line, if it makes no sense."""
    reader = Reader(markers, splits or NoSplits())
    logical = join_continuations(lines, markers)
    for at, line in enumerate(logical):
        reader.take(line, following=logical[at + 1] if at + 1 < len(logical) else None)
    return reader.finish()


def join_continuations(lines: list[str], markers: Markers) -> list[Line]:
    """Join indented lines without a marker to the marked line right above them."""
    joined: list[Line] = []
    for number, raw in enumerate(lines, start=1):
        if not raw.strip(BLANKS + "\r\n"):
            continue
        above = joined[-1] if joined else None
        if above and above.last == number - 1 and continues(above.raw, raw, markers):
            above.raw += "\n" + raw
            above.joined += 1
        else:
            joined.append(Line(number, raw))
    return joined


def continues(above: str, raw: str, markers: Markers) -> bool:
    """Return whether a line is indented text that continues a marked or numbered line above."""
    body = raw.lstrip(BLANKS)
    if body == raw or not OPENS_WORDS.match(body):
        return False
    if markers.split(raw) or NUMBERED.fullmatch(raw) or YEAR_HEADING.match(raw):
        return False
    return bool(markers.split(above) or NUMBERED.fullmatch(above))


class Reader:
    """A parser, which reads an outline line by line."""

    def __init__(self, markers: Markers, splits: Splits) -> None:
        self.markers = markers
        self.splits = splits
        self.outline = Outline()
        self.part = "cover"
        self.vision_pillars: list[Item] = []
        self.path: dict[Rank, Item] = {}
        self.taken: dict[tuple[int, str], int] = {}

    def take(self, line: Line, following: Line | None) -> None:
        """Read one line with its continuation lines; `following` is the line after it."""
        self.outline.continuations += line.joined
        if YEAR_HEADING.match(line.raw):
            self.heading(line)
        elif CONTENTS.search(line.raw):
            self.frame(line, "not_understood")
        elif self.part == "vision" and not self.opens_work(line, following):
            self.vision_line(line, following)
        else:
            self.work_line(line)

    def heading(self, line: Line) -> None:
        """Read a heading: one with 비전 begins the vision page, the next one the work plan."""
        self.frame(line, "heading")
        if "비전" in clean(line.raw).replace(" ", ""):
            self.part = "vision"
        elif self.part == "vision":
            self.part = "work"

    def opens_work(self, line: Line, following: Line | None) -> bool:
        """Return whether a line begins a work plan without heading: numbered, and above a goal."""
        below = self.markers.split(following.raw) if following else None
        return bool(NUMBERED.fullmatch(line.raw) and below and below[1] is Rank.GOAL)

    def vision_line(self, line: Line, following: Line | None) -> None:
        """Read a line of the vision page.

        A line with a dash is a goal, a line right above dashes is a pillar, and the first other
        line is the vision.
        """
        marked = self.markers.split(line.raw)
        if marked and marked[1] is not Rank.NOTE and self.vision_pillars:
            goal = Item(Rank.GOAL, Wording(line.number, marked[0], marked[2]))
            self.vision_pillars[-1].children.append(goal)
        elif marked:
            self.frame(line, "note" if marked[1] is Rank.NOTE else "not_understood")
        elif following and self.markers.split(following.raw):
            numbered = NUMBERED.fullmatch(line.raw)
            lead = numbered["lead"] if numbered else ""
            wording = Wording(line.number, lead, line.raw[len(lead) :])
            self.vision_pillars.append(Item(Rank.PILLAR, wording))
        elif self.outline.vision is None:
            self.check_length(line.number, clean(line.raw))
            self.outline.vision = Wording(line.number, "", line.raw)
            self.outline.node_lines.add(line.number)
        else:
            self.frame(line, "heading")

    def work_line(self, line: Line) -> None:
        """Read a line of the work plan: a numbered pillar, or a line with a marker."""
        marked = self.markers.split(line.raw)
        numbered = NUMBERED.fullmatch(line.raw)
        if marked and marked[1] is Rank.NOTE:
            self.frame(line, "note")
        elif marked:
            self.part = "work"
            self.marked(line, *marked)
        elif numbered:
            self.part = "work"
            self.add(Rank.PILLAR, Wording(line.number, numbered["lead"], numbered["text"]))
        else:
            self.frame(line, "heading" if self.part == "cover" else "not_understood")

    def marked(self, line: Line, lead: str, rank: Rank, text: str) -> None:
        """Add the line's nodes: a goal, an initiative with its activities, or activities."""
        pieces = self.cut(line.number, text, rank)
        first, *rest = [Wording(line.number, before, piece) for before, piece in pieces]
        first.lead = lead + first.lead
        self.add(rank, first)
        for wording in rest:
            self.add(Rank.ACTIVITY, wording)

    def cut(self, number: int, text: str, rank: Rank) -> list[tuple[str, str]]:
        """Split a line into (lead, title) pairs, as the notes name them or else by the rules."""
        if rank is Rank.GOAL:
            return [("", text)]
        if titles := self.splits.titles_on(number, text):
            if located := locate(text, titles):
                return located
            raise DocumentError(
                f"{number}행이 자료 파일에 적힌 「{', '.join(titles)}」과(와) 맞지 않습니다. "
                "자료 파일의 줄과 제목을 문서에 맞추세요."
            )
        return cut(text, colon=rank is Rank.INITIATIVE)

    def add(self, rank: Rank, wording: Wording) -> None:
        """Add one node below the last one of the rank above."""
        self.check_length(wording.line, wording.title)
        siblings = self.outline.pillars
        if rank is not Rank.PILLAR:
            siblings = self.parent(rank, wording).children
        self.refuse_twin(rank, wording, siblings)
        item = Item(rank, wording)
        siblings.append(item)
        self.path = {level: one for level, one in self.path.items() if level < rank}
        self.path[rank] = item
        self.outline.node_lines.add(wording.line)

    def refuse_twin(self, rank: Rank, wording: Wording, siblings: list[Item]) -> None:
        """Raise DocumentError for a second node of the same title below one parent."""
        first_line = self.taken.get((id(siblings), wording.title))
        if first_line is not None:
            raise DocumentError(
                f"{wording.line}행의 {LEVEL_NAMES[rank]} 「{wording.title}」이(가) "
                f"{first_line}행에 이미 있습니다. 둘 중 하나를 고치거나 지우세요."
            )
        self.taken[id(siblings), wording.title] = wording.line

    def parent(self, rank: Rank, wording: Wording) -> Item:
        """Return the parent for a node of this rank; raise DocumentError if a level is missing."""
        above = Rank(rank - 1)
        if above in self.path:
            return self.path[above]
        raise DocumentError(
            f"{wording.line}행의 {LEVEL_NAMES[rank]} 「{wording.title}」 위에 "
            f"{LEVEL_NAMES[above]}이(가) 없습니다. 빠진 층을 넣거나 표지를 고치세요."
        )

    def check_length(self, number: int, title: str) -> None:
        """Raise DocumentError for a title longer than TITLE_LENGTH."""
        if len(title) > TITLE_LENGTH:
            raise DocumentError(
                f"{number}행의 제목이 {len(title):,}자입니다. {TITLE_LENGTH}자 안으로 줄이세요."
            )

    def frame(self, line: Line, kind: str) -> None:
        """Keep a line that is not a node."""
        self.outline.frame.append(FrameLine(line.number, kind, line.raw))

    def finish(self) -> Outline:
        """Join the vision page with the work plan and return the outline."""
        if not self.outline.pillars:
            raise DocumentError(
                "축이 하나도 없습니다. 축은 「1 제목」처럼 번호로 시작하는 줄로 적으세요."
            )
        self.match(self.vision_pillars, self.outline.pillars)
        self.outline.frame.sort(key=lambda line: line.line)
        return self.outline

    def match(self, wordings: list[Item], items: list[Item]) -> None:
        """Set each item's title on the vision page; mark the other titles as not understood."""
        for wording, item in pair_by_likeness(wordings, items):
            if item is None:
                for lost in [wording, *wording.children]:
                    text = lost.source.lead + lost.source.text
                    lost_line = FrameLine(lost.source.line, "not_understood", text)
                    self.outline.frame.append(lost_line)
                continue
            self.check_length(wording.source.line, wording.title)
            item.vision = wording.source
            self.outline.node_lines.add(wording.source.line)
            self.match(wording.children, item.children)


def pair_by_likeness(wordings: list[Item], items: list[Item]) -> list[tuple[Item, Item | None]]:
    """Pair two lists of one rank: equal titles, then the most similar, then by their order."""
    pairs = most_alike([one.title for one in wordings], [one.title for one in items], least=ALIKE)
    if len(wordings) == len(items):
        free = [j for j in range(len(items)) if j not in pairs.values()]
        pairs |= dict(zip((i for i in range(len(items)) if i not in pairs), free, strict=True))
    return [(one, items[pairs[i]] if i in pairs else None) for i, one in enumerate(wordings)]
