"""The board as tables: each number has the rows behind it, and a key that leads to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# As many rows of a list are on the board; the number beside its title leads to all.
MOST = 10


@dataclass(frozen=True)
class BoardItem:
    """A row behind a number: a title with its page, a department, and facts for its columns."""

    title: str
    url: str
    department: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class BoardCell:
    """A number as text, and the rows behind it; without rows it leads nowhere."""

    key: str
    text: str
    items: Sequence[BoardItem]
    heads: tuple[str, ...]

    @property
    def rows(self) -> list[tuple[BoardItem, list[tuple[str, str]]]]:
        """The rows, each with the heads and texts of its facts."""
        return [(one, list(zip(self.heads, one.facts, strict=True))) for one in self.items]


@dataclass(frozen=True)
class BoardLine:
    """A line of a table: its label, its cells, and whether it is the user's own department's."""

    label: str
    cells: list[BoardCell]
    is_own: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the board: a table of numbers, or a list (`all`) of which the first are shown.

    `note` says what is shown, and `missing` why there is nothing.
    """

    key: str
    title: str
    heads: tuple[str, ...] = ()
    lines: list[BoardLine] = field(default_factory=list)
    all: BoardCell | None = None
    note: str = ""
    missing: str = ""

    @property
    def cells(self) -> list[BoardCell]:
        """All numbers of the section."""
        return [*(one for line in self.lines for one in line.cells), *([self.all] * bool(self.all))]

    @property
    def labelled(self) -> list[tuple[BoardLine, list[tuple[str, BoardCell]]]]:
        """The lines, each with the heads of its columns and its cells."""
        heads = self.heads[1:]
        return [(one, list(zip(heads, one.cells, strict=True))) for one in self.lines]

    @property
    def first(self) -> list[tuple[BoardItem, list[tuple[str, str]]]]:
        """The rows of a list that are on the board."""
        return self.all.rows[:MOST] if self.all else []


def numbered(key: str, items: Sequence[BoardItem], heads: tuple[str, ...]) -> BoardCell:
    """Return the number of some rows."""
    return BoardCell(key, str(len(items)), items, heads)


def cell_with(sections: Sequence[Section], key: str) -> tuple[Section, BoardCell] | None:
    """Return the number with a key that has rows, and its section; None without one."""
    for section in sections:
        for cell in section.cells:
            if cell.key == key and cell.items:
                return section, cell
    return None
