"""Fit a report on one page: smaller, then with shorter texts, then with fewer of them.

What is cut off is marked with 「…」. Heights are estimated, so a part of the page stays free.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from plans.reports.characters import shortened
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    Document,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
)
from plans.reports.formats.hwpx.layout import Page

# From the usual size down to one that is still read on paper: 8.4 points for text, 7 in tables.
SCALES = (1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
# How long texts may be, in em, once they do not fit in the smallest size: at least a line.
LENGTHS = (500, 400, 300, 250, 200, 160, 130, 100, 80, 60, 45)
# How many rows a table may have, once short texts do not fit; after that, blocks are left out.
ROWS = (80, 60, 50, 40, 30, 25, 20, 15, 12, 9, 7, 5, 3)
# More rows and blocks than a page holds: the rest would only cost time to measure.
MOST_ROWS, MOST_BLOCKS = 100, 100
# The part of the page that is filled by the estimate.
FILLED = 0.92
CUT = "…"

Heights = Callable[[Document, Page], Iterable[float]]


def fitted(document: Document, heights: Heights) -> tuple[Document, Page]:
    """Return a report that fits one page, and that page.

    `heights` estimates how high each thing is that stands on it.
    """
    whole = with_blocks(with_rows(document, MOST_ROWS), MOST_BLOCKS)
    pages = [Page(document.is_landscape, scale) for scale in SCALES]
    for page in pages:
        if fits(heights(whole, page), page):
            return whole, page
    small = (one for one in shorter_ones(whole) if fits(heights(one, pages[-1]), pages[-1]))
    return next(small), pages[-1]


def fits(heights: Iterable[float], page: Page) -> bool:
    """Return whether items of these heights fit on a page; stop at the first that does not."""
    return all(one <= FILLED * page.height for one in accumulate(heights))


def shorter_ones(document: Document) -> Iterator[Document]:
    """Yield a report with ever less text, at last with its titles alone."""
    short = document
    for most in LENGTHS:
        yield (short := with_texts(short, most))
    for most in ROWS:
        yield (short := with_rows(short, most))
    for most in reversed(range(len(short.blocks))):
        yield with_blocks(short, most)


def with_texts(document: Document, most: float) -> Document:
    """Return a report with no text longer than so many em, but for its title and its source."""
    return replace(
        document,
        title=shortened(document.title, max(most, 40)),
        subtitle=shortened(document.subtitle, max(most, 40)),
        office=shortened(document.office, max(most, 40)),
        source=shortened(document.source, max(most, 120)),
        blocks=[with_text(one, most) for one in document.blocks],
    )


def with_text(block: Block, most: float) -> Block:
    """Return a block with no text longer than so many em."""
    match block:
        case Heading() | Bullet() | Paragraph():
            return replace(block, text=shortened(block.text, most))
        case Picture():
            return replace(block, caption=shortened(block.caption, most))
        case Table():
            return replace(
                block,
                caption=shortened(block.caption, most),
                note=shortened(block.note, most),
                columns=[
                    replace(
                        one,
                        title=shortened(one.title, most / 3),
                        group=shortened(one.group, most / 3),
                    )
                    for one in block.columns
                ],
                rows=[with_short_cells(one, most / 3) for one in block.rows],
            )
    return block


def with_short_cells(row: Row, most: float) -> Row:
    """Return a row with no cell longer than so many em; numbers stay whole."""
    return replace(row, cells=[one and with_short_text(one, most) for one in row.cells])


def with_short_text(cell: Cell, most: float) -> Cell:
    """Return a cell with its text shortened, unless it is a number or a day."""
    if isinstance(cell.value, str):
        return replace(cell, value=shortened(cell.value, most))
    return replace(cell, missing=shortened(cell.missing, most))


def with_rows(document: Document, most: int) -> Document:
    """Return a report with no table of more than so many rows."""
    return replace(document, blocks=[with_fewer_rows(one, most) for one in document.blocks])


def with_fewer_rows(block: Block, most: int) -> Block:
    """Return a table's first rows, and a row that says that there are more."""
    if not isinstance(block, Table) or len(block.rows) <= most:
        return block
    rows = [ended(row, most - at) for at, row in enumerate(block.rows[:most])]
    return replace(block, rows=[*rows, Row([Cell(CUT) for _one in block.columns])])


def ended(row: Row, left: int) -> Row:
    """Return a row whose cells are merged over no more rows than are left."""
    return replace(row, cells=[one and replace(one, rows=min(one.rows, left)) for one in row.cells])


def with_blocks(document: Document, most: int) -> Document:
    """Return a report with its first blocks, and a line that says that there are more."""
    blocks: Sequence[Block] = document.blocks
    if len(blocks) > most:
        blocks = [*blocks[:most], Paragraph(CUT)]
    return replace(document, blocks=blocks)
