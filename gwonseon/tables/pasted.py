"""Read cells that were copied from a spreadsheet and pasted into a page.

Spreadsheets put a tab between cells, and quotation marks only around a cell that contains a line
break or a tab; inside it, each quotation mark is doubled. Any other quotation mark is part of the
cell's text. The copied cells are a rectangle: every line has as many cells as the first. Text
without tabs is CSV.
"""

import re

from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY_COLUMNS,
    Line,
    TableCell,
    within_limits,
)
from gwonseon.tables.csv_files import read_csv, unguarded

TAB, BREAK = "\t", "\n"
# A quoted cell, up to a quotation mark that is not doubled and that ends the cell. LONGEST is in
# characters.
LONGEST = 20_000
QUOTED = re.compile(rf'"((?:[^"]|""){{0,{LONGEST}}}+)"(?=[\t\n]|\Z)')
BARE = re.compile(r"[^\t\n]*")


def read_pasted(text: str) -> list[Line]:
    """Return the lines of pasted cells."""
    text = text.replace("\r\n", BREAK).replace("\r", BREAK).strip(BREAK)
    if text.count(TAB) > MOST_ROWS * MOST_COLUMNS:
        raise RefusedError(TOO_MANY_COLUMNS % "표가")
    first = text.partition(BREAK)[0]
    if TAB not in first and "," in first:
        return read_csv(text)
    lines: list[Line] = [[]] if text else []
    at = 0
    while lines:
        width = len(lines[0]) if len(lines) > 1 else None
        cell, at = cell_at(text, at, width, len(lines[-1]))
        lines[-1].append(TableCell(unguarded(cell)))
        if at == len(text) or len(lines) > MOST_ROWS:
            break
        if text[at] == BREAK:
            lines.append([])
        at += 1
    return within_limits(lines, "표가")


def cell_at(text: str, at: int, width: int | None, column: int) -> tuple[str, int]:
    """Return the cell that begins at position `at`, and the position where it ends.

    `width` is the number of cells in the first line, None while that line is read. `column` is
    the number of cells before this one in its line.
    """
    quoted = QUOTED.match(text, at) if text.startswith('"', at) else None
    if quoted and holds_a_cell(quoted, text, width, column):
        return quoted[1].replace('""', '"'), quoted.end()
    bare = BARE.match(text, at)
    return bare[0], bare.end()


def holds_a_cell(quoted: re.Match, text: str, width: int | None, column: int) -> bool:
    """Return whether a pair of quotation marks encloses one cell.

    If the lines between the marks have the right number of cells without the marks, the marks are
    text of two different cells.
    """
    if BREAK not in quoted[1]:
        return TAB in quoted[1] and width is not None and not is_whole(quoted, text, width, column)
    return width is None or width == 1 or not is_whole(quoted, text, width, column)


def is_whole(quoted: re.Match, text: str, width: int, column: int) -> bool:
    """Return whether each line of a quoted text has `width` cells if the marks are ignored."""
    end = text.find(BREAK, quoted.end())
    rest = text[quoted.end() : None if end < 0 else end]
    counts = [part.count(TAB) for part in (quoted[0] + rest).split(BREAK)]
    return [column + counts[0] + 1, *(count + 1 for count in counts[1:])] == [width] * len(counts)
