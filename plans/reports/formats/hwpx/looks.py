"""How paragraphs look: named styles, which an office can change in 한글 for the whole document.

Sizes and distances are in points, indents in em of the paragraph's own size.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hwpx import HwpxDocument
from lxml import etree

# Fonts that come with 한글 and that readers replace where they do not have them.
SANS, SERIF = "함초롬돋움", "함초롬바탕"
NAMESPACES = (
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"'
    ' xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    ' xmlns:hc="http://www.hancom.co.kr/hwpml/2011/core"'
)
UNIT_CHAR = "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar"
# Lengths of the format are hundredths of a point.
UNITS = 100


@dataclass(frozen=True)
class Look:
    """A named style. `level` is its place in the document's outline, 0 for text."""

    name: str
    size: float
    is_bold: bool = False
    font: str = SERIF
    align: str = "JUSTIFY"
    left: float = 0
    # By how much the lines after the first are indented.
    hang: float = 0
    before: float = 0
    after: float = 0
    # Percent of the size.
    spacing: int = 160
    level: int = 0
    stays_with_next: bool = False
    has_rule: bool = False

    @property
    def line_height(self) -> float:
        """How high a line is, with the space to the next."""
        return self.size * self.spacing / 100

    def scaled(self, scale: float) -> "Look":
        """Return the look in a smaller size, with less space between the lines."""
        if scale == 1:
            return self
        return replace(
            self,
            size=round(self.size * scale, 1),
            before=round(self.before * scale, 1),
            after=round(self.after * scale, 1),
            spacing=max(round(self.spacing * scale), min(self.spacing, 120)),
        )


TITLE = Look("보고서 제목", 20, True, SANS, "CENTER", spacing=130)
SUBTITLE = Look("보고서 부제목", 13, font=SANS, align="CENTER", before=8, after=2)
OFFICE = Look("보고서 부서", 13, font=SANS, align="RIGHT", after=10)
HEADINGS = (
    Look("보고서 제목 1", 16, True, SANS, before=14, after=4, level=1, stays_with_next=True),
    Look("보고서 제목 2", 14, True, SANS, before=10, after=3, level=2, stays_with_next=True),
    Look("보고서 제목 3", 13, True, SANS, before=8, after=2, level=3, stays_with_next=True),
)
BULLETS = (
    Look("보고서 □", 13, True, SANS, left=0, hang=1.5, before=8, after=2),
    Look("보고서 ○", 12, left=0.8, hang=1.5, before=3, after=1),
    Look("보고서 -", 12, left=2.0, hang=1.0, before=1),
    Look("보고서 ※", 11, left=2.6, hang=1.5, before=1),
)
TEXT = Look("보고서 본문", 12, before=2, after=4)
CAPTION = Look(
    "보고서 표 제목", 12, True, SANS, "CENTER", before=8, after=2, spacing=130, stays_with_next=True
)
NOTE = Look("보고서 표 단위", 10, align="RIGHT", after=2, spacing=130, stays_with_next=True)
PICTURE = Look("보고서 그림", 10, align="CENTER", before=8, spacing=100, stays_with_next=True)
CHART = replace(PICTURE, name="보고서 도표", stays_with_next=False)
PICTURE_CAPTION = Look("보고서 그림 설명", 10, align="CENTER", before=4, after=6, spacing=130)
# Holds a table, and is the distance below it.
ANCHOR = Look("보고서 표", 6, spacing=100)
SOURCE = Look("보고서 출처", 9, font=SANS, align="LEFT", before=14, spacing=130, has_rule=True)
CELL = Look("보고서 칸", 10, font=SANS, spacing=130)
SMALL_CELL = replace(CELL, name="보고서 작은 칸", size=8)
CELLS = {
    (base, align, is_bold): replace(
        base, name=f"{base.name} {word}{' 굵게' * is_bold}", align=align, is_bold=is_bold
    )
    for base in (CELL, SMALL_CELL)
    for align, word in (("LEFT", "왼쪽"), ("RIGHT", "오른쪽"), ("CENTER", "가운데"))
    for is_bold in (False, True)
}
REPORT = (
    TITLE,
    SUBTITLE,
    OFFICE,
    *HEADINGS,
    *BULLETS,
    TEXT,
    CAPTION,
    NOTE,
    PICTURE,
    CHART,
    PICTURE_CAPTION,
    ANCHOR,
    SOURCE,
    *CELLS.values(),
)


