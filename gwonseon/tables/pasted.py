"""Cells copied from a spreadsheet and pasted into a page.

Spreadsheets put a tab between cells, and quotation marks only around a cell that holds a line break
or a tab; within it each mark is doubled. Every other mark is part of the cell's text. What is
copied is a rectangle: every line has as many cells as the first. Text without tabs is CSV text.
"""

import re

from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY_COLUMNS,
    Cell,
    Line,
    within_limits,
)
from gwonseon.tables.csv_files import read_csv, unguarded

TAB, BREAK = "\t", "\n"
# A cell in marks: up to a mark that is not doubled and ends the cell.
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
        lines[-1].append(Cell(unguarded(cell)))
        if at == len(text) or len(lines) > MOST_ROWS:
            break
        if text[at] == BREAK:
            lines.append([])
        at += 1
    return within_limits(lines, "표가")


def cell_at(text: str, at: int, width: int | None, column: int) -> tuple[str, int]:
    """Return the cell that begins at a place, and where it ends."""
    quoted = QUOTED.match(text, at) if text.startswith('"', at) else None
    if quoted and holds_a_cell(quoted, text, width, column):
        return quoted[1].replace('""', '"'), quoted.end()
    bare = BARE.match(text, at)
    return bare[0], bare.end()


def holds_a_cell(quoted: re.Match, text: str, width: int | None, column: int) -> bool:
    """Return whether marks stand around a cell, and are no text of the cells that they begin and
    end: then the lines that they reach over have as many cells as the first line.
    """
    if BREAK not in quoted[1]:
        return TAB in quoted[1] and width is not None and not is_whole(quoted, text, width, column)
    return width is None or width == 1 or not is_whole(quoted, text, width, column)


def is_whole(quoted: re.Match, text: str, width: int, column: int) -> bool:
    """Return whether the lines that marks reach over are whole without them."""
    end = text.find(BREAK, quoted.end())
    rest = text[quoted.end() : None if end < 0 else end]
    counts = [part.count(TAB) for part in (quoted[0] + rest).split(BREAK)]
    return [column + counts[0] + 1, *(count + 1 for count in counts[1:])] == [width] * len(counts)
