"""A report of a closed quarter says the same in every format, and what the database froze.

Each file is read by another library than wrote it.
"""

import csv
import html
import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pypdf
from openpyxl import load_workbook

from plans.reports.building import build
from plans.reports.document import Bullet, Chart, Document, Heading, Paragraph, Table
from plans.reports.formats.registry import WRITERS
from plans.reports.requests import Compared, Format, Inclusion, ReportKind, ReportRequest, Won
from plans.tracking.closing.models import Closing, Snapshot
from tests.plans.reports.hwpx_files import paragraphs_by_hwpforge, tables_by_hwpforge

# Columns of the activities' sheet, and what a snapshot calls their numbers.
FROZEN = {
    "연간 목표": "yearly_target",
    "기간 목표": "period_target",
    "기간 실적": "amount",
    "그중 늦게 확정": "late",
    "누계": "counted",
    "달성률(%)": "rate",
    "진행률(%)": "pace",
    "계획액(원)": "budget",
    "계약액(원)": "contracted",
    "집행액(원)": "spent",
    "집행률(%)": "spent_rate",
}


def squeezed(text: str) -> str:
    """Return a text without white space, where files break lines as they like."""
    return re.sub(r"\s+", "", text)


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def html_text(content: bytes) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", content.decode()))


def hwpx_text(content: bytes) -> str:
    cells = [cell for table in tables_by_hwpforge(content) for row in table for cell in row]
    return "\n".join([*paragraphs_by_hwpforge(content), *cells])


READERS: dict[Format, Callable[[bytes], str]] = {
    Format.HWPX: hwpx_text,
    Format.PDF: pdf_text,
    Format.HTML: html_text,
    Format.TXT: bytes.decode,
}


def texts_of(document: Document) -> set[str]:
    """Return all that a report says, as people read it."""
    said = {document.title, document.subtitle, document.office, document.source}
    for block in document.blocks:
        match block:
            case Heading() | Bullet() | Paragraph():
                said.add(block.text)
            case Chart():
                said |= {label for label, _percent in block.bars}
            case Table():
                said |= {block.caption, block.note, *(one.title for one in block.columns)}
                said |= {
                    column.shown(cell)
                    for row in block.rows
                    for column, cell in zip(block.columns, row.cells, strict=True)
                    if cell
                }
    return {squeezed(one) for one in said} - {""}


def numbers_in(rows: list[list[Any]]) -> dict[str, dict[str, Decimal | None]]:
    """Return the numbers of a file's table, by the title of the activity; None for words."""
    heads, *lines = rows
    at = heads.index("활동")
    return {
        str(line[at]): {head: number_of(line[heads.index(head)]) for head in FROZEN}
        for line in lines
        if line[at]
    }


def numbers_of_workbook(content: bytes) -> set[int]:
    """Return all whole numbers of a workbook's cells."""
    book = load_workbook(BytesIO(content))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return {int(one) for one in cells if isinstance(one, int)}


def number_of(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def test_every_format_says_what_was_frozen(closings: list[Closing]) -> None:
    closing = closings[-1]
    request = ReportRequest(
        ReportKind.PROGRESS,
        closing.period.plan,
        closing,
        parts=frozenset(Inclusion),
        compared=Compared.PERIOD,
        won=Won.ONE,
    )
    document = build(request)
    files = {one: WRITERS[one].write(document) for one in Format}

    said = texts_of(document)
    assert len(said) > 100
    for ending, read in READERS.items():
        text = squeezed(read(files[ending]))
        assert {one for one in said if one not in text} == set(), ending
    frozen = {
        one.data["title"]: {head: number_of(one.data[name]) for head, name in FROZEN.items()}
        for one in Snapshot.objects.filter(closing=closing)
    }
    sheet = load_workbook(BytesIO(files[Format.XLSX]))["활동"]
    lines = list(csv.reader(StringIO(files[Format.CSV].decode("utf-8-sig"))))
    assert numbers_in([list(row) for row in sheet.iter_rows(values_only=True)]) == frozen
    assert numbers_in(lines) == frozen
    assert any(one["누계"] for one in frozen.values())
