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
class Writer:
    """What makes the files of a format, and what browsers are told about them."""

    write: Callable[[Document], bytes]
    content_type: str


WRITERS = {
    Format.HWPX: Writer(hwpx_of, "application/hwp+zip"),
    Format.PDF: Writer(pdf_of, "application/pdf"),
    Format.XLSX: Writer(
        xlsx_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    Format.CSV: Writer(csv_of, "text/csv; charset=utf-8"),
    Format.HTML: Writer(html_of, "text/html; charset=utf-8"),
    Format.TXT: Writer(txt_of, "text/plain; charset=utf-8"),
}
