"""A report as plain data: blocks to read and sheets to calculate with, rendered by each format.

All formats render the same document, so they cannot differ in what they say. A document holds
texts and numbers only: no rows of the database, no moment, nothing random. The same snapshot
therefore gives an equal document, and that the same bytes.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from gwonseon.fields.days import day_text
from gwonseon.fields.numbers import grouped

# What offices write before a line, by its depth.
MARKERS = ("□", "○", "-", "※")


class CellKind(Enum):
    """What the cells of a column hold, by which formats align them and workbooks write them."""

    TEXT = "text"
    NUMBER = "number"
    # Percent with one decimal, as the pages show it: 81.3 is 81.3 %.
    PERCENT = "percent"
    DAY = "day"


Value = str | int | Decimal | date | None


def percentage(number: int | Decimal) -> str:
    """Return a percentage with one decimal, as people read it, without its sign."""
    return f"{number:,.1f}"


@dataclass(frozen=True)
class Cell:
    """A value of a table, and what stands in its place where there is none.

    `missing` are the words for what is not known or not shown: 「목표 미설정」, 「공개하지 않음」.
    `rows` is over how many rows the cell is merged, from this one down.
    """

    value: Value = None
    missing: str = "-"
    rows: int = 1

    @property
    def text(self) -> str:
        """The cell as people read it, without a unit."""
        match self.value:
            case None:
                return self.missing
            case date() as day:
                return day_text(day)
            case str() as text:
                return text
            case number:
                return grouped(number)


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, the head above it that it shares, and its relative width.

    Neighbouring columns with the same `group` stand below one merged head.
    """

    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 10
    group: str = ""
    # In a workbook, a bar from 0 to 100 is drawn behind the numbers.
    has_bars: bool = False

    def shown(self, cell: Cell) -> str:
        """Return a cell of this column as people read it, without a unit."""
        if self.kind is CellKind.PERCENT and isinstance(cell.value, int | Decimal):
            return percentage(cell.value)
        return cell.text


@dataclass(frozen=True)
class Head:
    """A cell of a table's head, merged over so many columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """A row of a table: a cell for each column. Sums and titles of groups are drawn bold.

    A cell that a merged one above covers is None.
    """

    cells: Sequence[Cell | None]
    is_strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption; `name` is short and unique in its document, as of a sheet.

    `note` says in a sentence what the numbers are: their unit, and how they are rounded.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""

    @property
    def has_groups(self) -> bool:
        """Whether its head has two rows."""
        return any(one.group for one in self.columns)

    def groups(self) -> Iterator[tuple[str, int]]:
        """Yield the head's upper row: each text ("" above an ungrouped column) and its columns."""
        at = 0
        while at < len(self.columns):
            group, first = self.columns[at].group, at
            at += 1
            while group and at < len(self.columns) and self.columns[at].group == group:
                at += 1
            yield group, at - first

    def head_rows(self) -> list[list[Head]]:
        """Return the head, one row of it or two; what is merged from above is left out below."""
        if not self.has_groups:
            return [[Head(one.title) for one in self.columns]]
        upper, lower, at = [], [], 0
        for group, size in self.groups():
            below = self.columns[at : at + size]
            upper.append(Head(group, columns=size) if group else Head(below[0].title, rows=2))
            lower += [Head(one.title) for one in below if group]
            at += size
        return [upper, lower]


@dataclass(frozen=True)
class Heading:
    """The title of a part; level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Bullet:
    """A line in the manner of offices: a marker by its depth, 0 to 3, and a text."""

    text: str
    depth: int = 1

    @property
    def marker(self) -> str:
        """The character before the line."""
        return MARKERS[self.depth]


@dataclass(frozen=True)
class Paragraph:
    """A text without a marker."""

    text: str


@dataclass(frozen=True)
class Chart:
    """A bar chart of percentages, 0 to 100; `alt` says the same in words."""

    title: str
    bars: Sequence[tuple[str, Decimal]]
    alt: str


@dataclass(frozen=True)
class Picture:
    """A released photo: the JPEG's bytes, what it shows, its line below, and its staff address."""

    content: bytes = field(repr=False)
    alt: str
    caption: str
    address: str = ""

    @property
    def data(self) -> str:
        """The photo as an address that holds it, for a file that refers to nothing outside."""
        return f"data:image/jpeg;base64,{b64encode(self.content).decode()}"


Block = Heading | Bullet | Paragraph | Table | Chart | Picture


@dataclass(frozen=True)
class PlanLine:
    """A line of a plan's own document: its kind, the whole text, and the marker that begins it."""

    kind: str
    text: str
    marker: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report.

    `title` names the report and `subtitle` what it is of: the period and its version, or the day to
    which it was counted. `source` says where the figures are from, with the snapshot's digest. The
    blocks are read from top to bottom. The sheets are the same facts as tables of one level each,
    from the plan down; the last has most detail, and is what a CSV file holds.
    """

    title: str
    subtitle: str
    office: str
    source: str
    blocks: Sequence[Block]
    sheets: Sequence[Table]
    is_landscape: bool = False
    # Whether the blocks have to fit one page of A4.
    is_one_page: bool = False
    # A plan's own document, which text and HWPX files have in the place of the blocks.
    lines: Sequence[PlanLine] = ()
