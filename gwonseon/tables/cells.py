"""Cells of tables (workbook, CSV or pasted), and problems found in a cell."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from gwonseon.fields.numbers import written
from gwonseon.fields.words import composed
from gwonseon.refusals import RefusedError

MOST_ROWS = 2000
MOST_COLUMNS = 60
TOO_MANY_COLUMNS = f"%s {MOST_COLUMNS}열을 넘습니다. 남는 열을 지우고 다시 올리세요."
# How workbooks write control characters, which XML cannot hold (_x000D_). Some programs encode them
# twice. Any other number after _x is text that somebody typed, or half of a surrogate pair.
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")


class TableCell(NamedTuple):
    """A cell's text, and whether it comes from a formula (its result or its error)."""

    text: str
    is_computed: bool = False


Line = list[TableCell]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, and how to put it right."""

    place: str
    sentence: str
    column: str = ""
    text: str = ""


def place_of(sheet: str, letter: str, number: int) -> str:
    """Return a cell's address: 활동!L14, or L14 in a table without sheets."""
    return f"{sheet}!{letter}{number}" if sheet else f"{letter}{number}"


def letter_of(column: int) -> str:
    """Return the letters of a column, counted from 0: A for 0."""
    return xl_col_to_name(column)


def as_text(value: Any) -> str:
    """Return a cell's value as text: numbers without trailing zeros, days as 2021-03-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != value.min.time() else f"{value.date()}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    return normal(str(value))


def number_text(value: float | Decimal) -> str:
    """Return a number as text without trailing zeros."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return written(value)


def normal(text: str) -> str:
    """Return a text in NFC, with \\n as line break, and without spaces around it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return composed(text).strip()


def unescaped(text: str) -> str:
    """Return a workbook's text with ESCAPED control characters decoded."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def within_limits(lines: list[Line], what: str) -> list[Line]:
    """Return the lines; raise RefusedError if there are too many lines or columns.

    `what` names the table at the start of the error sentence.
    """
    if len(lines) > MOST_ROWS:
        raise RefusedError(f"{what} {MOST_ROWS:,}줄을 넘습니다. 빈 줄까지 지우고 다시 올리세요.")
    if any(cell.text for line in lines for cell in line[MOST_COLUMNS:]):
        raise RefusedError(TOO_MANY_COLUMNS % what)
    return lines
