"""Estimate where lines break and how high things are, in hundredths of a point.

한글 lays a document out anew, with its own fonts. The estimates give tables the heights that other
readers rely on, and keep reports of one page on it; they are a little too high on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from plans.reports.characters import clean, ems_of
from plans.reports.document import Column, Table
from plans.reports.formats.hwpx.looks import UNITS, Look
from plans.reports.formats.hwpx.tables import Box, boxes_of

MILLIMETRE = 7200 / 25.4
# A4, and its margins; between the upper and lower ones and the text is a place for the number.
SHORT, LONG = 59528, 84186
SIDE_MM, EDGE_MM, NUMBER_MM = 20, 15, 10
SIDE, EDGE = round(SIDE_MM * MILLIMETRE), round((EDGE_MM + NUMBER_MM) * MILLIMETRE)
# Between a cell's border and its text: at the sides, above and below.
CELL_SIDE, CELL_EDGE = 400, 200
# Of a column, in em: its least width, up to what width words stay whole, and what is added to that.
LEAST_EMS, WORD_EMS, GAP = 2.0, 4.5, 0.3


@dataclass(frozen=True)
class Page:
    """An A4 page, and the scale by which its content is made smaller."""

    is_landscape: bool = False
    scale: float = 1

    @property
    def width(self) -> int:
        """The width between the margins."""
        return (LONG if self.is_landscape else SHORT) - 2 * SIDE

    @property
    def height(self) -> int:
        """The height between the margins."""
        return (SHORT if self.is_landscape else LONG) - 2 * EDGE


def height_of_text(look: Look, text: str, width: float) -> float:
    """Return how high a paragraph is, with the distances before and after it."""
    ems = width / UNITS / look.size - look.left - look.hang
    return UNITS * (count_lines(text, ems) * look.line_height + look.before + look.after)


def count_lines(text: str, ems: float) -> int:
    """Return how many lines a text takes in a width in em, if words are kept whole."""
    return sum(count_lines_of(line, max(ems, 1)) for line in clean(text).split("\n"))


def count_lines_of(line: str, ems: float) -> int:
    """Return how many lines a text without breaks takes; words longer than a line are cut."""
    if ems_of(line) <= ems:
        return 1
    lines, used = 1, 0.0
    for word in line.split(" "):
        width = ems_of(f"{word} ")
        if used and used + width > ems:
            lines, used = lines + 1, 0.0
        used += width
        # A wide character that does not fit leaves up to one em unused in each line.
        more, used = divmod(used, max(ems - 1, 1)) if used > ems else (0, used)
        lines += int(more)
    return lines


@dataclass(frozen=True)
class Grid:
    """A table with its sizes: its rows of cells, its columns' widths and its rows' heights."""

    rows: Sequence[Sequence[Box]]
    widths: Sequence[int]
    heights: Sequence[int]

    def size_of(self, box: Box) -> tuple[int, int]:
        """Return a cell's width and height."""
        width = sum(self.widths[box.column : box.column + box.columns])
        return width, sum(self.heights[box.row : box.row + box.rows])


def grid_of(table: Table, page: Page) -> Grid:
    """Return a table with the sizes that it has on a page."""
    rows = boxes_of(table)
    widths = widths_of(table.columns, rows, page)
    return Grid(rows, widths, heights_of(rows, widths, page))


def widths_of(columns: Sequence[Column], rows: Sequence[Sequence[Box]], page: Page) -> list[int]:
    """Return widths in the columns' proportions, of which none is too narrow for its numbers."""
    total = sum(one.width for one in columns) or 1
    least = least_widths(len(columns), rows, page)
    wanted = [
        max(page.width * one.width / total, low) for one, low in zip(columns, least, strict=True)
    ]
    share = (sum(wanted) - page.width) / (sum(wanted) - sum(least) or 1)
    exact = [one - (one - low) * share for one, low in zip(wanted, least, strict=True)]
    return [right - left for left, right in pairwise([0, *map(round, accumulate(exact))])]


def least_widths(count: int, rows: Sequence[Sequence[Box]], page: Page) -> list[float]:
    """Return the widths that keep numbers, days and short words whole, if the page allows."""
    ems = [LEAST_EMS] * count
    for box in chain.from_iterable(rows):
        if box.columns == 1:
            ems[box.column] = max(ems[box.column], least_ems(box) + GAP)
    size = rows[0][0].look.size * page.scale * UNITS if count else 0
    least = [one * size + 2 * CELL_SIDE for one in ems]
    return [one * min(page.width / sum(least), 1) for one in least]


def least_ems(box: Box) -> float:
    """Return the width in em of a cell's number, or of its longest word up to a limit."""
    if box.is_whole:
        return ems_of(box.text)
    return min(max(map(ems_of, box.text.split()), default=0), WORD_EMS)


def heights_of(rows: Sequence[Sequence[Box]], widths: Sequence[int], page: Page) -> list[int]:
    """Return the rows' heights; the text of a merged cell makes its last row higher."""
    heights = [0] * len(rows)
    boxes = [*chain.from_iterable(rows)]
    for box in sorted(boxes, key=lambda one: one.rows):
        last = box.row + box.rows - 1
        height = height_of_box(box, widths, page) - sum(heights[box.row : last])
        heights[last] = max(heights[last], height)
    return heights


def height_of_box(box: Box, widths: Sequence[int], page: Page) -> int:
    """Return how high a cell has to be for its text."""
    width = sum(widths[box.column : box.column + box.columns]) - 2 * CELL_SIDE
    text = height_of_text(box.look.scaled(page.scale), box.text, width)
    return round(text) + 2 * CELL_EDGE
