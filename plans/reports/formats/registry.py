"""The formats of reports: what makes the files of each."""

from collections.abc import Callable
from dataclasses import dataclass

from plans.reports.document import Document
from plans.reports.formats.csv import csv_of
from plans.reports.formats.html import html_of
from plans.reports.formats.hwpx import hwpx_of
from plans.reports.formats.pdf import pdf_of
from plans.reports.formats.txt import txt_of
from plans.reports.formats.xlsx import xlsx_of
from plans.reports.requests import Format


@dataclass(frozen=True)
class FormatWriter:
    """What makes the files of a format, and what browsers are told about them."""

    write: Callable[[Document], bytes]
    content_type: str


WRITERS = {
    Format.HWPX: FormatWriter(hwpx_of, "application/hwp+zip"),
    Format.PDF: FormatWriter(pdf_of, "application/pdf"),
    Format.XLSX: FormatWriter(
        xlsx_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    Format.CSV: FormatWriter(csv_of, "text/csv; charset=utf-8"),
    Format.HTML: FormatWriter(html_of, "text/html; charset=utf-8"),
    Format.TXT: FormatWriter(txt_of, "text/plain; charset=utf-8"),
}
