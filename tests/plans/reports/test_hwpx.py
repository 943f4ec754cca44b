from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hwpx import HwpxDocument
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from plans.reports.characters import REPLACEMENT, clean
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Column,
    Document,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
)
from plans.reports.formats.hwpx import hwpx_of
from plans.reports.formats.hwpx.one_page import SCALES, fitted
from plans.reports.formats.hwpx.report import heights_of
from tests.plans.reports.documents import ODD, document, summary
from tests.plans.reports.hwpx_files import (
    HEADER,
    check,
    paragraphs,
    paragraphs_by_hwpforge,
    part,
    tables_by_hwpforge,
)

# The library's empty document has twenty formats of paragraphs before ours.
OWN_FORMATS = 20
EMPTY = Document("", "", "", "", [], [])


@pytest.fixture(scope="module")
def report() -> bytes:
    return hwpx_of(document())


def photo(width: int = 60, height: int = 40) -> Picture:
    buffer = BytesIO()
    Image.new("RGB", (width, height), "green").save(buffer, "JPEG")
    return Picture(buffer.getvalue(), "공원의 나무 & 풀", "심은 나무")


def test_file_is_valid(report: bytes) -> None:
    check(report)


def test_two_programs_read_all_texts_in_order(report: bytes) -> None:
    expected = [
        "",
        "2021년 1분기 마감본(제1판)",
        "수원시 권선구",
        "총괄",
        "권선구의 2021년 계획이 1분기에 얼마나 이루어졌는지 적었습니다.",
        "추진과제별 추진현황",
        "단위: 천원, 반올림",
        "",
        "",
        "안전도시",
        "□ 재난에 강한 안전도시",
        f"○ 침수지역 순찰을 하였습니다. {ODD}",
        "- 추진실적: 여러 줄로 쓴\n글입니다.",
        "※ 참고: 예시 자료입니다.",
        "마감본 지문(SHA-256): " + "ab" * 32,
    ]
    assert paragraphs(report) == expected
    assert paragraphs_by_hwpforge(report) == expected


def test_another_program_reads_all_cells(report: bytes) -> None:
    title, table = tables_by_hwpforge(report)
    assert title == [["2021년 1분기 추진실적 보고"]]
    assert table[:2] == [
        ["축", "추진과제", "연간", "예산(천원)", "기한"],
        ["목표", "누계", "달성률(%)"],
    ]
    assert table[2:] == [[cell.text for cell in row.cells if cell] for row in summary().rows]


def test_head_is_merged_and_repeated_on_each_page(report: bytes) -> None:
    table = [*part(report).iter("{*}tbl")][-1]
    assert table.get("repeatHeader") == "1"
    assert table.get("pageBreak") == "CELL"
    # As a character in a line, a table is not split between pages.
    assert table.find("{*}pos").get("treatAsChar") == "0"
    rows = table.findall("{*}tr")
    heads = [{cell.get("header") for cell in row.iterfind("{*}tc")} for row in rows]
    assert heads == [{"1"}, {"1"}, {"0"}, {"0"}, {"0"}, {"0"}]
    spans = [dict(one.attrib) for one in rows[0].iter("{*}cellSpan")]
    assert [(int(one["colSpan"]), int(one["rowSpan"])) for one in spans] == [
        (1, 2),
        (1, 2),
        (3, 1),
        (1, 2),
        (1, 2),
    ]
    assert rows[2].find("{*}tc/{*}cellSpan").get("rowSpan") == "3"


def test_table_is_as_wide_as_the_page_and_rows_as_high_as_their_text(report: bytes) -> None:
    table = [*part(report).iter("{*}tbl")][-1]
    sizes = [
        [(int(one.get("width")), int(one.get("height"))) for one in row.iter("{*}cellSz")]
        for row in table.iterfind("{*}tr")
    ]
    assert sum(width for width, _height in sizes[0]) == int(table.find("{*}sz").get("width"))
    # 13 points are a line of the type of cells.
    assert all(height >= 1300 for row in sizes for _width, height in row)
    text = sizes[2][1]
    assert text[1] > 2 * 1300


def test_numbers_stand_right_and_words_in_their_place_in_the_middle(report: bytes) -> None:
    header = part(report, HEADER)
    names = {one.get("id"): one.get("name") for one in header.iter("{*}style")}
    table = [*part(report).iter("{*}tbl")][-1]
    first, second, *_others, total = [
        [names[cell.find(".//{*}p").get("styleIDRef")].split()[2:] for cell in row.iter("{*}tc")]
        for row in table.findall("{*}tr")[2:]
    ]
    right, middle, left = ["오른쪽"], ["가운데"], ["왼쪽"]
    assert first == [left, left, middle, right, middle, right, middle]
    assert second == [left, right, right, right, right, middle]
    assert total[0] == ["왼쪽", "굵게"]


