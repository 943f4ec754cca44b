"""A report's most detailed table as CSV, which Excel opens as Korean text."""

from datetime import date
from decimal import Decimal
from typing import Any

from gwonseon.fields.numbers import written
from gwonseon.tables.csv_files import csv_file
from plans.reports.characters import clean
from plans.reports.document import Cell, Document


def csv_of(document: Document) -> bytes:
    """Return the file: numbers without commas, days as 2021-03-31, no formula from text."""
    table = document.sheets[-1]
    heads = [" ".join(filter(None, (one.group, one.title))) for one in table.columns]
    return csv_file([heads, *([value_of(one) for one in row.cells] for row in table.rows)])


def value_of(cell: Cell | None) -> Any:
    """Return what a cell of the file holds."""
    match cell.value if cell else "":
        case None:
            return clean(cell.missing)
        case str() as text:
            return clean(text)
        case date() as day:
            return day.isoformat()
        case number:
            # Stays a number, so that a negative one is not taken for a formula.
            return Decimal(written(number))
