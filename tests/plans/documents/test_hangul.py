"""Documents of 한글 as a plan's text: HWPX and HWP 5."""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import hwpforge
import pytest
from hwpx import HwpxDocument
from hwpx.hwp5.cfb import build_compound_file
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.documents.errors import DocumentError
from plans.documents.hangul import program
from plans.documents.hangul.reading import (
    MOST_LETTERS,
    MOST_UNPACKED,
    format_of,
    lines_of,
    read_lines,
)
from plans.documents.markers import Rank, guess
from plans.documents.notes import SHIPPED, read_outline, with_notes
from plans.documents.outline import parse
from plans.documents.reading import SourceDocument, document_of, read_document
from tests.plans.documents.hangul_files import (
    DISTRIBUTION,
    DRM,
    LOCKED_MANIFEST,
    MANIFEST,
    PASSWORD,
    SECTION,
    Format,
    changed,
    file_of,
    flagged,
    with_entity,
)

FORMATS: tuple[Format, ...] = ("hwpx", "hwp")
PLAN = ["2031. 업무 계획", "1 안전 도시", "□ 목표", "- ▶ 과제 : 순찰, 점검", "※ 예산 별도"]
# Characters that XML must escape, that take two units of UTF-16, or that other texts do not have.
LETTERS = "가힣 &<>\"'漢㎡㎍①Ⅳ😀𝄞\uf06c\uf53a\ue000·※ᄒᆞᆫ\u00a0\u3000"


def paragraphs(document: HwpxDocument, kind: Format = "hwpx") -> list[str]:
    """Return what the program reads, in this process; empty paragraphs are left out."""
    return [
        *filter(None, program.read(document.to_bytes(format=kind), MOST_UNPACKED, MOST_LETTERS))
    ]