def test_pages_have_numbers(report: bytes) -> None:
    number = part(report).find(".//{*}pageNum")
    assert number.get("pos") == "BOTTOM_CENTER"


def test_title_is_in_the_metadata(report: bytes) -> None:
    found = HwpxDocument.open(BytesIO(report)).parts.metadata
    assert (found.title, found.creator) == ("2021년 1분기 추진실적 보고", "수원시 권선구")
    assert not found.created_date


def test_headings_are_in_the_outline_without_numbers(report: bytes) -> None:
    header = part(report, HEADER)
    assert not any(one.text for one in header.iter("{*}paraHead"))
    ours = [one for one in header.iter("{*}paraPr") if int(one.get("id")) >= OWN_FORMATS]
    headings = [one.find("{*}heading") for one in ours]
    outlined = [one.get("level") for one in headings if one.get("type") == "OUTLINE"]
    assert outlined == ["0", "1", "2"]


def test_bullets_are_typed_and_hang() -> None:
    content = hwpx_of(replace(EMPTY, blocks=[Bullet("글", depth) for depth in range(4)]))
    assert paragraphs(content)[-5:-1] == ["□ 글", "○ 글", "- 글", "※ 글"]
    header = part(content, HEADER)
    formats = {one.get("id"): one for one in header.iter("{*}paraPr")}
    used = [one.get("paraPrIDRef") for one in part(content).iterfind("{*}p")][-5:-1]
    margins = [formats[one].find(".//{*}case/{*}margin") for one in used]
    lefts = [int(one.find("{*}left").get("value")) for one in margins]
    assert lefts == sorted(set(lefts))
    assert all(int(one.find("{*}intent").get("value")) < 0 for one in margins)


def test_charts_and_pictures_have_descriptions() -> None:
    content = hwpx_of(replace(document(), blocks=[*document().blocks, photo(), photo()]))
    check(content)
    pictures = [*part(content).iter("{*}pic")]
    assert [one.find("{*}shapeComment").text for one in pictures] == [
        "축별 달성률: 안전 81.3%, 복지 40%",
        "공원의 나무 & 풀",
        "공원의 나무 & 풀",
    ]
    assert paragraphs(content)[-2] == "심은 나무"
    with ZipFile(BytesIO(content)) as package:
        assert package.read("BinData/BIN0002.jpg") == photo().content
        assert package.read("BinData/BIN0001.png")[:4] == b"\x89PNG"


@pytest.mark.parametrize("shape", [(400, 30), (30, 400)])
def test_pictures_keep_their_proportions_within_the_page(shape: tuple[int, int]) -> None:
    content = hwpx_of(replace(EMPTY, blocks=[photo(*shape)]))
    size = part(content).find(".//{*}pic/{*}sz")
    width, height = int(size.get("width")), int(size.get("height"))
    assert width / height == pytest.approx(shape[0] / shape[1], rel=0.01)
    assert width <= 48190
    assert height <= 70000


