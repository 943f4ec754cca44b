"""How a table of the open data is declared: its name, columns, and how its rows are read.

CSV, JSON, JSON Schema, OpenAPI, DCAT and the page for people are all made from this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from gwonseon.fields.numbers import written

Row = Sequence[Any]


class Type(Enum):
    """What a column holds: its format in a schema, and its name for people."""

    TEXT = "글"
    CODE = "부호"
    INTEGER = "정수"
    NUMBER = "수"
    DATE = "날짜"
    MOMENT = "날짜와 시각"
    FLAG = "참·거짓"


NUMBERS = {Type.INTEGER, Type.NUMBER}


@dataclass(frozen=True)
class DataColumn:
    """A column: its name in the files, its Korean title, and what it says.

    `unit` is that of a number. Where `may_be_empty`, a text is "" and anything else is null.
    `codes` are a code's possible values with their labels.
    """

    name: str
    title: str
    type: Type = Type.TEXT
    about: str = ""
    unit: str = ""
    may_be_empty: bool = False
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DataTable:
    """A table of the open data. `key` are the columns that identify a row.

    `rows` reads the rows in an order that depends on nothing but them; it makes the same number of
    queries for any number of rows, and keeps no list of records.
    """

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    columns: tuple[DataColumn, ...]
    rows: Callable[[], Iterator[Row]]


def year_column() -> DataColumn:
    """Return the column of a plan's year."""
    return DataColumn("year", "연도", Type.INTEGER, "계획의 연도", "년")


def lineage_column(what: str = "활동") -> DataColumn:
    """Return the column that identifies a node of the plan in all years."""
    return DataColumn(
        "lineage", "고유 번호", Type.CODE, f"{what}의 고유 번호(UUID). 해가 바뀌어도 같습니다."
    )


def slug_column() -> DataColumn:
    """Return the column of a node's slug."""
    return DataColumn("slug", "주소 이름", Type.CODE, "누리집 주소에서 항목을 가리키는 이름")


def plain(value: Any) -> Any:
    """Return a cell's value as both formats write it: days and moments as ISO 8601.

    A number keeps its digits, but no trailing zeros.
    """
    if isinstance(value, Decimal):
        return Decimal(written(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def choices(pairs: Any) -> tuple[tuple[str, str], ...]:
    """Return a model's choices as a column's codes."""
    return tuple((str(value), str(label)) for value, label in pairs)
