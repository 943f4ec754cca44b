"""Write a report as HWPX."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from plans.reports.charts import chart_png, chart_size
from plans.reports.document import (
    Block,
    Bullet,
    Chart,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from plans.reports.formats.hwpx import looks
from plans.reports.formats.hwpx.layout import (
    CELL_EDGE,
    UNITS,
    Grid,
    Page,
    grid_of,
    height_of_box,
    height_of_text,
)
from plans.reports.formats.hwpx.looks import Look
from plans.reports.formats.hwpx.one_page import fitted
from plans.reports.formats.hwpx.package import Package
from plans.reports.formats.hwpx.tables import Box

# The most that a picture takes of an upright page's width, and of its own page's height.
PHOTO, CHART = (0.7, 0.4), (1.0, 0.85)


@dataclass(frozen=True)
class StyledParagraph:
    """A paragraph in a look."""

    look: Look
    text: str
    is_boxed: bool = False


Item = StyledParagraph | Table | Chart | Picture


def report_hwpx(document: Document) -> bytes:
    """Return a report as an HWPX file; equal documents give equal bytes."""
    page = Page(document.is_landscape)
    if document.is_one_page:
        document, page = fitted(document, heights_of)
    package = Package(page, looks.REPORT)
    return package.close(
        (piece for one in flow(document) for piece in written(one, package, page)),
        title=document.title,
        creator=document.office,
        preview=f"{document.title}\n{document.subtitle}\n{document.office}",
    )


def flow(document: Document) -> Iterator[Item]:
    """Yield what stands on the pages, from top to bottom."""
    yield StyledParagraph(looks.TITLE, document.title, is_boxed=True)
    yield StyledParagraph(looks.SUBTITLE, document.subtitle)
    yield StyledParagraph(looks.OFFICE, document.office)
    for block in document.blocks:
        yield from items_of(block)
    yield StyledParagraph(looks.SOURCE, document.source)


def items_of(block: Block) -> Iterator[Item]:
    """Yield what stands on the pages for a block."""
    match block:
        case Heading():
            yield StyledParagraph(looks.HEADINGS[block.level - 1], block.text)
        case Bullet():
            yield StyledParagraph(looks.BULLETS[block.depth], f"{block.marker} {block.text}")
        case Paragraph():
            yield StyledParagraph(looks.TEXT, block.text)
        case Table():
            yield StyledParagraph(looks.CAPTION, block.caption)
            if block.note:
                yield StyledParagraph(looks.NOTE, block.note)
            yield block
        case Chart():
            yield block
        case Picture():
            yield block
            yield StyledParagraph(looks.PICTURE_CAPTION, block.caption)


def written(item: Item, package: Package, page: Page) -> Iterator[str]:
    """Yield an item as XML, in pieces."""
    writer = package.writer
    match item:
        case StyledParagraph(is_boxed=True):
            yield from writer.table(title_box(item, page), alt="", inline=True)
        case StyledParagraph():
            yield writer.text(item.look, item.text)
        case Table():
            yield from writer.table(grid_of(item, page), item.caption)
        case Chart():
            name = package.add_image(chart_png(item), "png")
            yield writer.picture(looks.CHART, name, size_of(item, page), item.alt)
        case Picture():
            name = package.add_image(item.content, "jpg")
            yield writer.picture(looks.PICTURE, name, size_of(item, page), item.alt)


def title_box(line: StyledParagraph, page: Page) -> Grid:
    """Return a text in a box as wide as the page."""
    box, widths = Box(line.text, line.look, "title"), [page.width]
    return Grid([[box]], widths, [height_of_box(box, widths, page) + 2 * CELL_EDGE])


def heights_of(document: Document, page: Page) -> Iterator[float]:
    """Yield about how high each thing of a report is on a page."""
    return (height_of(one, page) for one in flow(document))


def height_of(item: Item, page: Page) -> float:
    """Return about how high an item is on a page."""
    match item:
        case StyledParagraph(is_boxed=True):
            return height_of_table(title_box(item, page), page)
        case StyledParagraph():
            return height_of_text(item.look.scaled(page.scale), item.text, page.width)
        case Table():
            return height_of_table(grid_of(item, page), page)
    return size_of(item, page)[1] + looks.PICTURE.scaled(page.scale).before * UNITS


def height_of_table(grid: Grid, page: Page) -> float:
    """Return how high a table is with the line that it stands in."""
    return sum(grid.heights) + height_of_text(looks.ANCHOR.scaled(page.scale), "", page.width)


def size_of(picture: Chart | Picture, page: Page) -> tuple[int, int]:
    """Return a picture's width and height: as large as its page allows, in its proportions."""
    if isinstance(picture, Chart):
        (width, height), (most_width, most_height) = chart_size(picture), CHART
    else:
        width, height = Image.open(BytesIO(picture.content)).size
        most_width, most_height = PHOTO
    most = Page().width * most_width, page.height * most_height
    factor = page.scale * min(most[0] / width, most[1] / height)
    return round(width * factor), round(height * factor)
