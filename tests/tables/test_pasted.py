"""Reading of cells pasted from a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwonseon.refusals import RefusedError
from gwonseon.tables.pasted import read_pasted


def pasted(text: str) -> list[list[str]]:
    return [[cell.text for cell in line] for line in read_pasted(text)]


def test_quotation_marks_opened_and_closed_in_two_rows_keep_two_rows() -> None:
    text = '추진일자\t수량(개소)\t내용\n2021-04-01\t1\t"가나\n2021-04-02\t2\t다라"\n'
    assert pasted(text)[1:] == [["2021-04-01", "1", '"가나'], ["2021-04-02", "2", '다라"']]


def test_a_cell_entirely_in_quotation_marks_keeps_them() -> None:
    assert pasted('이름\t내용\n가\t"인용"\n"나"\t다') == [
        ["이름", "내용"],
        ["가", '"인용"'],
        ['"나"', "다"],
    ]


def test_a_cell_that_starts_with_a_quotation_mark_is_read() -> None:
    assert pasted('이름\t내용\n가\t"열린 문') == [["이름", "내용"], ["가", '"열린 문']]


def test_quotation_marks_around_a_cell_with_line_breaks_are_removed() -> None:
    text = '이름\t내용\r\n가\t"첫 줄\n둘째 ""줄"""\r\n"나\n나"\t"다\n라"\r\n다\t라'
    assert pasted(text) == [
        ["이름", "내용"],
        ["가", '첫 줄\n둘째 "줄"'],
        ["나\n나", "다\n라"],
        ["다", "라"],
    ]


def test_a_name_of_a_column_may_have_a_line_break() -> None:
    assert pasted('추진일자\t"수량\n(개소)"\n2021-04-01\t1') == [
        ["추진일자", "수량\n(개소)"],
        ["2021-04-01", "1"],
    ]


def test_empty_cells_stay_in_their_places() -> None:
    assert pasted("이름\t수\t내용\n\t\t가\n나\t\t\n") == [
        ["이름", "수", "내용"],
        ["", "", "가"],
        ["나", "", ""],
    ]


def test_one_column_and_csv_text_are_read_too() -> None:
    assert pasted('이름\n"가\n나"\n다') == [["이름"], ["가\n나"], ["다"]]
    assert pasted('이름,수\n"가,나",1') == [["이름", "수"], ["가,나", "1"]]
    assert pasted("") == []


CELLS = st.text(alphabet='가나"\t\n, 1', max_size=6).map(str.strip)


def copied(text: str) -> str:
    """Return a cell's text as spreadsheets put it on the clipboard."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if {"\n", "\t"} & set(text) else text


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_cells_copied_from_a_spreadsheet_are_read_back_if_unambiguous(
    rows: list[list[str]],
) -> None:
    width = len(rows[0])
    table = [["이름", "수", "글"][:width], *[[*row, "", ""][:width] for row in rows]]
    # A tab in a cell, or a quotation mark at its start or end, is ambiguous; tabs are rare.
    plain = [[one.replace("\t", " ").strip('" \n') for one in row] for row in table]
    text = "\n".join("\t".join(map(copied, row)) for row in plain)
    if plain[-1] != [""] * width:
        assert pasted(text) == plain


@given(st.text(alphabet='가"\t\n,=', max_size=40))
def test_any_text_is_a_table_or_gets_a_sentence(text: str) -> None:
    try:
        found = pasted(text)
    except RefusedError as refusal:
        assert str(refusal)
    else:
        assert bool(found) == bool(text.strip("\n"))


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(RefusedError, match="2,000줄을 넘습니다"):
        read_pasted("가\t나\n" * 2001)


def test_a_million_quotation_marks_are_refused_early() -> None:
    with pytest.raises(RefusedError, match="2,000줄을 넘습니다"):
        read_pasted('"\n' * 250_000)
    assert len(read_pasted(('"a' * 500 + "\t\n") * 1000)) == 1000
