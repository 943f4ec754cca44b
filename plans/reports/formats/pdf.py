"""A report as PDF/UA-1: tagged, with bookmarks, and with all its fonts."""

import json
import logging
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from gwonseon.bounded import run_bounded
from gwonseon.refusals import RefusedError
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
    percentage,
)
from plans.reports.formats import typesetting
from plans.reports.formats.glyphs import FOLDERS, printable

log = logging.getLogger(__name__)

# Limits of setting one report: seconds of CPU time, bytes of memory, seconds of the clock.
MOST_SECONDS = 60
MOST_BYTES = 2 * 2**30
MOST_WAITING = 300.0
TOO_LARGE = "보고서가 너무 커서 PDF로 만들지 못했습니다. 범위를 줄여 다시 받으세요."

ALIGNMENTS = {
    CellKind.NUMBER: "right",
    CellKind.PERCENT: "right",
    CellKind.DAY: "center",
    CellKind.TEXT: "left",
}
# The em of a table's characters in a line of an upright and of a landscape page.
LINE, LANDSCAPE_LINE = 53.0, 80.0
# The em left and right of a cell's text, of the narrowest column of texts, and of the widest word
# of a head that is not divided.
PADDING, NARROWEST, WIDEST = 0.9, 5.0, 6.0
# The em of the widest label beside a bar.
WIDEST_LABEL = 16.0
# How small the characters of a wide table may become.
SMALLEST = 0.6
# The first character that is as wide as one of Hangul, and those that are narrower than digits.
WIDE = "\u1100"
NARROW = " .,"

Data = dict[str, Any]


def pdf_of(document: Document) -> bytes:
    """Return a report as PDF/UA-1, the same bytes for the same document.

    Sets it in a process of its own, with limits. Raises RefusedError if they are reached.
    """
    # The folder is this process's, so that it goes even if the other one is killed.
    with TemporaryDirectory() as folder, TemporaryFile("w+b") as file:
        pictures = [block for block in document.blocks if isinstance(block, Picture)]
        for number, picture in enumerate(pictures):
            Path(folder, picture_name(number)).write_bytes(picture.content)
        file.write(json.dumps(data_of(document) | {"folder": folder}).encode())
        file.seek(0)
        limits = (MOST_SECONDS, MOST_BYTES)
        try:
            done = run_bounded(typesetting.__file__, *limits, file=file, seconds=MOST_WAITING)
        except subprocess.TimeoutExpired as error:
            raise RefusedError(TOO_LARGE) from error
    if done.returncode < 0 or done.returncode == typesetting.TOO_LARGE:
        log.warning("setting a report as PDF ended with %s", done.returncode)
        raise RefusedError(TOO_LARGE)
    # What the program says of a fault of ours may repeat the report's texts: it is not logged.
    done.check_returncode()
    return done.stdout


def picture_name(number: int) -> str:
    """Return the file name of a report's picture, by how many are before it."""
    return f"{number}.jpg"


def data_of(document: Document) -> Data:
    """Return a document as the typesetting program reads it, without its folder."""
    return {
        "fonts": [*map(str, FOLDERS)],
        "title": printable(document.title).strip() or "보고서",
        "subtitle": printable(document.subtitle),
        "office": printable(document.office),
        "source": printable(document.source),
        "is_landscape": document.is_landscape,
        "is_one_page": document.is_one_page,
        "blocks": [*blocks_of(document)],
    }


def blocks_of(document: Document) -> Iterator[Data]:
    """Yield the blocks.

    PDF/UA wants headings with words, and none more than one level below the one before.
    """
    level = pictures = 0
    line = LANDSCAPE_LINE if document.is_landscape else LINE
    for block in document.blocks:
        match block:
            case Heading():
                if text := printable(block.text).strip():
                    level = min(block.level, level + 1)
                    yield {"kind": "heading", "level": level, "text": text}
            case Picture():
                yield picture_of(block, picture_name(pictures))
                pictures += 1
            case Table():
                yield table_of(block, line)
            case _:
                yield other_block(block)


