"""Read workbooks (XLSX) within limits, and write empty ones to be filled in."""

import json
import logging
import subprocess
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from gwonseon.bounded import run_bounded
from gwonseon.refusals import RefusedError
from gwonseon.tables import workbook_reading
from gwonseon.tables.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Line,
    TableCell,
    as_text,
    letter_of,
    normal,
    unescaped,
    within_limits,
)

log = logging.getLogger(__name__)

# The sheet that lists the names allowed in cells.
LISTS = "목록"
# Text stays text: a title that begins with = is not a formula, and a URL is not a link.
AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Cells of this format keep what is typed as text: a telephone number keeps its first 0.
AS_TEXT = {"num_format": "@"}
# Limits for reading one workbook: seconds of CPU time, bytes of memory, bytes unpacked, seconds of
# the clock. An ordinary sheet of 2,000 × 60 cells takes a tenth of the first two. The last one only
# stops a process that hangs.
MOST_SECONDS = 2
MOST_BYTES = 200 * 2**20
MOST_UNPACKED = 50 * 2**20
MOST_WAITING = 20.0


def read_workbook(file: BinaryIO) -> dict[str, list[Line]]:
    """Return the lines of cells of each sheet of a workbook, by the sheet's name.

    Reads it in a separate process, so that a hostile file cannot slow down other requests. Raises
    RefusedError if it cannot be read.
    """
    found = in_a_process(file)
    if "unreadable" in found:
        raise RefusedError(
            "XLSX 파일로 읽을 수 없습니다. 암호를 풀고 「XLSX」 형식으로 저장해 다시 올리세요."
        )
    return {
        name: within_limits([[*map(cell_of, row)] for row in rows], f"「{name}」 시트가")
        for name, rows in found["sheets"].items()
    }


def in_a_process(file: BinaryIO) -> dict[str, Any]:
    """Return the answer of the process that reads a workbook; raise RefusedError if it fails."""
    limits = (MOST_SECONDS, MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS)
    with TemporaryFile() as copy, suppress(subprocess.TimeoutExpired):
        copyfileobj(file, copy)
        copy.seek(0)
        done = run_bounded(workbook_reading.__file__, *limits, file=copy, seconds=MOST_WAITING)
        if done.returncode == 0:
            return json.loads(done.stdout)
        log.warning("reading a workbook ended with %s", done.returncode)
    raise RefusedError("풀면 너무 커지는 파일입니다. 표를 새로 받아 값만 옮겨 적은 뒤 올리세요.")


def cell_of(value: Any) -> TableCell:
    """Return a cell from a value of that process's answer."""
    if isinstance(value, str):
        return TableCell(normal(unescaped(value)))
    if isinstance(value, dict):
        return TableCell(cell_of(value["computed"]).text, is_computed=True)
    return TableCell(as_text(value))


def blank_workbook(
    sheet: str,
    headers: Sequence[str],
    lists: Mapping[str, Sequence[str]],
    *,
    many: Collection[str] = (),
    texts: Collection[str] = (),
) -> BytesIO:
    """Return an empty workbook with column names, and a second sheet of the values to choose from.

    The cells of a column in `lists` offer its values, unless the column is in `many` (a cell may
    then name several). Columns in `texts` keep what is typed as text.
    """
    buffer = BytesIO()
    with Workbook(buffer, AS_TYPED) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format(AS_TEXT)
        page, names = book.add_worksheet(sheet), book.add_worksheet(LISTS)
        page.freeze_panes(1, 0)
        for at, header in enumerate(headers):
            page.set_column(at, at, 20, text if header in texts else None)
        page.write_row(0, 0, headers, head)
        for at, (header, found) in enumerate(lists.items()):
            names.set_column(at, at, 24)
            names.write_column(0, at, [header, *found])
            if header not in many and found:
                letter, column = letter_of(at), headers.index(header)
                source = f"={LISTS}!${letter}$2:${letter}${len(found) + 1}"
                offer = {"validate": "list", "source": source, "error_type": "warning"}
                page.data_validation(1, column, MOST_ROWS - 1, column, offer)
    buffer.seek(0)
    return buffer
