"""Writer of a plan as an XLSX workbook that staff fill in and upload again."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db.models import CharField, TextField
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gwonseon.tables.cells import letter_of
from gwonseon.tables.workbooks import AS_TEXT, AS_TYPED, LISTS
from plans.editing.sheets.columns import (
    KEY,
    MANY,
    PARENT,
    VERSION,
    Cell,
    Choices,
    cell_of,
    columns_of,
    key_of,
    parent_of,
    sheet_nodes,
    sheet_of,
)
from plans.tree.access import LEVELS
from plans.tree.models import Node, Plan

WIDTHS = {KEY: 30, VERSION: 5, PARENT: 30, "제목": 50, "바로잡은 제목": 50, "내용": 60}
WIDTH = 14


def workbook_of(plan: Plan) -> BytesIO:
    """Return the workbook of a plan's nodes in force (9 queries)."""
    buffer = BytesIO()
    with Workbook(buffer, AS_TYPED) as book:
        choices = Choices()
        for level in LEVELS:
            SheetWriter(book, level, choices).write(plan, sheet_nodes(plan, level))
        write_lists(book, choices)
    buffer.seek(0)
    return buffer


class SheetWriter:
    """Writer of one level's sheet."""

    def __init__(self, book: Workbook, level: str, choices: Choices) -> None:
        self.sheet: Worksheet = book.add_worksheet(sheet_of(level))
        self.columns = columns_of(LEVELS[level])
        self.choices = choices
        self.headers = [KEY, VERSION, *([PARENT] if LEVELS[level].PARENT else []), *self.columns]
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.fixed = book.add_format({"font_color": "#555555", "bg_color": "#EEEEEE"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"} | AS_TEXT)
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})

    def write(self, plan: Plan, nodes: list[Node]) -> None:
        """Write the header and a row for each node."""
        for at, header in enumerate(self.headers):
            self.sheet.write_string(0, at, header, self.head)
            self.sheet.set_column(at, at, WIDTHS.get(header, WIDTH))
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, max(len(nodes), 1), len(self.headers) - 1)
        for number, node in enumerate(nodes, 1):
            known = {KEY: key_of(plan, node), VERSION: node.version, PARENT: parent_of(node)}
            for at, header in enumerate(self.headers):
                if header in known:
                    self.put(number, at, known[header], self.fixed)
                else:
                    name = self.columns[header]
                    style = self.text if holds_text(type(node), name) else self.wrapped
                    self.put(number, at, cell_of(node, name), style)
        if nodes:
            self.offer_lists(len(nodes))

    def put(self, row: int, column: int, value: Cell, style: Any) -> None:
        """Write one cell as a date, a number or text, by the value's type."""
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, int | Decimal):
            self.sheet.write_number(row, column, value, style)
        elif value:
            self.sheet.write_string(row, column, value, style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def offer_lists(self, rows: int) -> None:
        """Add drop-down lists to the columns whose cells hold one of a list's names."""
        for at, header in enumerate(self.headers):
            name = self.columns.get(header)
            names = self.choices.lists.get(name)
            if names is None or name in MANY or not names.things:
                continue
            letter = letter_of(list(self.choices.lists).index(name))
            last = len(names.things) + 1
            source = f"={LISTS}!${letter}$2:${letter}${last}"
            offer = {"validate": "list", "source": source, "error_type": "warning"}
            self.sheet.data_validation(1, at, rows, at, offer)


def holds_text(model: type[Node], name: str) -> bool:
    """Return whether a column holds text: a telephone number must not become a number."""
    return isinstance(model._meta.get_field(name), CharField | TextField)


def write_lists(book: Workbook, choices: Choices) -> None:
    """Write the sheet of allowed names, one column for each field."""
    sheet = book.add_worksheet(LISTS)
    labels = {label: name for model in LEVELS.values() for label, name in columns_of(model).items()}
    headers = {name: label for label, name in labels.items()}
    for at, (name, found) in enumerate(choices.lists.items()):
        sheet.set_column(at, at, 24)
        sheet.write_column(0, at, [headers[name], *found.things])
