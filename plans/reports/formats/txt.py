"""A report as plain text: its lines with their markers, and its tables with tabs between cells."""

from collections.abc import Iterator

from plans.reports.document import (
    Block,
    Bullet,
    Chart,
    Document,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
)

INDENT = "  "


def txt_of(document: Document) -> bytes:
    """Return the file in UTF-8; of a plan, its document as it can be imported again."""
    if document.lines:
        return "".join(f"{one.text}\n" for one in document.lines).encode()
    title = (document.title, document.subtitle, document.office)
    lines = [*title, "", *lines_of(document), "", document.source]
    return "".join(f"{one}\n" for one in lines).encode("utf-8", "replace")


def lines_of(document: Document) -> Iterator[str]:
    """Yield the lines of all blocks."""
    for block in document.blocks:
        yield from lines_in(block)


def lines_in(block: Block) -> Iterator[str]:
    """Yield the lines of a block."""
    match block:
        case Heading(text=text):
            yield from ("", text)
        case Bullet(text=text, depth=depth):
            yield f"{INDENT * depth}{block.marker} {text}"
        case Paragraph(text=text):
            yield text
        case Chart(alt=alt):
            yield alt
        case Picture(alt=alt, caption=caption):
            yield from filter(None, (alt, caption))
        case Table():
            yield from ("", block.caption)
            yield "\t".join(" ".join(filter(None, (one.group, one.title))) for one in block.columns)
            yield from ("\t".join(cells_of(block, row)) for row in block.rows)
            yield from filter(None, [block.note])


def cells_of(table: Table, row: Row) -> Iterator[str]:
    """Yield the cells of a row on one line each; a covered one is empty."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        yield " ".join(column.shown(cell).split()) if cell else ""
