"""A report with a table of 500 rows as HWPX, beside the library's own ways to fill a table.

The usual way, a call for each cell, takes four times as long for twice the rows: it is measured on
fewer rows and scaled by the square. The library's quicker way, walking the rows, is measured in
full. Seconds are CPU time. Good: under 1 s, and at most a fifth of the quicker way.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from hwpx import HwpxDocument

settings.configure(BASE_DIR=Path(__file__).parent.parent)

from plans.reports.document import Cell, CellKind, Column, Document, Row, Table  # noqa: E402
from plans.reports.formats.hwpx import hwpx_of  # noqa: E402

ROWS, COLUMNS, FEWER, RUNS = 500, 8, 60, 5
SECONDS, SHARE = 1.0, 0.2


def main() -> int:
    """Run the benchmark, print the result, and return 1 where a limit is missed."""
    report = made_up(ROWS)
    pairs = [(timed(lambda: hwpx_of(report)), timed(walked)) for _run in range(RUNS)]
    own, walking = map(statistics.median, zip(*pairs, strict=True))
    by_cell = timed(lambda: called(FEWER)) * (ROWS / FEWER) ** 2
    missed = own > SECONDS or own > SHARE * walking
    print(f"{ROWS} × {COLUMNS} cells: {own:.2f} s", "(missed)" if missed else "")
    print(f"rows walked: {walking:.2f} s, we take {own / walking:.2f} of it")
    print(f"a call for each cell: {by_cell:.0f} s from {FEWER} rows, {own / by_cell:.4f} of it")
    return int(missed)


def made_up(rows: int) -> Document:
    """Return a report with a table of texts and numbers."""
    columns = [
        Column(
            f"열 {at}", CellKind.NUMBER if at % 2 else CellKind.TEXT, group="묶음" if at % 4 else ""
        )
        for at in range(COLUMNS)
    ]
    found = [
        Row([Cell(1000 * row + at if at % 2 else text(row, at)) for at in range(COLUMNS)])
        for row in range(rows)
    ]
    table = Table("표", "추진과제별 추진현황", columns, found)
    return Document("추진실적 보고", "2021년", "권선구", "예시 자료", [table], [table])


def text(row: int, column: int) -> str:
    """Return what stands in a cell."""
    return f"예시 {row}번째 과제를 추진함 {column}"


def walked() -> bytes:
    """Return the table alone, written by walking the library's rows and cells."""
    document = HwpxDocument.new()
    for row, one in enumerate(document.add_table(ROWS, COLUMNS).rows):
        for column, cell in enumerate(one.cells):
            cell.set_text(text(row, column))
    return document.to_bytes()


def called(rows: int) -> bytes:
    """Return a table of some rows, written by a call for each cell."""
    document = HwpxDocument.new()
    table = document.add_table(rows, COLUMNS)
    for row in range(rows):
        for column in range(COLUMNS):
            table.set_cell_text(row, column, text(row, column))
    return document.to_bytes()


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a function call."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
