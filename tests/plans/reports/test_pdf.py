"""Reports as PDF, read back by pypdf, pdfminer and pikepdf."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTItem
from PIL import Image
from pypdf import PdfReader

from gwonseon.refusals import RefusedError
from plans.reports.document import (
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
)
from plans.reports.formats import pdf
from plans.reports.formats.glyphs import printable
from plans.reports.formats.pdf import pdf_of
from plans.reports.formats.typesetting import CUT_NOTE
from tests.plans.reports.documents import ODD, document, summary

MILLIMETRE = 72 / 25.4
EMPTY = Document("", "", "", "", [], [])
LONG = "긴 글입니다 " * 1500


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (80, 60), "navy").save(content, "JPEG")
    return content.getvalue()


def with_everything() -> Document:
    found = document()
    return replace(found, blocks=[*found.blocks, Picture(photo(), "순찰 사진", "순찰하는 모습")])


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf_of(with_everything())


def text_of(content: bytes) -> str:
    """Return the texts of all pages without white space, which readers guess."""
    return "".join(
        "".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages
    )


def page_count(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def letters_of(content: bytes) -> Iterator[LTChar]:
    """Yield the letters of all pages with where they stand, as pdfminer sees them."""

    def within(item: LTItem) -> Iterator[LTChar]:
        if isinstance(item, LTChar):
            yield item
        elif hasattr(item, "__iter__"):
            for one in item:
                yield from within(one)

    for page in extract_pages(BytesIO(content)):
        yield from within(page)


def tags_of(content: bytes) -> list[pikepdf.Dictionary]:
    """Return all elements of the structure tree in reading order, detached from their file."""
    with pikepdf.open(BytesIO(content)) as file:
        return [*structure(file.Root.StructTreeRoot.K)]


def structure(node: pikepdf.Object) -> Iterator[dict]:
    """Yield a node of the structure tree and those below it as plain values."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from structure(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        attributes = {}
        for one in node.get("/A", []):
            attributes |= {key: str(value) for key, value in one.items()}
        yield {"tag": str(node.S), "alt": str(node.get("/Alt", "")), **attributes}
        yield from structure(node.get("/K", []))


def test_texts_and_figures_are_read_back(content: bytes) -> None:
    text = text_of(content)
    for words in (
        "2021년 1분기 추진실적 보고",
        "2021년 1분기 마감본(제1판)",
        "수원시 권선구",
        "□ 재난에 강한 안전도시",
        f"○ 침수지역 순찰을 하였습니다. {ODD}",
        "- 추진실적: 여러 줄로 쓴 글입니다.",
        "※ 참고: 예시 자료입니다.",
        "목표 미설정",
        "12,345,678",
        "975.5",
        "안전 81.3%",
        "복지 40.0%",
        "(단위: 천원, 반올림)",
        "순찰하는 모습",
        "마감본 지문(SHA-256): " + "ab" * 32,
        "- 1 -",
    ):
        assert printable(words).replace(" ", "") in text


def test_pdfminer_reads_the_same_letters(content: bytes) -> None:
    letters = "".join(one.get_text() for one in letters_of(content))
    assert sorted("".join(letters.split())) == sorted(text_of(content))


def test_same_document_gives_same_bytes(content: bytes) -> None:
    assert pdf_of(with_everything()) == content