@dataclass(frozen=True)
class Ids:
    """The numbers by which a paragraph names its look."""

    paragraph: int
    character: int
    style: int


def add_looks(document: HwpxDocument, looks: Iterable[Look]) -> dict[str, Ids]:
    """Add looks to a document as named styles; return their numbers by name."""
    header = document.oxml.headers[0]
    formats = child(header.element, "paraProperties")
    styles = child(header.element, "styles")
    rule = document.styles.ensure_border_fill(
        border_color="#808080", border_width="0.4 mm", active_borders=["top"]
    )
    found = {}
    for look in looks:
        character = document.styles.ensure_run(bold=look.is_bold, size=look.size, font=look.font)
        ids = Ids(len(formats), int(character), len(styles))
        formats.append(parsed(paragraph_format(look, ids.paragraph, rule)))
        styles.append(parsed(named_style(look, ids)))
        found[look.name] = ids
    for one in (formats, styles):
        one.set("itemCnt", str(len(one)))
    clear_outline_numbers(header.element)
    header.mark_dirty()
    return found


def child(header: etree._Element, name: str) -> etree._Element:
    """Return the one element of the header with this name."""
    return next(header.iter(f"{{*}}{name}"))


def parsed(xml: str) -> etree._Element:
    """Return an element from its XML, in which the prefixes of the format are known."""
    return etree.fromstring(f"<root {NAMESPACES}>{xml}</root>")[0]


def clear_outline_numbers(header: etree._Element) -> None:
    """Leave out the numbers that 한글 writes before headings, as ours are in their text."""
    for one in header.iter("{*}paraHead"):
        one.text = ""


def paragraph_format(look: Look, number: int, rule: str) -> str:
    """Return a look's paragraph format as XML."""
    outline = f'type="OUTLINE" idRef="0" level="{look.level - 1}"'
    heading = outline if look.level else 'type="NONE" idRef="0" level="0"'
    border = f'borderFillIDRef="{rule if look.has_rule else 2}"'
    offset = 2 * UNITS if look.has_rule else 0
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="0"'
        ' suppressLineNumbers="0" checked="0" textDir="LTR">'
        f'<hh:align horizontal="{look.align}" vertical="BASELINE"/><hh:heading {heading}/>'
        '<hh:breakSetting breakLatinWord="KEEP_WORD" breakNonLatinWord="KEEP_WORD" widowOrphan="0"'
        f' keepWithNext="{int(look.stays_with_next)}" keepLines="0" pageBreakBefore="0"'
        ' lineWrap="BREAK"/><hh:autoSpacing eAsianEng="0" eAsianNum="0"/>'
        f'<hp:switch><hp:case hp:required-namespace="{UNIT_CHAR}">{"".join(distances(look, 1))}'
        f"</hp:case><hp:default>{''.join(distances(look, 2))}</hp:default></hp:switch>"
        f'<hh:border {border} offsetLeft="0" offsetRight="0" offsetTop="{offset}"'
        ' offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def distances(look: Look, factor: int) -> Iterator[str]:
    """Yield a look's indents and distances as XML; older readers expect them doubled."""
    em = look.size * UNITS * factor
    values = {
        "intent": -look.hang * em,
        "left": look.left * em,
        "right": 0,
        "prev": look.before * UNITS * factor,
        "next": look.after * UNITS * factor,
    }
    yield "<hh:margin>"
    for name, value in values.items():
        yield f'<hc:{name} value="{round(value)}" unit="HWPUNIT"/>'
    yield f'</hh:margin><hh:lineSpacing type="PERCENT" value="{look.spacing}" unit="HWPUNIT"/>'


def named_style(look: Look, ids: Ids) -> str:
    """Return a look's named style as XML."""
    return (
        f'<hh:style id="{ids.style}" type="PARA" name="{look.name}" engName=""'
        f' paraPrIDRef="{ids.paragraph}" charPrIDRef="{ids.character}"'
        f' nextStyleIDRef="{ids.style}" langID="1042" lockForm="0"/>'
    )