def second_reader(data: bytes, kind: Format) -> Iterator[str]:
    """Yield the texts that hwpforge reads."""
    if kind == "hwp":
        document = hwpforge.convert_hwp5(data).document
    else:
        document = hwpforge.Document.from_bytes(data)
    waiting = [json.loads(document.to_json(styles=False).text)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from [one["Text"]] if isinstance(one.get("Text"), str) else []
            waiting += [*one.values()][::-1]
        elif isinstance(one, list):
            waiting += one[::-1]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_2021_plan_is_the_same_from_a_document_as_from_text(kind: Format) -> None:
    text = read_document(SHIPPED / "plan-2021.txt")
    document, notes = with_notes(document_of(file_of(text.lines, kind), f"plan.{kind}"))

    assert document == SourceDocument(text.lines, kind.upper())
    assert read_outline(document, notes=notes) == read_outline(text, notes=notes)


@pytest.mark.parametrize("kind", FORMATS)
def test_text_is_what_a_second_reader_finds(kind: Format) -> None:
    document = HwpxDocument.new()
    document.add_paragraph("앞 줄\n뒷줄\t탭 & <b> 😀 安全 ㎡")
    document.add_table(1, 1).cell(0, 0).set_text("1 제목 상자")
    document.add_paragraph("□ 목표")
    found = paragraphs(document, kind)

    others = filter(None, second_reader(document.to_bytes(format=kind), kind))
    assert [one.replace("\u2028", "\n") for one in found] == [*others]


def test_a_file_that_hangul_wrote_is_read() -> None:
    data = Path(__file__).with_name("table.hwp").read_bytes()

    lines = read_lines(data)

    assert lines[:4] == [
        "| 1-1 | 1-2",
        "| 2-1 | 2-2",
        "| 분야 | 문제점 및 이슈 | 추진방향",
        "| 인프라(서버) | 인프라 환경,검증 어려움 | 서버 클라우드 환경",
    ]
    others = "".join(second_reader(data, "hwp"))
    assert "".join("".join(lines).replace("|", "").split()) == "".join(others.split())


def test_a_long_row_is_a_line_for_each_cell() -> None:
    document = HwpxDocument.new()
    table = document.add_table(2, 2)
    table.cell(0, 0).set_text("1")
    table.cell(0, 1).set_text("가" * 2_000)
    table.cell(1, 0).set_text("□ 나")

    assert paragraphs(document) == ["| 1", f"| {'가' * 2_000}", "| □ 나"]


@given(text=st.text(LETTERS, max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_text_comes_back_with_symbols_for_private_characters(text: str) -> None:
    document = HwpxDocument.new()
    document.add_paragraph(f"가{text}나")

    for kind in FORMATS:
        assert paragraphs(document, kind) == [f"가{text}나".translate(program.SYMBOLS)]


@pytest.mark.parametrize("kind", FORMATS)
def test_automatic_bullets_and_numbers_become_characters(kind: Format) -> None:
    document = HwpxDocument.new()
    titles = ("안전", "목표", "과제", "활동", "나눔")
    for title in titles:
        document.add_paragraph(title)
    # The first paragraph is the new document's own, and empty.
    make_list = document.styles.apply_list_format
    make_list(paragraph_indexes=[1, 5], kind="number")
    make_list(paragraph_index=2, level=1, bullet_char="□")
    make_list(paragraph_index=3, level=2, bullet_char="\uf0a1")
    make_list(paragraph_index=4, level=3, bullet_char="\uf09f")
    document.add_paragraph("")

    found = paragraphs(document, kind)

    assert found == ["1. 안전", "□ 목표", "○ 과제", "• 활동", "2. 나눔"]
    outline = parse(found, guess(found))
    assert [item.title for item in outline.items()] == [*titles]
    assert [item.rank for item in outline.items()] == [*list(Rank)[:4], Rank.PILLAR]


@pytest.mark.parametrize("kind", FORMATS)
def test_tables_and_text_boxes_are_read_where_they_stand(kind: Format) -> None:
    document = HwpxDocument.new()
    document.add_paragraph("2031. 업무 계획")
    title = document.add_table(1, 3)
    title.cell(0, 0).set_text("1")
    title.cell(0, 2).set_text("안전 도시")
    box = document.add_table(1, 1).cell(0, 0)
    box.set_text("□ 목표")
    box.add_paragraph("- ▶ 과제")
    merged = document.add_table(2, 2)
    for row in range(2):
        for column in range(2):
            merged.cell(row, column).set_text(f"칸{row}{column}")
    merged.merge_cells(0, 0, 0, 1)
    document.add_paragraph("끝")

    assert paragraphs(document, kind) == [
        "2031. 업무 계획",
        "1 안전 도시",
        "□ 목표",
        "- ▶ 과제",
        "| 칸00 | 칸01",
        "| 칸10 | 칸11",
        "끝",
    ]


def test_a_composed_character_becomes_its_characters() -> None:
    document = HwpxDocument.new()
    paragraph = document.add_paragraph("순서 ")
    document.shapes.add_composed_character("12", paragraph=paragraph)

    assert paragraphs(document) == ["순서 12"]


def test_a_line_break_continues_its_line() -> None:
    assert lines_of("□ 긴 목표의\u2028뒷부분") == ["□ 긴 목표의", "  뒷부분"]
    lines = ["1 축", *lines_of("□ 긴 목표의\u2028뒷부분"), "", "  다른 글"]

    outline = parse(lines, guess(lines))

    assert outline.pillars[0].children[0].title == "긴 목표의 뒷부분"
    assert (outline.continuations, outline.lines) == (1, 4)


def test_deleted_text_of_tracked_changes_is_left_out() -> None:
    document = HwpxDocument.new()
    paragraph = document.add_paragraph("방법방범 순찰대")
    document.tracking.delete(paragraph=paragraph, match="방법")

    assert paragraphs(document) == ["방범 순찰대"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed(file_of(PLAN), MANIFEST, lambda _: LOCKED_MANIFEST), "암호를 풀고"),
        (flagged(file_of(PLAN, "hwp"), PASSWORD), "암호를 풀고"),
        (flagged(file_of(PLAN, "hwp"), DISTRIBUTION), "배포용으로 만들기 전"),
        (flagged(file_of(PLAN, "hwp"), DRM), "보안을 풀고"),
        (file_of(PLAN)[:4_000], "깨져서"),
        (file_of(PLAN, "hwp")[:4_000], "깨져서"),
        (build_compound_file([("WordDocument", b"word" * 2_000)]), "한글 문서가 아닌 오피스"),
        (with_entity(file_of(["구"]), "UTF-8"), "깨져서"),
        (with_entity(file_of(["구"]), "UTF-8", f"<!--{'x' * 5_000}-->"), "깨져서"),
        (with_entity(file_of(["구"]), "UTF-16"), "깨져서"),
        (changed(file_of(PLAN), SECTION, lambda _: bytes(120 * 2**20)), "너무 커지는"),
    ],
    ids=[
        "locked HWPX", "locked HWP", "distributed", "DRM", "half of an HWPX", "half of an HWP",
        "Word 97", "DTD", "DTD behind a comment", "DTD in UTF-16", "bomb",
    ],
)  # fmt: skip
def test_bad_documents_get_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence) as refusal:
        read_lines(data)

    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("[Content_Types].xml", "오피스 문서"), ("plan.txt", "압축을 풀고")],
)
def test_other_zips_are_refused(tmp_path: Path, name: str, sentence: str) -> None:
    path = tmp_path / "plan.hwpx"
    with ZipFile(path, "w") as packed:
        packed.writestr(name, "글")

    with pytest.raises(DocumentError, match=sentence):
        read_document(path)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"HWP Document File V3.00 \x1a\x01", "한글 97"),
        (b"PK\x05\x06" + bytes(18), "압축"),
    ],
)
def test_other_formats_are_known_by_their_first_bytes(start: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence):
        format_of(start)


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(DocumentError, match="비어 있습니다"):
        document_of(file_of(["", " "]), "plan.hwpx")