def test_it_says_what_it_is(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as file, file.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "2021년 1분기 추진실적 보고"
        assert file.Root.Lang == "ko-KR"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert "/CreationDate" not in file.docinfo
    reader = PdfReader(BytesIO(content))
    first, second = reader.outline
    assert first.title == "총괄"
    assert [one.title for one in second] == ["안전도시"]


def test_tags_name_heads_lists_and_pictures(content: bytes) -> None:
    tags = tags_of(content)
    names = [one["tag"] for one in tags]
    assert [name for name in names if name.startswith("/H")] == ["/H1", "/H2"]
    heads = [one for one in tags if one["tag"] == "/TH"]
    assert len(heads) == 8
    assert {one["/Scope"] for one in heads} == {"/Column"}
    assert [one["/ColSpan"] for one in heads if "/ColSpan" in one] == ["3"]
    assert all(one["/Headers"] for one in tags if one["tag"] == "/TD")
    assert names.count("/LI") == 4
    alts = [one["alt"] for one in tags if one["tag"] == "/Figure"]
    assert alts == ["축별 달성률: 안전 81.3%, 복지 40%", "순찰 사진"]


def test_whatever_is_drawn_is_tagged_or_an_ornament(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as file:
        for page in file.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "BDC":
                        tag, properties = operands
                        assert tag == "/Artifact" or "/MCID" in properties
                        depth += 1
                    case "BMC":
                        assert operands[0] == "/Artifact"
                        depth += 1
                    case "EMC":
                        depth -= 1
                    case "TJ" | "Tj" | "Do" | "f" | "f*" | "S" | "B":
                        assert depth > 0
            assert depth == 0


def test_every_font_is_embedded_and_readable(content: bytes) -> None:
    with pikepdf.open(BytesIO(content)) as file:
        fonts = [font for page in file.pages for font in page.Resources.Font.as_dict().values()]
        assert {str(font.BaseFont).split("+")[1] for font in fonts} >= {
            "NotoSansKR-Regular",
            "NotoSansKR-Bold",
        }
        for font in fonts:
            assert "/ToUnicode" in font
            (inner,) = font.DescendantFonts
            assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


def test_heads_repeat_on_every_page() -> None:
    reader = PdfReader(BytesIO(pdf_of(replace(document(80), is_landscape=True))))
    assert len(reader.pages) > 2
    for page in reader.pages[:3]:
        assert "예산(천원)" in page.extract_text()
        assert page.mediabox.width > page.mediabox.height


def test_korean_words_stay_whole() -> None:
    words = ["권선구의", "추진실적을", "2021년에는", "「재난안전」대책", "점검하였습니다."]
    text = " ".join(words * 60)
    table = Table(
        "표",
        "",
        [Column("구분", width=20), Column("수", CellKind.NUMBER, 60)],
        [Row([Cell(text), Cell(1)])],
    )
    content = pdf_of(replace(EMPTY, title="제목", blocks=[Paragraph(text), Bullet(text), table]))
    found = {
        word for page in PdfReader(BytesIO(content)).pages for word in page.extract_text().split()
    }
    assert found == {*words, "제목", "○", "구분", "수", "1", "-"} | {
        str(number + 1) for number in range(page_count(content))
    }


def test_what_is_wider_than_its_line_is_divided() -> None:
    word, digest = "가" * 1000, "0123456789abcdef" * 8
    columns = [
        Column(word[:30], width=2),
        Column("W" * 30, CellKind.NUMBER, 2),
        Column("글", width=90),
    ]
    found = Document(
        word,
        word,
        word,
        word + digest,
        [
            Heading(word, 3),
            Paragraph("W" * 1000),
            *(Bullet(word + digest, depth) for depth in range(4)),
            Table("표", word, columns, [Row([Cell(word), Cell(10**30), Cell("글")])], word),
            Chart(word, [(word, Decimal("250.5"))], ""),
            Picture(photo(), "", word),
        ],
        [],
    )
    letters = [*letters_of(pdf_of(found))]
    assert min(one.x0 for one in letters) > 19 * MILLIMETRE
    assert max(one.x1 for one in letters) < 191 * MILLIMETRE


def test_numbers_get_the_width_that_they_need() -> None:
    columns = [
        Column("구분", width=90),
        Column("예산(천원)", CellKind.NUMBER, 1),
        Column("날", CellKind.DAY, 1),
    ]
    rows = [Row([Cell("글 " * 40), Cell(123_456_789_012), Cell(None, "공개하지 않음")])]
    content = pdf_of(replace(EMPTY, blocks=[Table("표", "", columns, rows)]))
    lines = [
        line.strip() for line in PdfReader(BytesIO(content)).pages[0].extract_text().split("\n")
    ]
    assert any("123,456,789,012" in line for line in lines)
    assert any("예산(천원)" in line for line in lines)


@pytest.mark.parametrize("is_landscape", [False, True])
def test_empty_document(is_landscape: bool) -> None:
    content = pdf_of(replace(EMPTY, is_landscape=is_landscape))
    assert text_of(content) == "보고서-1-"


def test_levels_that_are_left_out_are_closed() -> None:
    content = pdf_of(replace(EMPTY, blocks=[Heading("가", 3), Heading("나", 3), Heading("다", 1)]))
    assert [one["tag"] for one in tags_of(content) if one["tag"].startswith("/H")] == [
        "/H1",
        "/H2",
        "/H1",
    ]


def test_bullets_of_any_depth_follow_each_other() -> None:
    bullets = [Bullet(f"{number}번", depth) for number, depth in enumerate((3, 1, 3, 2, 0, 2, 0))]
    content = pdf_of(replace(EMPTY, blocks=bullets))
    assert "※0번○1번※2번-3번□4번-5번□6번" in text_of(content)


def test_texts_are_no_code() -> None:
    content = pdf_of(replace(EMPTY, blocks=[Heading('#panic("가") *나* $x$ <다> @라 \\u{41}')]))
    assert '#panic("가")*나*$x$<다>@라\\u{41}' in text_of(content)


@pytest.mark.long
def test_table_of_ten_thousand_rows() -> None:
    rows = [Row([Cell(number), Cell(number % 7)]) for number in range(10_000)]
    columns = [Column("번호", CellKind.NUMBER), Column("값", CellKind.NUMBER)]
    content = pdf_of(replace(EMPTY, blocks=[Table("표", "", columns, rows)]))
    last = PdfReader(BytesIO(content)).pages[-1].extract_text()
    assert "9,999" in last
    assert "번호" in last


@pytest.mark.parametrize(
    "found",
    [
        document(),
        document(10_000),
        replace(document(), title=LONG, subtitle=LONG, office=LONG, source=LONG),
        replace(EMPTY, blocks=[Paragraph(LONG), Bullet("한\n줄\n" * 500)], is_landscape=True),
        replace(EMPTY, blocks=[Picture(photo(), "", LONG)] * 30),
        replace(EMPTY, blocks=[Chart(LONG, [(LONG, Decimal(3))] * 300, "")]),
        replace(
            EMPTY,
            blocks=[
                Table("표", LONG, [Column(LONG, group=LONG[at])] * 60, [Row([Cell(LONG)] * 60)])
                for at in range(3)
            ],
        ),
    ],
    ids=["small", "10000 rows", "long title", "long", "photos", "bars", "columns"],
)
def test_one_page_is_one_page(found: Document) -> None:
    assert page_count(pdf_of(replace(found, is_one_page=True))) == 1


def test_what_fits_one_page_is_not_cut() -> None:
    content = pdf_of(replace(document(15), is_one_page=True))
    text = text_of(content)
    assert printable(f"15번째 과제 {ODD}").replace(" ", "") in text
    assert "…" not in text
    assert CUT_NOTE.replace(" ", "") not in text


def test_one_page_says_that_it_was_cut_and_keeps_the_digest() -> None:
    text = text_of(pdf_of(replace(document(100), is_one_page=True)))
    assert CUT_NOTE.replace(" ", "") in text
    assert "ab" * 32 in text


# Characters that formats stumble over, and whatever else there is.
ODD_CHARACTERS = (
    "&<>\"'+=-@#$*_`\\/[]{}~ \t\n\r\0\x07\ufffe"
    "權㎡🙂👨\u200d👩🇰🇷\uf06c\uf53a\u202e가\u1112\u119e\u11ab"
)
TEXTS = st.text(st.sampled_from(ODD_CHARACTERS) | st.characters(), max_size=60)


@settings(max_examples=8, deadline=None)
@given(st.lists(TEXTS, min_size=12, max_size=12), st.lists(TEXTS, max_size=40))
def test_any_text_is_printed(texts: list[str], more: list[str]) -> None:
    title, subtitle, office, source, heading, bullet, paragraph, head, group, cell, alt, label = (
        texts
    )
    table = Table(
        "표",
        title,
        [Column(head, group=group), Column(head, CellKind.NUMBER)],
        [Row([Cell(cell), Cell(None, cell)], is_strong=True)],
        source,
    )
    found = Document(
        title,
        subtitle,
        office,
        source,
        [
            Heading(heading),
            Bullet(bullet, 0),
            Paragraph(paragraph),
            table,
            Chart(alt, [(label, Decimal(50))], alt),
            Picture(photo(), alt, label),
            *map(Paragraph, more),
        ],
        [],
    )
    text = text_of(pdf_of(found))
    for words in (*texts[1:10], *more):
        assert re.search(as_read("".join(printable(words).split())), text)


def as_read(words: str) -> str:
    """Return a pattern of a text as pypdf reads it.

    Where a font draws a letter and its accent as two glyphs, the file says once what both are
    (ActualText), but pypdf reads the letter for each glyph.
    """
    return "".join(
        re.escape(one) + ("{1,2}" if unicodedata.decomposition(one) else "") for one in words
    )


def test_letter_of_two_glyphs_is_said_once() -> None:
    content = pdf_of(replace(EMPTY, blocks=[Paragraph("0Ľ0")]))
    assert re.search(as_read("0Ľ0"), text_of(content))
    with pikepdf.open(BytesIO(content)) as file:
        said = [
            operands[1]["/ActualText"]
            for operands, operator in pikepdf.parse_content_stream(file.pages[0])
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        ]
    assert list(map(str, said)) == ["Ľ"]


def test_fault_of_ours_is_no_refusal() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        pdf_of(replace(EMPTY, blocks=[Picture(b"no picture", "", "")]))


def test_report_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_BYTES", 150 * 2**20)
    with pytest.raises(RefusedError, match="너무 커서"):
        pdf_of(replace(EMPTY, blocks=[summary(3000)]))
    monkeypatch.setattr(pdf, "MOST_WAITING", 0.0)
    with pytest.raises(RefusedError, match="너무 커서"):
        pdf_of(EMPTY)
