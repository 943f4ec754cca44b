"""Reading of tables: workbooks, CSV, pasted. Hostile workbooks: tests/plans/editing/sheets."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gwonseon.refusals import RefusedError
from gwonseon.size_limits import LARGEST_TABLE
from gwonseon.tables.cells import MOST_COLUMNS, MOST_ROWS, TableCell, as_text
from gwonseon.tables.csv_files import csv_file, guarded, unguarded
from gwonseon.tables.files import limit_size, read_table
from gwonseon.tables.pasted import read_pasted
from gwonseon.tables.rows import rows_of
from gwonseon.tables.workbooks import LISTS, blank_workbook

TABLE = [["이름", "수"], ["예시 가", "1"], ["예시 나", ""]]


def workbook(**sheets: list[list[Any]]) -> BytesIO:
    """Return a workbook with these lines in its sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    buffer = BytesIO()
    book.save(buffer)
    buffer.seek(0)
    return buffer


def texts(lines: list[list[TableCell]]) -> list[list[str]]:
    """Return the cells' texts, without the empty ones at the ends of lines."""
    shown = []
    for line in lines:
        found = [cell.text for cell in line]
        while found and not found[-1]:
            found.pop()
        shown.append(found)
    return shown


READ = [["이름", "수"], ["예시 가", "1"], ["예시 나"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_file_is_read_in_the_encodings_of_korean_offices(encoding: str, end: str) -> None:
    text = end.join(",".join(line) for line in TABLE)
    assert texts(read_table(BytesIO(text.encode(encoding)))) == READ


def test_a_workbook_is_read_beside_its_lists_and_empty_sheets() -> None:
    assert texts(read_table(workbook(표=TABLE, 목록=[["이름"]], Sheet2=[]))) == READ


def test_two_filled_sheets_are_refused() -> None:
    with pytest.raises(RefusedError, match="값이 있는 시트가 여럿입니다"):
        read_table(workbook(하나=TABLE, 둘=TABLE))


def test_pasted_cells_are_split_at_tabs_and_keep_commas_and_line_breaks() -> None:
    pasted = '이름\t내용\r\n가, 나\t"첫 줄\n둘째 ""줄"""\r\n'
    assert texts(read_pasted(pasted)) == [["이름", "내용"], ["가, 나", '첫 줄\n둘째 "줄"']]


def test_a_quotation_mark_within_a_cell_is_text() -> None:
    assert texts(read_pasted('이름\t수\n5" 관\t1')) == [["이름", "수"], ['5" 관', "1"]]


def test_an_unclosed_quotation_mark_is_reported() -> None:
    with pytest.raises(RefusedError, match="짝이 없는 큰따옴표를 지우고"):
        read_pasted('이름,수\n"가,1\n나,2')


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0photo", b"%PDF\0", b"\x89PNG\r\n\0"])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(RefusedError, match="표로 읽을 수 없는 파일입니다"):
        read_table(BytesIO(content))


def test_old_and_password_protected_workbooks_get_their_sentences() -> None:
    with pytest.raises(RefusedError, match="암호를 풀고 「XLSX」 형식으로"):
        read_table(BytesIO(b"\xd0\xcf\x11\xe0\0"))


def test_too_many_lines_or_columns_are_refused() -> None:
    with pytest.raises(RefusedError, match="2,000줄을 넘습니다"):
        read_pasted("가\n" * (MOST_ROWS + 1))
    with pytest.raises(RefusedError, match="60열을 넘습니다"):
        read_pasted("가," * MOST_COLUMNS + "가")
    with pytest.raises(RefusedError, match="「표」 시트가 60열을 넘습니다"):
        read_table(workbook(표=[["가"] * (MOST_COLUMNS + 1)]))


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    limit_size(SimpleUploadedFile("table.csv", bytes(LARGEST_TABLE)))
    with pytest.raises(ValidationError):
        limit_size(SimpleUploadedFile("table.csv", bytes(LARGEST_TABLE + 1)))


def rows(text: str) -> list[dict[str, str]]:
    found, problems = rows_of(read_pasted(text), known={"이름", "수"}, needed={"이름"})
    assert not problems
    return [row.cells for row in found]


def test_rows_are_read_by_the_names_of_their_columns() -> None:
    assert rows("수,이름\n1,가\n\n,나\n2") == [
        {"수": "1", "이름": "가"},
        {"수": "", "이름": "나"},
        {"수": "2", "이름": ""},
    ]
    assert rows("이름\n가") == [{"이름": "가"}]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "표에 「이름」 열이 없습니다"),
        ("수\n1", "표에 「이름」 열이 없습니다"),
        ("이름,값\n가,1", "B1의 열 이름 「값」을"),
        ("이름,이름\n가,나", "B1의 열 「이름」이"),
    ],
)
def test_ambiguous_or_missing_columns_refuse_the_table(text: str, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        rows(text)


def test_a_value_without_column_name_and_a_formula_are_reported() -> None:
    lines = read_table(workbook(표=[["이름", "수"], ["가", "=1+1"], ["나", 2, "메모"], ["다", 3]]))
    found, problems = rows_of(lines, known={"이름", "수"}, needed={"이름"}, sheet="표")

    assert [row.cells["이름"] for row in found] == ["다"]
    assert [(one.place, one.column) for one in problems] == [("표!B2", "수"), ("표!C3", "")]
    assert found[0].place("수") == "표!B4"
    assert found[0].problem("수", "예시 문장").text == "3"


def test_a_csv_file_is_korean_text_for_excel_and_holds_no_formula() -> None:
    content = csv_file([["이름", "수"], ['=HYPERLINK("x")', -5], ["@가", "'=나"]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "이름,수",
        '"\'=HYPERLINK(""x"")",-5',
        "'@가,''=나",
    ]
    assert texts(read_table(BytesIO(content)))[1:] == [['=HYPERLINK("x")', "-5"], ["@가", "'=나"]]


@given(st.text())
def test_text_guarded_against_formulas_is_read_back(text: str) -> None:
    text = as_text(text)
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))


def test_a_blank_workbook_offers_names_and_can_be_read_again() -> None:
    lists = {"종류": ["가", "나"], "동": ["평동"]}
    buffer = blank_workbook("시설", ["이름", "종류", "동"], lists, many={"종류"})
    book = load_workbook(buffer)

    assert [cell.value for cell in book["시설"][1]] == ["이름", "종류", "동"]
    assert [cell.value for cell in book[LISTS]["A"]] == ["종류", "가", "나"]
    (offer,) = book["시설"].data_validations.dataValidation
    assert (str(offer.sqref), offer.formula1) == (f"C2:C{MOST_ROWS}", "목록!$B$2:$B$2")
    buffer.seek(0)
    assert texts(read_table(buffer)) == [["이름", "종류", "동"]]
