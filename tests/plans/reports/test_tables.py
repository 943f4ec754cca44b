"""Workbooks and CSV files of a report, read back by other libraries."""

import csv
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from plans.reports.characters import clean
from plans.reports.document import Cell, CellKind, Column, Document, Row, Table
from plans.reports.formats.csv import csv_of
from plans.reports.formats.html import html_of
from plans.reports.formats.xlsx import xlsx_of
from tests.plans.reports.documents import ODD, document

ODD_TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("&<>\"'=+-@\t\n㎡漢🙂\uf06c\x07"), st.characters()),
    max_size=50,
)


def with_texts(texts: list[str]) -> Document:
    table = Table("글", "글", [Column("글")], [Row([Cell(one)]) for one in texts])
    return Document("제목", "부제", "권선구", "근거", [table], [table])


def test_numbers_are_numbers_days_are_days_and_text_is_no_formula() -> None:
    book = load_workbook(BytesIO(xlsx_of(document())))
    sheet = book["요약"]

    heads = [cell.value for cell in sheet[2]]
    assert heads[2:5] == ["목표", "누계", "달성률(%)"]
    assert sheet["C1"].value == "연간"
    assert "C1:E1" in [str(one) for one in sheet.merged_cells.ranges]
    assert [cell.value for cell in sheet[3]] == [
        "안전",
        f"1번째 과제 {ODD}",
        "목표 미설정",
        975.5,
        "공개하지 않음",
        12345678,
        datetime.fromisoformat("2021-12-31"),
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:G6"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_the_first_sheet_has_every_line_with_its_marker() -> None:
    sheet = load_workbook(BytesIO(xlsx_of(document())))["보고서"]
    lines = [tuple(cell.value for cell in row[:2]) for row in sheet.iter_rows()]

    assert lines[0][0] == "2021년 1분기 추진실적 보고"
    assert ("□", "재난에 강한 안전도시") in lines
    assert ("-", "추진실적: 여러 줄로 쓴\n글입니다.") in lines


def test_a_chart_is_native_and_says_in_words_what_it_shows() -> None:
    content = xlsx_of(document())
    sheet = load_workbook(BytesIO(content))["그림"]

    assert len(sheet._charts) == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in sheet["B"]][1:3] == [81.3, 40]


@given(st.lists(ODD_TEXTS, min_size=1, max_size=5))
def test_any_text_comes_back_from_the_workbook(texts: list[str]) -> None:
    book = load_workbook(BytesIO(xlsx_of(with_texts(texts))))
    found = [row[0].value or "" for row in book["글"].iter_rows(min_row=2)]
    expected = [clean(one) for one in texts]

    assert found[: len(texts)] == expected


@given(st.lists(ODD_TEXTS, min_size=1, max_size=5))
def test_no_text_in_a_csv_file_is_run_by_a_spreadsheet(texts: list[str]) -> None:
    text = csv_of(with_texts(texts)).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline="")))

    assert len(rows) == len(texts) + 1
    assert not any(row and row[0][:1] in set("=+-@") and row[0] for row in rows)


def test_a_csv_file_has_plain_numbers_days_and_words() -> None:
    content = csv_of(document())
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[0] == [
        "축",
        "추진과제",
        "연간 목표",
        "연간 누계",
        "연간 달성률(%)",
        "예산(천원)",
        "기한",
    ]
    assert rows[1][2:] == ["목표 미설정", "975.5", "공개하지 않음", "12345678", "2021-12-31"]
    assert rows[2][0] == ""


def test_a_negative_number_stays_a_number() -> None:
    table = Table("수", "수", [Column("수", CellKind.NUMBER)], [Row([Cell(Decimal("-12.50"))])])
    found = csv_of(Document("가", "나", "다", "라", [], [table])).decode("utf-8-sig")

    assert found.split() == ["수", "-12.5"]


def test_the_page_refers_to_nothing_outside_itself() -> None:
    page = html_of(document()).decode()

    assert "src=" not in page
    assert "href=" not in page
    assert "=1+1 &amp; &lt;b&gt;" in page
    assert '<td class="text" rowspan="3">안전</td>' in page
    assert "<title>축별 달성률: 안전 81.3%, 복지 40%</title>" in page


def test_two_files_of_a_report_have_the_same_bytes() -> None:
    for made in (xlsx_of, csv_of, html_of):
        assert made(document()) == made(document())
