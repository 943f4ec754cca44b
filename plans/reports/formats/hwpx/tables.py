"""The cells of a table: what stands in each, how it looks, and what it covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.reports.document import Cell, CellKind, Column, Row, Table
from plans.reports.formats.hwpx.looks import CELL, CELLS, SMALL_CELL, Look

ALIGNS = {
    CellKind.TEXT: "LEFT",
    CellKind.DAY: "CENTER",
    CellKind.NUMBER: "RIGHT",
    CellKind.PERCENT: "RIGHT",
}
# A table with more columns is written smaller, so that its numbers still fit.
USUAL_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A cell with its first row and column, and over how many of these it is merged.

    `border` is the name of its border and its fill. A head is repeated on each page. What is whole
    is not broken into lines.
    """

    text: str
    look: Look
    border: str
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    is_head: bool = False
    is_whole: bool = False


def boxes_of(table: Table) -> list[list[Box]]:
    """Return the cells of each row of a table, those of its head first."""
    base = SMALL_CELL if len(table.columns) > USUAL_COLUMNS else CELL
    head = [[*row] for row in head_of(table, base)]
    last = len(head) + len(table.rows)
    rows = enumerate(table.rows, len(head))
    return [*head, *([*cells_of(row, table.columns, base, at, last)] for at, row in rows)]


def head_of(table: Table, base: Look) -> Iterator[Iterator[Box]]:
    """Yield the one or two rows of a table's head."""
    look = CELLS[base, "CENTER", True]
    titles = [
        Box(one.title, look, "head", int(table.has_groups), at, is_head=True)
        for at, one in enumerate(table.columns)
    ]
    if table.has_groups:
        yield upper_head_of(table, look)
        yield (titles[at] for at, one in enumerate(table.columns) if one.group)
    else:
        yield iter(titles)


def upper_head_of(table: Table, look: Look) -> Iterator[Box]:
    """Yield a head's upper row: groups over their columns, and columns without a group."""
    at = 0
    for group, columns in table.groups():
        text = group or table.columns[at].title
        yield Box(text, look, "head", 0, at, 1 if group else 2, columns, is_head=True)
        at += columns


def cells_of(row: Row, columns: Sequence[Column], base: Look, at: int, last: int) -> Iterator[Box]:
    """Yield the cells of a row, without those that a merged one above covers."""
    border = "strong" if row.is_strong else "plain"
    for column, cell in enumerate(row.cells):
        if cell is not None:
            look = CELLS[base, align_of(cell, columns[column].kind), row.is_strong]
            merged = min(cell.rows, last - at)
            shown = columns[column].shown(cell)
            yield Box(shown, look, border, at, column, merged, is_whole=is_whole(cell))


def align_of(cell: Cell, kind: CellKind) -> str:
    """Return how a cell is aligned: words in place of a number stand in the middle."""
    return ALIGNS[kind] if kind is CellKind.TEXT or is_whole(cell) else "CENTER"


def is_whole(cell: Cell) -> bool:
    """Return whether a cell has a number or a day."""
    return not isinstance(cell.value, str | None)
