"""The body of a document as XML: paragraphs, tables and pictures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, repeat
from xml.sax.saxutils import escape

from plans.reports.characters import clean
from plans.reports.formats.hwpx.layout import CELL_EDGE, CELL_SIDE, Grid
from plans.reports.formats.hwpx.looks import ANCHOR, Ids, Look
from plans.reports.formats.hwpx.tables import Box

TAB_OR_BREAK = re.compile(r"[\t\n]")
ELEMENTS = {"\t": '<hp:tab width="4000" leader="0" type="1"/>', "\n": "<hp:lineBreak/>"}
SUBLIST = (
    '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER"'
    ' linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0"'
    ' hasNumRef="0">'
)
FLOW = 'textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0" dropcapstyle="None"'
CELL_MARGIN = f'left="{CELL_SIDE}" right="{CELL_SIDE}" top="{CELL_EDGE}" bottom="{CELL_EDGE}"'
# Where the rows of a table stand in its frame: no character of a file.
ROWS = "\0"
NO_MARGIN = 'left="0" right="0" top="0" bottom="0"'


@dataclass
class Writer:
    """Writes things as XML, by the numbers of one document's looks and borders.

    Each object gets a number of its own.
    """

    ids: Mapping[str, Ids]
    borders: Mapping[str, str]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def paragraph(self, look: Look, *content: str) -> str:
        """Return a paragraph with its content: runs, or objects within runs."""
        ids = self.ids[look.name]
        runs = "".join(f'<hp:run charPrIDRef="{ids.character}">{one}</hp:run>' for one in content)
        return (
            f'<hp:p id="0" paraPrIDRef="{ids.paragraph}" styleIDRef="{ids.style}" pageBreak="0"'
            f' columnBreak="0" merged="0">{runs}</hp:p>'
        )

    def text(self, look: Look, text: str) -> str:
        """Return a paragraph of a text, with its breaks and tabs."""
        return self.paragraph(look, written(text))

    def table(self, grid: Grid, alt: str, *, inline: bool = False) -> Iterator[str]:
        """Yield a table in a paragraph of its own, row by row, as a long one is large.

        Pages that split it repeat its head; inline, as a character in a line, it is not split.
        """
        number = next(self.numbers)
        frame = self.paragraph(
            ANCHOR,
            f'<hp:tbl id="{number}" zOrder="{number}" numberingType="TABLE" {FLOW}'
            f' pageBreak="CELL" repeatHeader="1" rowCnt="{len(grid.heights)}"'
            f' colCnt="{len(grid.widths)}" cellSpacing="0" borderFillIDRef="1"'
            f' noAdjust="0"><hp:sz width="{sum(grid.widths)}" widthRelTo="ABSOLUTE"'
            f' height="{sum(grid.heights)}" heightRelTo="ABSOLUTE" protect="0"/>'
            f"{position(inline=inline)}<hp:outMargin {NO_MARGIN}/>{comment(alt)}"
            f"<hp:inMargin {CELL_MARGIN}/>{ROWS}</hp:tbl><hp:t/>",
        )
        before, after = frame.split(ROWS)
        yield before
        yield from map(self.row, repeat(grid), grid.rows)
        yield after

    def row(self, grid: Grid, boxes: Sequence[Box]) -> str:
        """Return a row of cells."""
        return f"<hp:tr>{''.join(map(self.cell, repeat(grid), boxes))}</hp:tr>"

    def cell(self, grid: Grid, box: Box) -> str:
        """Return a cell with its text, its place and its size."""
        width, height = grid.size_of(box)
        return (
            f'<hp:tc name="" header="{int(box.is_head)}" hasMargin="0" protect="0" editable="0"'
            f' dirty="0" borderFillIDRef="{self.borders[box.border]}">{SUBLIST}'
            f"{self.text(box.look, box.text)}</hp:subList>"
            f'<hp:cellAddr colAddr="{box.column}" rowAddr="{box.row}"/>'
            f'<hp:cellSpan colSpan="{box.columns}" rowSpan="{box.rows}"/>'
            f'<hp:cellSz width="{width}" height="{height}"/><hp:cellMargin {CELL_MARGIN}/></hp:tc>'
        )

    def picture(self, look: Look, item: str, size: tuple[int, int], alt: str) -> str:
        """Return a stored picture in a paragraph of its own, in a size."""
        number, (width, height) = next(self.numbers), size
        flat = 'e2="0" e3="0" e4="0" e5="1" e6="0"'
        whole = f'width="{width}" height="{height}"'
        return self.paragraph(
            look,
            f'<hp:pic id="{number}" zOrder="{number}" numberingType="PICTURE" {FLOW} href=""'
            f' groupLevel="0" instid="{number}" reverse="0"><hp:offset x="0" y="0"/>'
            f"<hp:orgSz {whole}/><hp:curSz {whole}/>"
            '<hp:flip horizontal="0" vertical="0"/><hp:rotationInfo angle="0"'
            f' centerX="{width // 2}" centerY="{height // 2}" rotateimage="1"/><hp:renderingInfo>'
            f'<hc:transMatrix e1="1" {flat}/><hc:scaMatrix e1="1" {flat}/>'
            f'<hc:rotMatrix e1="1" {flat}/></hp:renderingInfo><hp:imgRect><hc:pt0 x="0" y="0"/>'
            f'<hc:pt1 x="{width}" y="0"/><hc:pt2 x="{width}" y="{height}"/>'
            f'<hc:pt3 x="0" y="{height}"/></hp:imgRect>'
            f'<hp:imgClip left="0" right="{width}" top="0" bottom="{height}"/>'
            f"<hp:inMargin {NO_MARGIN}/>"
            f'<hp:imgDim dimwidth="{width}" dimheight="{height}"/>'
            f'<hc:img binaryItemIDRef="{item}" bright="0" contrast="0" effect="REAL_PIC"'
            f' alpha="0"/><hp:effects/><hp:sz {whole} widthRelTo="ABSOLUTE"'
            f' heightRelTo="ABSOLUTE" protect="0"/>{position(inline=True)}'
            f"<hp:outMargin {NO_MARGIN}/>{comment(alt)}</hp:pic><hp:t/>",
        )


def written(text: str) -> str:
    """Return a text as XML, with its line breaks and tabs."""
    inner = TAB_OR_BREAK.sub(lambda found: ELEMENTS[found[0]], escape(clean(text)))
    return f"<hp:t>{inner}</hp:t>"


def comment(alt: str) -> str:
    """Return an object's description in words, which screen readers read."""
    return f"<hp:shapeComment>{escape(clean(alt))}</hp:shapeComment>"


def position(*, inline: bool) -> str:
    """Return where an object stands: in the line as a character, or between paragraphs."""
    return (
        f'<hp:pos treatAsChar="{int(inline)}" affectLSpacing="0" flowWithText="1"'
        ' allowOverlap="0" holdAnchorAndSO="0" vertRelTo="PARA" horzRelTo="COLUMN"'
        ' vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
    )