def test_same_document_gives_the_same_bytes(report: bytes) -> None:
    assert hwpx_of(document()) == report
    with ZipFile(BytesIO(report)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "mimetype"


def test_landscape() -> None:
    content = hwpx_of(replace(document(), is_landscape=True))
    check(content)
    # The format names a page that is turned narrow.
    assert part(content).find(".//{*}pagePr").get("landscape") == "NARROWLY"
    width = int([*part(content).iter("{*}tbl")][-1].find("{*}sz").get("width"))
    assert width > 59528


def test_empty_document() -> None:
    content = hwpx_of(EMPTY)
    check(content)
    assert paragraphs_by_hwpforge(content) == ["", "", "", ""]


def test_table_of_one_row_without_groups_and_of_no_rows() -> None:
    columns = [Column("이름"), Column("값")]
    tables = [
        Table("가", "가", columns, [Row([Cell("한"), Cell(1)])]),
        Table("나", "나", columns, []),
    ]
    content = hwpx_of(replace(EMPTY, blocks=tables))
    check(content)
    assert tables_by_hwpforge(content)[1:] == [[["이름", "값"], ["한", "1"]], [["이름", "값"]]]


def test_table_of_many_columns_is_written_smaller() -> None:
    columns = [Column(f"{at}월") for at in range(1, 13)]
    rows = [Row([Cell(Decimal(12345678)) for _one in columns])]
    content = hwpx_of(replace(EMPTY, blocks=[Table("가", "가", columns, rows)]))
    check(content)
    names = {one.get("id"): one for one in part(content, HEADER).iter("{*}style")}
    cell = [*part(content).iter("{*}tc")][-1]
    assert "작은" in names[cell.find(".//{*}p").get("styleIDRef")].get("name")


@pytest.mark.long
def test_ten_thousand_rows() -> None:
    rows = [Row([Cell(f"{at}번째 과제"), Cell(at)]) for at in range(10_000)]
    columns = [Column("과제"), Column("값", CellKind.NUMBER)]
    content = hwpx_of(replace(EMPTY, blocks=[Table("가", "가", columns, rows)]))
    found = [*[*part(content).iter("{*}tbl")][-1].iter("{*}tr")]
    assert len(found) == 10_001
    assert [one.text for one in found[-1].iter("{*}t")] == ["9999번째 과제", "9,999"]


def test_long_text() -> None:
    text = "긴 글 " * 2500
    content = hwpx_of(replace(EMPTY, blocks=[Paragraph(text), Bullet(text)]))
    assert paragraphs_by_hwpforge(content)[3:5] == [text, f"○ {text}"]


# Any character, with halves of characters and control characters, and what breaks files more often.
ODD_ONES = st.sampled_from("&<>\"'=+-@\t\n\r\x00\x0b🙂權㎡한")
ANY_TEXT = st.text(st.characters(exclude_categories=[]) | ODD_ONES, max_size=40)
LONG_TEXT = st.builds(lambda text, count: text * count, ANY_TEXT, st.integers(1, 250))


@settings(max_examples=12, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_is_read_back(first: str, second: str, third: str) -> None:
    columns, row = [Column(third), Column("값")], Row([Cell(first), Cell(None, second)])
    table = Table("표", second, columns, [row])
    blocks = [Heading(first, 2), Bullet(second), Paragraph(third), table]
    content = hwpx_of(Document(first, second, third, first, blocks, []))
    check(content)
    said = [second, third, first, f"○ {second}", third, second]
    assert paragraphs(content)[1:-2] == list(map(clean, said))
    cells = [*part(content).iter("{*}tr")][-1].iter("{*}t")
    assert ["".join(one.itertext()) for one in cells] == list(map(without_breaks, [first, second]))


@pytest.mark.parametrize("is_landscape", [False, True])
def test_one_page_is_written_smaller_before_it_is_cut(is_landscape: bool) -> None:
    few, more, many = (
        fitted(report_of(count, is_landscape), heights_of) for count in SOME[is_landscape]
    )
    assert few[1].scale == 1
    assert more[1].scale < 1
    assert "…" not in repr(more[0])
    assert many[1].scale == SCALES[-1]
    assert many[0].blocks[0].text.endswith("…")
    # A report of many pages stays in the usual size.
    assert sizes(hwpx_of(replace(report_of(99, is_landscape), is_one_page=False))) >= {"1200"}


# How many paragraphs fit a page, fit if smaller, and do not fit; on a page upright, and turned.
SOME = {False: (10, 22, 50), True: (5, 12, 40)}


def report_of(count: int, is_landscape: bool) -> Document:
    text = "권선구의 계획이 얼마나 이루어졌는지 적었습니다. " * 3
    blocks = [Paragraph(text)] * count
    return replace(document(), blocks=blocks, is_one_page=True, is_landscape=is_landscape)


def sizes(content: bytes) -> set[str]:
    return {one.get("height") for one in part(content, HEADER).iter("{*}charPr")}


ODD_BLOCK = st.one_of(
    st.builds(Bullet, ANY_TEXT | LONG_TEXT, st.integers(0, 3)),
    st.builds(Paragraph, ANY_TEXT | LONG_TEXT),
    st.integers(1, 50).map(summary),
    st.builds(photo, st.integers(1, 300), st.integers(1, 300)),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ODD_BLOCK, max_size=30), ANY_TEXT | LONG_TEXT, st.booleans())
@example([Bullet("\r" * 50, 0)], "", False)
def test_whatever_is_in_it_one_page_is_filled_at_most(
    blocks: list[Block], title: str, is_landscape: bool
) -> None:
    one = Document(title, title, title, title, blocks, [], is_landscape, is_one_page=True)
    found, page = fitted(one, heights_of)
    assert sum(heights_of(found, page)) < page.height
    if on_one_line(found.blocks) != on_one_line(blocks):
        assert "…" in repr(found)


def on_one_line(blocks: list[Block]) -> list[Block]:
    """Return blocks without the line breaks of their texts, which may go without a mark."""
    return [
        replace(one, text=" ".join(one.text.split()))
        if isinstance(one, Bullet | Paragraph)
        else one
        for one in blocks
    ]


def test_one_page_leaves_out_what_has_no_place_and_says_so() -> None:
    blocks = [summary(10_000), *[Bullet("글 " * 5000)] * 500]
    content = hwpx_of(replace(document(), blocks=blocks, is_one_page=True))
    check(content)
    assert paragraphs(content)[-2] == "…"
    *_rows, last = tables_by_hwpforge(content)[1]
    assert set(last) == {"…"}


def without_breaks(text: str) -> str:
    return clean(text).replace("\n", "").replace("\t", "")


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    content = hwpx_of(replace(EMPTY, blocks=[Paragraph("가\x00나\ud800다\uffff\uf06c")]))
    assert paragraphs(content)[3] == f"가{REPLACEMENT}나{REPLACEMENT}다{REPLACEMENT}\uf06c"
