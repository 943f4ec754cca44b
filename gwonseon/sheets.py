"""Tables that come and go: workbooks (XLSX), CSV files, and cells pasted from a spreadsheet.

What comes from outside is measured before it is unpacked. However a table came, it is lines of
cells, which `rows_of` reads by the names of its columns. Whatever cannot be taken as a whole raises
RefusedError; what is wrong in one cell is a Problem that names its place.
"""

import csv
import re
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter import Workbook

from gwonseon.refusals import RefusedError

# Bytes. A plan of 300 nodes with the longest texts stays below; zipfile never unpacks more than
# a file's head declares.
LARGEST_FILE = 5 * 2**20
LARGEST_UNPACKED = 50 * 2**20
MOST_PARTS = 200
MOST_ROWS = 2000
MOST_COLUMNS = 60
# The sheet of the names that cells may hold.
LISTS = "목록"
# Text stays text: a title that begins with = or an address is no formula and no link.
AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# How a workbook begins, as every zip does.
ZIP = b"PK\x03\x04"
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
# What a spreadsheet takes for a formula where a CSV file's cell begins with it.
FORMULA = re.compile(r"[=+\-@]")
GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


class Cell(NamedTuple):
    """A cell's text, and whether it was computed by a formula or is one's error."""

    text: str
    is_computed: bool = False


Line = list[Cell]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, and how to put it right."""

    place: str
    sentence: str
    column: str = ""
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells' text by column's name, and where they stand."""

    number: int
    cells: dict[str, str]
    letters: dict[str, str]
    sheet: str = ""

    def place(self, column: str = "") -> str:
        """Return where a column's cell stands, as a spreadsheet says it: 활동!L14, or L14."""
        return place_of(self.sheet, self.letters.get(column, "A"), self.number)

    def problem(self, column: str, sentence: str) -> Problem:
        """Return what is wrong in a column's cell."""
        return Problem(self.place(column), sentence, column, self.cells.get(column, ""))


def place_of(sheet: str, letter: str, number: int) -> str:
    """Return a cell's place; a table with no sheets has no name before it."""
    return f"{sheet}!{letter}{number}" if sheet else f"{letter}{number}"


def limit_size(file: UploadedFile) -> None:
    """Refuse a file that is larger than a table can be: a validator of a form's field."""
    if file.size > LARGEST_FILE:
        raise ValidationError(
            _("%(largest)s를 넘는 파일입니다. 표에서 그림을 지우고 다시 올리세요."),
            params={"largest": filesizeformat(LARGEST_FILE)},
        )


def read_workbook(file: BinaryIO) -> dict[str, list[Line]]:
    """Return a workbook's lines of cells by the names of its sheets."""
    try:
        refuse_bomb(file)
        book = load_workbook(file, read_only=True, keep_links=False)
        sheets = {sheet.title: cells_of(sheet) for sheet in book.worksheets}
        book.close()
    except UNREADABLE as error:
        raise RefusedError(
            "XLSX 파일로 읽을 수 없습니다. 암호를 풀고 「XLSX」 형식으로 저장해 다시 올리세요."
        ) from error
    return sheets


def refuse_bomb(file: BinaryIO) -> None:
    """Refuse a file that unpacks to more than a table can hold."""
    with ZipFile(file) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise RefusedError(
            "풀면 너무 커지는 파일입니다. 표를 새로 받아 값만 옮겨 적은 뒤 올리세요."
        )
    file.seek(0)


def cells_of(sheet: Any) -> list[Line]:
    """Return a workbook's sheet as lines of cells."""
    lines = [
        [Cell(as_text(cell.value), cell.data_type in COMPUTED) for cell in cells]
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1)
    ]
    return within_limits(lines, f"「{sheet.title}」 시트가")


def within_limits(lines: list[Line], what: str) -> list[Line]:
    """Return the lines, or refuse more of them or of their columns than a table may have."""
    if len(lines) > MOST_ROWS:
        raise RefusedError(f"{what} {MOST_ROWS:,}줄을 넘습니다. 빈 줄까지 지우고 다시 올리세요.")
    if any(cell.text for line in lines for cell in line[MOST_COLUMNS:]):
        raise RefusedError(f"{what} {MOST_COLUMNS}열을 넘습니다. 남는 열을 지우고 다시 올리세요.")
    return lines


def as_text(value: Any) -> str:
    """Return a cell's value as it is compared: numbers without spare zeros, days as 2021-03-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != value.min.time() else f"{value.date()}"
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value).replace("\r\n", "\n").strip()


def read_table(file: BinaryIO) -> list[Line]:
    """Return the lines of a file that holds one table: a workbook or a CSV file."""
    begins = file.read(len(ZIP))
    file.seek(0)
    if begins != ZIP:
        return read_text(decoded(file.read()))
    sheets = {name: lines for name, lines in read_workbook(file).items() if name != LISTS}
    filled = [lines for lines in sheets.values() if any(cell.text for one in lines for cell in one)]
    if len(filled) > 1:
        raise RefusedError(
            f"값이 있는 시트가 여럿입니다. 「{LISTS}」 말고는 한 시트만 두고 다시 올리세요."
        )
    return filled[0] if filled else []


def decoded(content: bytes) -> str:
    """Return a CSV file's text: UTF-8, or cp949 as Korean Excel saves it."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RefusedError(
        "표로 읽을 수 없는 파일입니다. 「XLSX」나 「CSV UTF-8」 형식으로 저장해 다시 올리세요."
    )


