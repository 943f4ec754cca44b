"""Reading of uploads: a normal sheet of 2,000 × 60 cells, and files made to harm.

The normal sheet is compared with openpyxl, which most Django projects use, in the same run. Seconds
are CPU time of our process and of the one that reads, so that other work on the machine does not
count. Good: under 0.5 s and at most half of openpyxl's; no file costs more than 2 s and 200 MB.
"""

import resource
import statistics
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from xlsxwriter import Workbook

from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import MOST_COLUMNS, MOST_ROWS
from gwonseon.tables.workbooks import read_workbook

RUNS = 5
SECONDS, SHARE = 0.5, 0.5
MOST_SECONDS, MOST_MEGABYTES = 2.2, 210
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
HOSTILE = {
    "3,000,000 empty cells": (
        "xl/worksheets/sheet1.xml",
        SHEET % ('<row r="1">' + "<c/>" * 3_000_000 + "</row>"),
    ),
    "2,600,000 shared strings": (
        "xl/sharedStrings.xml",
        f'<sst xmlns="{MAIN}">' + "<si><t/></si>" * 2_600_000 + "</sst>",
    ),
    "two cells, far apart": (
        "xl/worksheets/sheet1.xml",
        SHEET % '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    ),
}


def main() -> int:
    """Run the benchmark, print the result, and return 1 where a limit is missed."""
    content = normal_sheet()
    ours, theirs = zip(*(timed_pair(content) for _run in range(RUNS)), strict=True)
    own, other = statistics.median(ours), statistics.median(theirs)
    missed = own > SECONDS or own > SHARE * other
    print(f"{MOST_ROWS:,} × {MOST_COLUMNS} cells: {own:.2f} s, openpyxl {other:.2f} s", end="")
    print(f", {own / other:.2f} of it", "(missed)" if missed else "")
    for name, part in HOSTILE.items():
        seconds, megabytes, size = cost_of(with_part(content, *part))
        too_much = seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES
        missed = missed or too_much
        print(f"{name} ({size:,} bytes): {seconds:.2f} s, {megabytes} MB", end="")
        print(" (missed)" if too_much else "")
    return int(missed)


def normal_sheet() -> bytes:
    """Return a sheet of text, numbers and dates, of the largest size that the portal accepts."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("표")
        for row in range(MOST_ROWS):
            for column in range(0, MOST_COLUMNS, 2):
                sheet.write_string(row, column, f"예시 {row} {column}")
                sheet.write_number(row, column + 1, row * column / 4)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: str) -> bytes:
    """Return a workbook with one part of its ZIP file replaced."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, part if one == name else old.read(one))
    return buffer.getvalue()


def timed_pair(content: bytes) -> tuple[float, float]:
    """Return the seconds to read a workbook: by our reader, and by openpyxl."""
    return timed(lambda: read_workbook(BytesIO(content))), timed(lambda: by_openpyxl(content))


def by_openpyxl(content: bytes) -> list[list]:
    """Return a workbook's values, read by openpyxl in its fastest way."""
    with warnings.catch_warnings(action="ignore"):
        book = load_workbook(BytesIO(content), read_only=True)
        return [[*row] for row in book.worksheets[0].iter_rows(values_only=True)]


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a function call."""
    started = cpu_seconds()
    work()
    return cpu_seconds() - started


def cpu_seconds() -> float:
    """Return the CPU seconds so far of this process and its child processes."""
    ours, theirs = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def cost_of(content: bytes) -> tuple[float, int, int]:
    """Return the CPU seconds, the peak memory so far in MB, and the size of a hostile file."""
    started = cpu_seconds()
    with suppress(RefusedError):
        read_workbook(BytesIO(content))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return cpu_seconds() - started, most // 1024, len(content)


if __name__ == "__main__":
    sys.exit(main())
