"""A table as CSV or JSON, line by line."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from gwonseon.fields.numbers import written
from gwonseon.office.models import District
from gwonseon.tables.csv_files import csv_lines
from plans.opendata import licence
from plans.opendata.tables.declaring import DataTable, plain

# Small pieces cost more to send than to make.
PIECE = 64 * 1024


def csv_of(table: DataTable) -> Iterator[str]:
    """Yield a table as CSV with a byte order mark; texts never become formulas of a spreadsheet."""
    head = [one.name for one in table.columns]
    yield from csv_lines([head])
    rows = ([plain(cell) for cell in row] for row in table.rows())
    lines = csv_lines(rows)
    yield from (line.removeprefix("\ufeff") for line in lines)


def json_of(table: DataTable, district: District) -> Iterator[str]:
    """Yield a table as JSON: what it is, and `rows`, one a line. Numbers keep all their digits."""
    about = {
        "table": table.name,
        "version": licence.VERSION,
        "title": table.title,
        "licence": licence.as_data(district),
        "is_sample": district.is_sample,
    }
    yield as_json(about).removesuffix("}") + ',"rows":['
    names = [as_json(one.name) for one in table.columns]
    before = "\n"
    for row in table.rows():
        cells = zip(names, map(literal, row), strict=True)
        yield before + "{" + ",".join(f"{name}:{cell}" for name, cell in cells) + "}"
        before = ",\n"
    yield "\n]}\n"


def literal(value: Any) -> str:
    """Return a cell's value as JSON."""
    return written(value) if isinstance(value, Decimal) else as_json(plain(value))


def as_json(value: Any) -> str:
    """Return a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as bytes, many of them at once."""
    kept: list[str] = []
    size = 0
    for text in texts:
        kept.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(kept).encode()
            kept, size = [], 0
    yield "".join(kept).encode()
