"""A report as a page: within the portal, and as a file that refers to nothing outside itself."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from plans.reports.charts import chart_svg
from plans.reports.document import Block, Bullet, Cell, Chart, Column, Document, Head, Table

STYLE = Path(settings.BASE_DIR) / "static" / "report.css"


def html_of(document: Document) -> bytes:
    """Return the file."""
    context = {
        "document": document,
        "blocks": list(parts_of(document)),
        "style": mark_safe(STYLE.read_text(encoding="utf-8")),  # noqa: S308 our own file
    }
    return render_to_string("reports/file.html", context).encode()


def parts_of(document: Document) -> Iterator[tuple[str, Any]]:
    """Yield the blocks with the names of their kinds, as `reports/_document.html` takes them.

    Lines that follow each other are one list.
    """
    for is_bullet, blocks in groupby(document.blocks, key=lambda one: isinstance(one, Bullet)):
        if is_bullet:
            yield "Bullets", list(blocks)
        else:
            yield from map(part_of, blocks)


def part_of(block: Block) -> tuple[str, Any]:
    """Return a block with the name of its kind."""
    name = type(block).__name__
    match block:
        case Table():
            return name, ShownTable(block)
        case Chart():
            return name, mark_safe(chart_svg(block))  # noqa: S308 escaped by its template
        case _:
            return name, block


class ShownTable:
    """A table for a template: each cell with the kind of its column, covered ones left out."""

    def __init__(self, table: Table) -> None:
        self.caption, self.note = table.caption, table.note
        self.head_rows: list[list[Head]] = table.head_rows()
        self.lines = [
            {"is_strong": row.is_strong, "cells": list(shown(table.columns, row.cells))}
            for row in table.rows
        ]


def shown(
    columns: Sequence[Column], cells: Sequence[Cell | None]
) -> Iterator[tuple[str, int, str]]:
    """Yield the kind, number of rows and text of each cell of a row that is not covered."""
    for column, cell in zip(columns, cells, strict=True):
        if cell is not None:
            yield column.kind.value, cell.rows, column.shown(cell)
