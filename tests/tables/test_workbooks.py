"""Reading of uploaded workbooks: their values, and the limits of time and memory."""

import datetime as dt
import random
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import TableCell
from gwonseon.tables.csv_files import csv_file, decoded, read_csv
from gwonseon.tables.files import read_table
from gwonseon.tables.workbooks import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
FIRST = "xl/worksheets/sheet1.xml"
FAR_OUT = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
TOO_LARGE = "풀면 너무 커지는 파일입니다"


def book(fill: Callable[[Workbook], None]) -> bytes:
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as made:
        fill(made)
    return buffer.getvalue()


def small(made: Workbook) -> None:
    sheet = made.add_worksheet("표")
    sheet.write_row(0, 0, ["이름", "수"])
    sheet.write_row(1, 0, ["가_x000D_\n나", 1.5])


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, change(text) if part.startswith(name) else text)
    return buffer.getvalue()


def sheet_of(content: bytes) -> list[list[TableCell]]:
    return read_workbook(BytesIO(content))["표"]


def test_escaped_characters_of_workbooks_are_decoded() -> None:
    assert sheet_of(book(small)) == [
        [("이름", False), ("수", False)],
        [("가\n나", False), ("1.5", False)],
    ]


@pytest.mark.parametrize("text", ["_x0041_", "가_xD800_나", "_xD83D__xDE00_", "_xFFFF_"])
def test_text_that_only_looks_escaped_is_unchanged(text: str) -> None:
    content = book(lambda made: made.add_worksheet("표").write_string(0, 0, text))

    assert sheet_of(content) == [[(text, False)]]


def test_a_strict_workbook_is_read() -> None:
    def strictly(text: str) -> str:
        for old, new in STRICT.items():
            text = text.replace(old, new)
        return text

    assert sheet_of(with_part(book(small), "", strictly)) == sheet_of(book(small))


def test_days_and_times_are_read_as_the_portal_writes_them() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("표")
        formats = ("yyyy-mm-dd", "yyyy. m. d.", "yyyy-mm-dd hh:mm", "hh:mm")
        moments = (dt.date(2021, 3, 2), dt.date(2021, 3, 2), dt.datetime(2021, 3, 2, 9, 30), 0.8125)  # noqa: DTZ001
        for at, (shape, moment) in enumerate(zip(formats, moments, strict=True)):
            write = sheet.write_number if isinstance(moment, float) else sheet.write_datetime
            write(0, at, moment, made.add_format({"num_format": shape}))

    texts = [cell.text for cell in sheet_of(book(fill))[0]]
    assert texts == ["2021-03-02", "2021-03-02", "2021-03-02 09:30:00", "19:30"]


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="B1"><f>1+1</f></c></row>',
        '<row r="1"><c r="B1"><f>1+1</f><v>2</v></c></row>',
        "<row r='1'><c r='B1' t='str'>\n<f>A1</f><v></v></c></row>",
        '<row r="1"><c t="e" r="B1"><v>#N/A</v></c></row>',
        '<row r="1"><c r="A1"/><c r="B1" s="0"><f t="shared" si="0"/></c></row>',
    ],
)
def test_a_cell_that_was_computed_is_marked_even_without_a_value(cells: str) -> None:
    lines = sheet_of(with_part(book(small), FIRST, lambda _: SHEET % cells))
    assert [cell.is_computed for cell in lines[0]] == [False, True]


def test_a_formula_in_a_distant_cell_is_not_ignored() -> None:
    far = '<row r="5000"><c r="A5000"><f>1+1</f></c></row>'
    with pytest.raises(RefusedError, match="2,000줄을 넘습니다"):
        sheet_of(with_part(book(small), FIRST, lambda _: SHEET % far))
    with pytest.raises(RefusedError, match="XLSX 파일로 읽을 수 없습니다"):
        sheet_of(with_part(book(small), FIRST, lambda _: SHEET % "<row><c><f>1+1</f></c></row>"))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (FIRST, SHEET % FAR_OUT),
        (FIRST, " " * (51 * 2**20)),
    ],
)
def test_a_workbook_that_would_cost_too_much_is_refused(part: str, content: str) -> None:
    with pytest.raises(RefusedError, match=TOO_LARGE):
        read_workbook(BytesIO(with_part(book(small), part, lambda _: content)))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (FIRST, SHEET % ('<row r="1">' + "<c/>" * 3_000_000 + "</row>")),
        ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">' + "<si><t/></si>" * 2_600_000 + "</sst>"),
    ],
)
def test_a_million_empty_repeated_elements_stay_within_the_limits(part: str, content: str) -> None:
    hostile = with_part(book(small), part, lambda _: content)
    assert len(hostile) < 2**17
    try:
        found = read_workbook(BytesIO(hostile))
    except RefusedError:
        return
    assert sum(len(line) for line in found["표"]) < 10


def test_any_damaged_workbook_is_read_or_gets_its_sentence() -> None:
    content = book(small)
    chance = random.Random(2021)
    for _ in range(40):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_workbook(BytesIO(bytes(broken)))
        except RefusedError as refusal:
            assert str(refusal)


def texts(lines: list[list[TableCell]]) -> list[list[str]]:
    return [[cell.text for cell in line] for line in lines]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff\ufeff이름,수\n가,1".encode(),
        "sep=;\r\n이름;수\r\n가;1".encode("cp949"),
        "SEP=\t\n이름\t수\n가\t1".encode(),
        "이름;수\n가;1".encode(),
        "이름\t수\r\n가\t1".encode("utf-16"),
    ],
)
def test_csv_files_of_other_programs_are_read(content: bytes) -> None:
    assert texts(read_table(BytesIO(content))) == [["이름", "수"], ["가", "1"]]


def test_a_long_cell_is_not_reported_as_an_unclosed_mark() -> None:
    long = "가" * 200_000
    assert texts(read_csv(f"이름\n{long}")) == [["이름"], [long]]


def test_any_bytes_are_csv_text_or_get_a_sentence() -> None:
    chance = random.Random(2021)
    for _ in range(300):
        content = bytes(chance.choice(b'",;\t\n\r\0=a\xea\xb0\x80\xff') for _ in range(60))
        try:
            read_csv(decoded(content))
        except RefusedError as refusal:
            assert str(refusal)


def test_csv_output_can_be_read_again() -> None:
    lines = [["이름", "수"], ["=1+1", "-5"], ['가"나', "다\n라"]]
    assert texts(read_table(BytesIO(csv_file(lines)))) == lines
