"""A report of 10,000 activities as a workbook, beside the way of django-import-export.

That hands its rows to openpyxl through tablib; here openpyxl gets the same rows directly, without
our formats, bars and filters. Seconds are CPU time, megabytes the most that a process of its own
held. Good: under 1.5 s and 200 MB, and faster than openpyxl.
"""

import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook

settings.configure(BASE_DIR=Path(__file__).parent.parent)

from plans.reports.document import Cell, CellKind, Column, Document, Row, Table  # noqa: E402
from plans.reports.formats.xlsx import xlsx_of  # noqa: E402

ROWS, RUNS = 10_000, 3
SECONDS, MEGABYTES = 1.5, 200
COLUMNS = [
    *(Column(f"이름 {at}", width=24) for at in range(6)),
    *(Column(f"수 {at}", CellKind.NUMBER) for at in range(6)),
    Column("달성률(%)", CellKind.PERCENT, has_bars=True),
    Column("기한", CellKind.DAY),
    Column("상태"),
]


def main() -> int:
    """Run the benchmark, print the result, and return 1 where a limit is missed."""
    runs = [(run("report"), run("openpyxl")) for _run in range(RUNS)]
    own, other = (min(column) for column in zip(*runs, strict=True))
    missed = own[0] > SECONDS or own[1] > MEGABYTES or own[0] > other[0]
    print(
        f"{ROWS:,} activities × {len(COLUMNS)}: {own[0]:.2f} s, {own[1]:.0f} MB",
        "(missed)" if missed else "",
    )
    print(f"openpyxl: {other[0]:.2f} s, {other[1]:.0f} MB, we take {own[0] / other[0]:.2f} of it")
    return int(missed)


def run(way: str) -> tuple[float, float]:
    """Return the seconds and megabytes that one way needs, in a process of its own."""
    command = [sys.executable, "-m", "bench.xlsx", way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def measure(way: str) -> None:
    """Make the workbook in one way, and print its seconds and this process's megabytes."""
    report = made_up()
    start = time.process_time()
    content = xlsx_of(report) if way == "report" else by_openpyxl(report)
    seconds = time.process_time() - start
    assert content.startswith(b"PK")
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def made_up() -> Document:
    """Return a report whose sheet has the activities."""
    rows = [
        Row(
            [
                *(Cell(f"예시 {number % 97}번째 이름 {at}") for at in range(6)),
                *(Cell(number * at) for at in range(6)),
                Cell(number % 100),
                Cell(date(2021, 1, 1) + timedelta(days=number % 365)),
                Cell("정상추진"),
            ]
        )
        for number in range(ROWS)
    ]
    table = Table("활동", "활동별 추진현황", COLUMNS, rows)
    return Document("추진실적 보고", "2021년", "권선구", "예시 자료", [], [table])


def by_openpyxl(report: Document) -> bytes:
    """Return the same rows as openpyxl writes them."""
    book, buffer = Workbook(), BytesIO()
    (table,) = report.sheets
    book.active.append([one.title for one in table.columns])
    for row in table.rows:
        book.active.append([one.value for one in row.cells])
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        sys.exit(main())
