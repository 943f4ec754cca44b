"""A report as a workbook: its text, and a sheet for each of its tables to calculate with.

Text stays text, numbers are numbers and days are days. Words that stand in the place of a missing
number are text, too.
"""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gwonseon.tables.workbooks import AS_TYPED
from plans.reports.characters import clean
from plans.reports.document import (
    Bullet,
    Cell,
    CellKind,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
)

# The same report has the same bytes: no file knows when it was made.
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# What a cell holds; Excel refuses files with longer texts.
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
# Not allowed in the name of a sheet.
IN_NO_NAME = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")
A4 = 9
COVER = "보고서"
FORMATS = {CellKind.NUMBER: "#,##0.##", CellKind.PERCENT: "0.0", CellKind.DAY: "yyyy-mm-dd"}
BAR = {
    "type": "data_bar",
    "bar_color": "#9DC3E6",
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 100,
}


def xlsx_of(document: Document) -> bytes:
    """Return the workbook."""
    buffer = BytesIO()
    with Workbook(buffer, AS_TYPED) as book:
        book.set_properties({"title": document.title, "author": document.office, "created": MADE})
        styles = Styles(book)
        write_text(book.add_worksheet(COVER), document, styles)
        for table in document.sheets:
            write_table(book.add_worksheet(name_of(table)), table, styles)
        draw_charts(book, document)
    return buffer.getvalue()


class Styles:
    """The formats of a workbook's cells."""

    def __init__(self, book: Workbook) -> None:
        edges = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.strong = book.add_format({"bold": True})
        self.note = book.add_format({"font_color": "#595959"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        head = {"bold": True, "bg_color": "#E7EBF0", "align": "center", "valign": "vcenter"}
        self.head = book.add_format(edges | head | {"text_wrap": True})
        self._cells = {
            (kind, is_strong): book.add_format(edges | look_of(kind) | {"bold": is_strong})
            for kind in CellKind
            for is_strong in (False, True)
        }

    def of(self, kind: CellKind, *, is_strong: bool) -> Format:
        """Return the format of a column's cells."""
        return self._cells[kind, is_strong]


def look_of(kind: CellKind) -> dict[str, Any]:
    """Return how the cells of a kind look."""
    if kind is CellKind.TEXT:
        return {"text_wrap": True}
    return {"num_format": FORMATS[kind], "align": "right"}


def name_of(table: Table) -> str:
    """Return the name of a table's sheet."""
    return table.name.translate(IN_NO_NAME)[:LONGEST_NAME]


def write_text(sheet: Worksheet, document: Document, styles: Styles) -> None:
    """Write the title and the lines of a report, each marker in a column of its own."""
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 110)
    put(sheet, 0, 0, document.title, styles.title)
    for at, line in enumerate((document.subtitle, document.office, document.source), start=1):
        put(sheet, at, 0, line, styles.note)
    row = 5
    for block in document.blocks:
        match block:
            case Heading():
                put(sheet, row, 0, block.text, styles.strong)
            case Bullet():
                put(sheet, row, 0, block.marker, styles.wrapped)
                put(sheet, row, 1, block.text, styles.wrapped)
            case Paragraph():
                put(sheet, row, 1, block.text, styles.wrapped)
            case Table() | Chart():
                name = block.caption if isinstance(block, Table) else block.alt
                put(sheet, row, 1, name, styles.note)
            case _:
                continue
        row += 1
    set_up_page(sheet, is_landscape=False)


def write_table(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Write a table below its head, which stays in sight and on every printed page."""
    write_head(sheet, table, styles)
    first = 1 + table.has_groups
    for number, line in enumerate(table.rows):
        for at, (column, cell) in enumerate(zip(table.columns, line.cells, strict=True)):
            if cell is not None:
                write_cell(
                    sheet,
                    (first + number, at),
                    cell,
                    styles.of(column.kind, is_strong=line.is_strong),
                )
    last = first + len(table.rows) - 1
    sheet.freeze_panes(first, 0)
    sheet.repeat_rows(0, first - 1)
    if table.rows:
        sheet.autofilter(first - 1, 0, last, len(table.columns) - 1)
        for at, column in enumerate(table.columns):
            if column.has_bars:
                sheet.conditional_format(first, at, last, at, BAR)
    if table.note:
        put(sheet, last + 2, 0, table.note, styles.note)
    set_up_page(sheet, is_landscape=True)


def write_head(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Write the head: one row, or two where columns stand below a merged one."""
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width + 2)
        put(sheet, table.has_groups, at, column.title, styles.head)
    at = 0
    for group, size in table.groups() if table.has_groups else ():
        if size > 1:
            sheet.merge_range(0, at, 0, at + size - 1, clean(group), styles.head)
        else:
            put(sheet, 0, at, group, styles.head)
        at += size


def write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Format) -> None:
    """Write a value in its own type, or the words for a missing one."""
    match cell.value:
        case None | str():
            put(sheet, *place, cell.text, style)
        case date() as day:
            sheet.write_datetime(*place, day, style)
        case number:
            sheet.write_number(*place, number, style)


def put(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text, as much of it as a cell holds."""
    sheet.write_string(row, column, clean(text)[:LONGEST_TEXT], style)


def set_up_page(sheet: Worksheet, *, is_landscape: bool) -> None:
    """Have a sheet printed on A4, as wide as the paper, with page numbers."""
    sheet.set_paper(A4)
    if is_landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def draw_charts(book: Workbook, document: Document) -> None:
    """Draw each chart of the report from cells beside it, on a sheet of its own."""
    charts = [one for one in document.blocks if isinstance(one, Chart)]
    if not charts:
        return
    sheet = book.add_worksheet("그림")
    row = 0
    for chart in charts:
        last = row + len(chart.bars)
        sheet.write_string(row, 0, chart.title)
        for at, (label, percent) in enumerate(chart.bars, start=row + 1):
            sheet.write_string(at, 0, label)
            sheet.write_number(at, 1, percent)
        drawn = book.add_chart({"type": "bar"})
        drawn.add_series(
            {
                "name": chart.title,
                "categories": [sheet.name, row + 1, 0, last, 0],
                "values": [sheet.name, row + 1, 1, last, 1],
                "data_labels": {"value": True},
            }
        )
        drawn.set_title({"name": chart.title})
        drawn.set_legend({"none": True})
        drawn.set_x_axis({"min": 0, "max": 100})
        drawn.set_y_axis({"reverse": True})
        sheet.insert_chart(row, 3, drawn, {"description": chart.alt})
        row = max(last, row + 15) + 2
    sheet.set_column(0, 0, 30)
    set_up_page(sheet, is_landscape=True)