def read_text(text: str) -> list[Line]:
    """Return the lines of cells copied from a spreadsheet (tabs between them) or of CSV text."""
    text = text.strip("\r\n")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [[Cell(unguarded(one)) for one in line] for line in islice(reader, MOST_ROWS + 1)]
    except csv.Error as error:
        raise RefusedError(
            f"{reader.line_num}번째 줄을 읽을 수 없습니다. 짝이 없는 큰따옴표를 지우고 다시 "
            "올리세요."
        ) from error
    return within_limits(lines, "표가")


def rows_of(
    lines: list[Line], *, known: Collection[str], needed: Collection[str], sheet: str = ""
) -> tuple[list[Row], list[Problem]]:
    """Return a table's rows by the names of its columns, and the cells that cannot be read.

    The first line holds the names, in any order. A name that is unknown, missing or there twice
    refuses the whole table.
    """
    headers = [cell.text for cell in lines[0]] if lines else []
    check_headers(headers, known, needed, sheet)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.text for cell in line):
            continue
        names = [*headers, *[""] * (len(line) - len(headers))]
        if wrong := unreadable(names, line, sheet, number):
            problems += wrong
            continue
        cells = {name: cell.text for name, cell in zip(names, line, strict=False) if name}
        letters = {name: get_column_letter(at) for at, name in enumerate(names, 1) if name}
        rows.append(Row(number, dict.fromkeys(letters, "") | cells, letters, sheet))
    return rows, problems


def check_headers(
    headers: list[str], known: Collection[str], needed: Collection[str], sheet: str
) -> None:
    """Refuse names of columns that leave open what their cells are."""
    within = f"「{sheet}」 시트" if sheet else ""
    for at, header in enumerate(headers, 1):
        place = f"{within} {get_column_letter(at)}1".strip()
        if header and header not in known:
            raise RefusedError(
                f"{place}의 열 이름 「{header[:50]}」을(를) 알 수 없습니다. "
                "받은 표의 이름으로 되돌리거나 열을 지우세요."
            )
        if header and headers.index(header) < at - 1:
            raise RefusedError(f"{place}의 열 「{header}」이(가) 두 번 있습니다. 하나를 지우세요.")
    for name in needed:
        if name not in headers:
            raise RefusedError(
                f"{within or '표'}에 「{name}」 열이 없습니다. 받은 표에 있던 대로 되돌리세요."
            )


def unreadable(names: list[str], line: Line, sheet: str, number: int) -> list[Problem]:
    """Return the cells of a line that were computed, or stand below no name."""
    problems = []
    for at, cell in enumerate(line):
        place = place_of(sheet, get_column_letter(at + 1), number)
        if cell.is_computed:
            sentence = "수식이나 그 오류가 있습니다. 값을 적으세요."
            problems.append(Problem(place, sentence, names[at], cell.text))
        elif cell.text and not names[at]:
            sentence = "열 이름이 없는 칸에 값이 있습니다. 칸을 비우세요."
            problems.append(Problem(place, sentence, "", cell.text))
    return problems


def ungrouped(text: str) -> str:
    """Return a number as forms take it: a spreadsheet shows, and copies, 1,000 for 1000."""
    return text.replace(",", "") if GROUPED.fullmatch(text) else text


def csv_file(lines: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file that Excel opens as Korean text, and never takes for formulas."""
    buffer = StringIO(newline="")
    csv.writer(buffer).writerows([guarded(value) for value in line] for line in lines)
    return buffer.getvalue().encode("utf-8-sig")


def guarded(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; `unguarded` takes it back."""
    if isinstance(value, str) and FORMULA.match(value.lstrip("'")):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """Return a CSV file's cell as it was before it was written."""
    text = as_text(text)
    return text[1:] if text.startswith("'") and FORMULA.match(text.lstrip("'")) else text


def blank_workbook(
    sheet: str, headers: Sequence[str], lists: Mapping[str, Sequence[str]], many: Collection[str]
) -> BytesIO:
    """Return a workbook to be filled in: the names of the columns, and of what cells may hold.

    A column with a list offers it in each cell, except those where several (`many`) are named.
    """
    buffer = BytesIO()
    with Workbook(buffer, AS_TYPED) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        page, names = book.add_worksheet(sheet), book.add_worksheet(LISTS)
        page.freeze_panes(1, 0)
        page.set_column(0, len(headers) - 1, 20)
        page.write_row(0, 0, headers, head)
        for at, (header, found) in enumerate(lists.items()):
            names.set_column(at, at, 24)
            names.write_column(0, at, [header, *found])
            if header not in many and found:
                letter, column = get_column_letter(at + 1), headers.index(header)
                source = f"={LISTS}!${letter}$2:${letter}${len(found) + 1}"
                offer = {"validate": "list", "source": source, "error_type": "warning"}
                page.data_validation(1, column, MOST_ROWS - 1, column, offer)
    buffer.seek(0)
    return buffer
