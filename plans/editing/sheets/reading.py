"""Reading a filled-in workbook. What comes from outside is measured before it is unpacked."""

import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from plans.editing.sheets.columns import (
    KEY,
    LISTS,
    PARENT,
    VERSION,
    as_text,
    columns_of,
    sheet_of,
)
from plans.tree.access import LEVELS
from plans.tree.refusals import RefusedError

# Bytes. A plan of 300 nodes with the longest texts stays below; zipfile never unpacks more than
# a file's head declares.
LARGEST_FILE = 5 * 2**20
LARGEST_UNPACKED = 50 * 2**20
MOST_PARTS = 200
MOST_ROWS = 2000
MOST_COLUMNS = 60
# openpyxl's names for formulas and for what they end in when they fail.
COMPUTED = {"f", "e"}
# What zipfile, the XML readers and openpyxl raise over a file that is no good workbook.
UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, and how to put it right."""

    place: str
    sentence: str
    column: str = ""
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a level's sheet: its cells' text by column's name, and where they stand."""

    level: str
    number: int
    cells: dict[str, str]
    letters: dict[str, str]

    def place(self, column: str = KEY) -> str:
        """Return where a column's cell stands, as a spreadsheet says it: 활동!L14."""
        return f"{sheet_of(self.level)}!{self.letters.get(column, 'A')}{self.number}"

    def problem(self, column: str, sentence: str) -> Problem:
        """Return what is wrong in a column's cell."""
        return Problem(self.place(column), sentence, column, self.cells.get(column, ""))


def read_workbook(file: BinaryIO) -> tuple[list[Row], list[Problem]]:
    """Return the rows of all levels' sheets, and the cells that cannot be read.

    Raise RefusedError where the file as a whole cannot be.
    """
    try:
        refuse_bomb(file)
        book = load_workbook(file, read_only=True, keep_links=False)
        sheets = {sheet.title: cells_of(sheet) for sheet in book.worksheets}
        book.close()
    except UNREADABLE as error:
        raise RefusedError(
            "XLSX 파일로 읽을 수 없습니다. 암호를 풀고 「XLSX」 형식으로 저장해 다시 올리세요."
        ) from error
    rows: list[Row] = []
    problems: list[Problem] = []
    levels = {sheet_of(level): level for level in LEVELS}
    if unknown := [name for name in sheets if name not in {*levels, LISTS}]:
        raise RefusedError(
            f"모르는 시트 「{unknown[0][:50]}」이(가) 있습니다. "
            f"시트는 {', '.join(levels)}만 두고 이름을 되돌리세요."
        )
    for name, level in levels.items():
        if lines := sheets.get(name):
            headers = headers_of(name, level, lines[0])
            for number, line in enumerate(lines[1:], 2):
                read_row(level, number, headers, line, rows, problems)
    if not rows and not problems:
        raise RefusedError("표에 항목이 없습니다. 표를 새로 받아 채운 뒤 올리세요.")
    return rows, problems


def refuse_bomb(file: BinaryIO) -> None:
    """Refuse a file that unpacks to more than a plan can hold."""
    with ZipFile(file) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise RefusedError(
            "풀면 너무 커지는 파일입니다. 표를 새로 받아 값만 옮겨 적은 뒤 올리세요."
        )
    file.seek(0)


def cells_of(sheet: Any) -> list[list[tuple[str, bool]]]:
    """Return a sheet's cells, row by row: the text of each, and whether it was computed."""
    lines = [
        [(as_text(cell.value), cell.data_type in COMPUTED) for cell in cells]
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    ]
    if len(lines) > MOST_ROWS:
        raise RefusedError(
            f"「{sheet.title}」 시트가 {MOST_ROWS:,}줄을 넘습니다. 빈 줄까지 지우고 다시 올리세요."
        )
    return lines


def headers_of(sheet: str, level: str, line: list[tuple[str, bool]]) -> list[str]:
    """Return the names of a sheet's columns, one for each cell.

    Columns may stand in any order, and one that is left out is left alone. Raise RefusedError
    for a name that is unknown, missing or there twice.
    """
    headers = [text for text, _computed in line]
    known = {KEY, VERSION, *([PARENT] if LEVELS[level].PARENT else []), *columns_of(LEVELS[level])}
    for at, header in enumerate(headers, 1):
        place = f"「{sheet}」 시트 {get_column_letter(at)}1"
        if header and header not in known:
            raise RefusedError(
                f"{place}의 열 이름 「{header[:50]}」을(를) 알 수 없습니다. "
                "받은 표의 이름으로 되돌리거나 열을 지우세요."
            )
        if header and headers.index(header) < at - 1:
            raise RefusedError(f"{place}의 열 「{header}」이(가) 두 번 있습니다. 하나를 지우세요.")
    for needed in (KEY, VERSION):
        if needed not in headers:
            raise RefusedError(
                f"「{sheet}」 시트에 「{needed}」 열이 없습니다. 받은 표에 있던 대로 되돌리세요."
            )
    return headers


def read_row(
    level: str,
    number: int,
    headers: list[str],
    line: list[tuple[str, bool]],
    rows: list[Row],
    problems: list[Problem],
) -> None:
    """Read one row: into the rows, or where a cell of it cannot be read, into the problems."""
    if not any(text for text, _computed in line):
        return
    names = [*headers, *[""] * (len(line) - len(headers))]
    letters = {name: get_column_letter(at) for at, name in enumerate(names, 1) if name}
    cells = {name: text for name, (text, _computed) in zip(names, line, strict=False) if name}
    row = Row(level, number, cells, letters)
    wrong = []
    for at, (text, computed) in enumerate(line):
        place = f"{sheet_of(level)}!{get_column_letter(at + 1)}{number}"
        if computed:
            sentence = "수식이나 그 오류가 있습니다. 값을 적으세요."
            wrong.append(Problem(place, sentence, names[at], text))
        elif text and not names[at]:
            sentence = "열 이름이 없는 칸에 값이 있습니다. 칸을 비우세요."
            wrong.append(Problem(place, sentence, "", text))
    problems += wrong
    if not wrong:
        rows.append(row)