def other_block(block: Block) -> Data:
    """Return a block that depends on no other and on no page."""
    match block:
        case Bullet():
            return {"kind": "bullet", "depth": block.depth, "text": printable(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "text": printable(block.text)}
        case Chart():
            return chart_of(block)
    raise TypeError(type(block))


def picture_of(picture: Picture, file: str) -> Data:
    """Return a picture, which has a text to be read in its place."""
    caption = printable(picture.caption)
    alt = printable(picture.alt) or caption or "사진"
    return {"kind": "picture", "file": file, "alt": alt, "caption": caption}


def chart_of(chart: Chart) -> Data:
    """Return a chart; a bar is drawn no longer than its whole."""
    bars = [
        {
            "label": printable(label),
            "text": percentage(value),
            "share": float(min(max(value, Decimal(0)), Decimal(100))),
        }
        for label, value in chart.bars
    ]
    title = printable(chart.title)
    alt = printable(chart.alt) or title or "도표"
    widest = max((width_of(bar["label"]) for bar in bars), default=0)
    return {
        "kind": "chart",
        "title": title,
        "alt": alt,
        "label_width": min(widest, WIDEST_LABEL),
        "bars": bars,
    }


def table_of(table: Table, line: float) -> Data:
    """Return a table that fits a line of so many em, if need be in smaller characters."""
    rows = [row_of(row, table.columns) for row in table.rows]
    needed = [
        needed_for(column, (row["cells"][at] for row in rows))
        for at, column in enumerate(table.columns)
    ]
    widths = widths_of(needed, table.columns, line)
    return {
        "kind": "table",
        "caption": printable(table.caption),
        "note": printable(table.note),
        "scale": max(SMALLEST, min(1, line / sum(needed))),
        "head_rows": 2 if table.has_groups else 1,
        "groups": [*groups_of(table)],
        "columns": [
            {"title": printable(column.title), "width": width, "is_grouped": bool(column.group)}
            for column, width in zip(table.columns, widths, strict=True)
        ],
        "rows": rows,
    }


def groups_of(table: Table) -> Iterator[Data]:
    """Yield the merged heads: each with its first column and how many columns it stands above."""
    at = 0
    for title, columns in table.groups():
        if title:
            yield {"title": printable(title), "at": at, "columns": columns}
        at += columns


def widths_of(needed: Sequence[float], columns: Sequence[Column], line: float) -> list[float]:
    """Return the columns' widths in em, `line` in sum: as wanted, but none less than is needed."""
    parts = sum(column.width for column in columns)
    wanted = [line * column.width / parts for column in columns]
    missing = sum(max(0, need - want) for need, want in zip(needed, wanted, strict=True))
    spare = sum(max(0, want - need) for need, want in zip(needed, wanted, strict=True))
    if missing >= spare:
        return [line * need / sum(needed) for need in needed]
    return [
        max(need, want - max(0, want - need) * missing / spare)
        for need, want in zip(needed, wanted, strict=True)
    ]


def needed_for(column: Column, cells: Iterable[Data | None]) -> float:
    """Return the width in em that a column needs, so that no number and no head is divided."""
    texts = (cell["text"] for cell in cells if cell and cell["is_whole"])
    words = (min(width_of(one), WIDEST) for one in printable(column.title).split())
    least = NARROWEST if column.kind is CellKind.TEXT else 1
    return PADDING + max(*map(width_of, texts), *words, least, 0)


def width_of(text: str) -> float:
    """Return at least the width of a text in em."""
    return sum(1 if one >= WIDE else 0.3 if one in NARROW else 0.58 for one in text)


def row_of(row: Row, columns: Sequence[Column]) -> Data:
    """Return a row."""
    cells = [
        None if cell is None else cell_of(cell, column)
        for cell, column in zip(row.cells, columns, strict=True)
    ]
    return {"is_strong": row.is_strong, "cells": cells}


def cell_of(cell: Cell, column: Column) -> Data:
    """Return a cell; words in a column of numbers stand in the middle, and so do merged cells."""
    is_words = cell.value is None or isinstance(cell.value, str)
    is_centred = cell.rows > 1 or (is_words and column.kind is not CellKind.TEXT)
    return {
        "text": printable(column.shown(cell)),
        "rows": cell.rows,
        "align": "center" if is_centred else ALIGNMENTS[column.kind],
        "is_whole": not is_words,
    }
