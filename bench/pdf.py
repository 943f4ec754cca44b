"""A report of about 100 pages as PDF: headings, tables, bullets and charts of a year.

Beside it stands the same as HTML, printed as PDF/UA by WeasyPrint, if there is one on the PATH (it
is none of the portal's libraries: install it in a folder of its own), else by Chromium. Seconds are
CPU time of all processes, so that other work on the machine does not count; memory is that of the
largest process. Good: under 2 s, and for a page at most a fifth of WeasyPrint's time, or as much as
Chromium's, whose helpers are not all counted.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from pypdf import PdfReader

if TYPE_CHECKING:
    from plans.reports.document import Block, Document

PARTS, BULLETS, ROWS = 60, 12, 25
RUNS = 3
SECONDS = 2.0
SHARES = {"WeasyPrint": 0.2, "Chromium": 1.0}
TEXT = (
    "침수 우려지역의 배수시설을 점검하고 준설하였으며, 폭염저감시설(그늘막) 32개소를 설치하여 "
    "주민 불편을 줄였습니다. 미세먼지 연평균 농도는 18㎍/㎥로 작년보다 낮아졌습니다."
)
STYLE = """
@font-face {{ font-family: Noto; src: url({regular}) }}
@font-face {{ font-family: Noto; font-weight: bold; src: url({bold}) }}
@page {{ size: A4; margin: 18mm 20mm; @bottom-center {{ content: counter(page) }} }}
body {{ font: 10.5pt/1.6 Noto }}
table {{ width: 100%; border-collapse: collapse; font-size: 9pt }}
td, th {{ border: 1px solid; padding: 1mm; line-height: 1.3 }}
p, h2 {{ margin: 0.5em 0 }}
"""


class Cost(NamedTuple):
    """What a PDF took: CPU seconds, and megabytes of the largest process so far."""

    seconds: float
    megabytes: int
    content: bytes

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(PdfReader(BytesIO(self.content)).pages)


def main() -> int:
    """Run the benchmark, print its lines, and return 1 where a bound is missed."""
    with TemporaryDirectory() as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="gwonseon.settings", VAR=folder, DEBUG="1")
        from plans.reports.formats.pdf import pdf_of

        found = report()
        ours = min(cost_of(lambda: pdf_of(found)) for _run in range(RUNS))
        page = Path(folder, "report.html")
        page.write_text("".join(html_of(found)), encoding="utf-8")
        name, command = other()
        theirs = cost_of(lambda: printed(command, page))
    show("the portal", ours)
    show(name, theirs)
    share = (ours.seconds / ours.pages) / (theirs.seconds / theirs.pages)
    missed = ours.seconds > SECONDS or share > SHARES[name]
    print(f"{share:.2f} of its time for a page", "(missed)" if missed else "")
    return int(missed)


def report() -> "Document":
    """Return a report of about 100 pages."""
    from plans.reports.document import (
        Bullet,
        Cell,
        CellKind,
        Chart,
        Column,
        Document,
        Heading,
        Row,
        Table,
    )

    columns = [
        Column("세부과제", width=40),
        Column("목표", CellKind.NUMBER, group="연간"),
        Column("누계", CellKind.NUMBER, group="연간"),
        Column("달성률(%)", CellKind.PERCENT),
        Column("예산(천원)", CellKind.NUMBER, 14),
    ]
    rows = [
        Row(
            [
                Cell(f"{at}번째 과제: {TEXT[:40]}"),
                *map(Cell, (1200, at * 40)),
                Cell(Decimal(at)),
                Cell(9**8),
            ]
        )
        for at in range(ROWS)
    ]
    bars = [(pillar, Decimal(60)) for pillar in ("안전", "복지", "시민", "문화")]
    blocks: list[Block] = []
    for part in range(PARTS):
        blocks += [
            Heading(f"{part + 1}번째 추진과제"),
            Table(f"표 {part}", "세부과제별 추진현황", columns, rows),
            Chart("축별 달성률", bars, "축마다 60%"),
            *(Bullet(f"{TEXT} {part}-{at}", at % 3) for at in range(BULLETS)),
        ]
    return Document("2021년 추진실적 보고", "2021년", "권선구", "출처", blocks, [])


def html_of(found: "Document") -> Iterator[str]:
    """Yield the report as HTML with as much style as it needs."""
    from plans.reports.formats.glyphs import FOLDERS

    regular, bold = (next(folder.glob("*.ttf")).as_uri() for folder in FOLDERS[:2])
    style = STYLE.format(regular=regular, bold=bold)
    yield f'<!doctype html><html lang="ko"><title>{found.title}</title><style>{style}</style>'
    yield f"<h1>{found.title}</h1>"
    for block in found.blocks:
        yield from block_html(block)


def block_html(block: "Block") -> Iterator[str]:
    """Yield a block as HTML."""
    from plans.reports.document import Bullet, Chart, Heading, Table

    match block:
        case Heading():
            yield f"<h2>{escape(block.text)}</h2>"
        case Bullet():
            yield f'<p style="margin-left: {block.depth}em">{block.marker} {escape(block.text)}</p>'
        case Chart():
            for label, value in block.bars:
                yield f'<div style="background: #ccc; width: {value}%">{label} {value}%</div>'
        case Table():
            heads = "".join(f"<th>{column.title}</th>" for column in block.columns)
            yield f"<table><caption>{block.caption}</caption><thead><tr>{heads}</tr></thead>"
            for row in block.rows:
                cells = (f"<td>{escape(cell.text)}</td>" for cell in row.cells if cell)
                yield f"<tr>{''.join(cells)}</tr>"
            yield "</table>"


def other() -> tuple[str, list[str]]:
    """Return the name of what is compared with, and its command without the two files."""
    if path := shutil.which("weasyprint"):
        return "WeasyPrint", [path, "--quiet", "--pdf-variant", "pdf/ua-1"]
    print("WeasyPrint is not on the PATH: compared with Chromium.")
    from tests.browser import chromium

    return "Chromium", [str(chromium.executable()), "--headless", "--no-sandbox"]


def printed(command: list[str], page: Path) -> bytes:
    """Return a page as PDF, printed by a command."""
    target = page.with_suffix(".pdf")
    is_browser = "--headless" in command
    files = [f"--print-to-pdf={target}", page.as_uri()] if is_browser else [page, target]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return target.read_bytes()


def cost_of(work: Callable[[], bytes]) -> Cost:
    """Return what making a PDF takes."""
    started = cpu_seconds()
    content = work()
    seconds = cpu_seconds() - started
    return Cost(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, content)


def cpu_seconds() -> float:
    """Return the CPU seconds so far of this process and its child processes."""
    ours, theirs = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def show(name: str, cost: Cost) -> None:
    """Print a line of the table."""
    size = len(cost.content) // 1000
    print(f"{name}: {cost.pages} pages in {cost.seconds:.2f} s, {cost.megabytes} MB, {size:,} kB")


if __name__ == "__main__":
    sys.exit(main())
