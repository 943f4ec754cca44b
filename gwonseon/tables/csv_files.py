"""Read CSV files of spreadsheets and offices, and write CSV files that Excel opens."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from typing import Any

from gwonseon.refusals import RefusedError
from gwonseon.size_limits import LARGEST_TABLE
from gwonseon.tables.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY_COLUMNS,
    Line,
    TableCell,
    as_text,
    within_limits,
)

# A cell may be as long as the file; the fields that read it check its length.
csv.field_size_limit(LARGEST_TABLE)

BOM = "\ufeff"
# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = re.compile(r"[=+\-@]")
# An optional first line of Excel's, which names the separator and is not part of the table.
SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)
SEPARATORS = "\t,;"


def decoded(content: bytes) -> str:
    """Return a CSV file's text, from UTF-8, cp949 (Korean Excel) or UTF-16 with a byte order mark.

    Raises RefusedError if it is none of these.
    """
    utf16 = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ()
    for encoding in (*utf16, "utf-8", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.lstrip(BOM)
    raise RefusedError(
        "표로 읽을 수 없는 파일입니다. 「XLSX」나 「CSV UTF-8」 형식으로 저장해 다시 올리세요."
    )


def read_csv(text: str) -> list[Line]:
    """Return the lines of CSV text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    named = SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    first = text.partition("\n")[0]
    separator = named[1] if named else next((one for one in SEPARATORS if one in first), ",")
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [
            [TableCell(unguarded(one)) for one in within_columns(line)]
            for line in islice(reader, MOST_ROWS + 1)
        ]
    except csv.Error as error:
        raise RefusedError(
            f"{reader.line_num}번째 줄을 읽을 수 없습니다. 짝이 없는 큰따옴표를 지우고 다시 "
            "올리세요."
        ) from error
    return within_limits(lines, "표가")


def within_columns(line: list[str]) -> list[str]:
    """Return a line cut to MOST_COLUMNS; raise RefusedError if there is text after them."""
    if "".join(line[MOST_COLUMNS:]).strip():
        raise RefusedError(TOO_MANY_COLUMNS % "표가")
    return line[:MOST_COLUMNS]


def csv_file(lines: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file that Excel opens as Korean text and without running any formula."""
    return "".join(csv_lines(lines)).encode()


def csv_lines(lines: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file one by one, so that a long file can be streamed."""
    writer = csv.writer(Echo())
    mark = BOM
    for line in lines:
        yield mark + writer.writerow([guarded(value) for value in line])
        mark = ""


class Echo:
    """A file for `csv.writer` whose `write` returns the text."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def guarded(value: Any) -> Any:
    """Return a cell with ' before it if a spreadsheet would run it; `unguarded` removes that."""
    if isinstance(value, str) and FORMULA.match(value.lstrip("'")):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """Return a cell's text without the ' that `guarded` put before it."""
    text = as_text(text)
    return text[1:] if text.startswith("'") and FORMULA.match(text.lstrip("'")) else text
