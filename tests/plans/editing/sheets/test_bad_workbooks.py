"""Uploads that are no workbook of the plan, or were made to do harm."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.test import Client
from openpyxl import Workbook

from gwonseon.size_limits import LARGEST_TABLE
from gwonseon.tables.cells import MOST_ROWS
from gwonseon.tables.workbooks import MOST_UNPACKED
from gwonseon.uploads.models import Upload
from plans.tree.models import Activity
from tests.plans.editing.sheets.workbooks import saved, taken, upload

pytestmark = pytest.mark.django_db


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook with some of its parts changed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return buffer.getvalue()


def refused(client: Client, activity: Activity, content: bytes) -> str:
    """Upload a file that must be refused, and return the page's error."""
    response = upload(client, activity.plan, content)
    assert not Upload.objects.exists()
    return response.context["form"].errors["file"][0]


def set_cell(book: Workbook, place: str, value: str | None) -> None:
    """Set a cell of the activities' sheet."""
    book["활동"][place] = value


def empty(book: Workbook) -> None:
    """Delete all sheets but the lists of names."""
    for name in ("축", "목표", "추진과제", "활동"):
        del book[name]


NO_WORKBOOK = "XLSX 파일로 읽을 수 없습니다"


def test_a_file_is_needed(planner: Client, activity: Activity) -> None:
    response = planner.post(f"/staff/plans/{activity.plan.year}/sheet/")
    assert "올릴 XLSX 파일을 고르세요." in response.text
    assert "빈 파일입니다" in refused(planner, activity, b"")


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04", b"a,b\n1,2\n", b"\x00"]
)
def test_other_files_are_refused(planner: Client, activity: Activity, content: bytes) -> None:
    assert NO_WORKBOOK in refused(planner, activity, content)


def test_a_broken_workbook_is_refused(planner: Client, activity: Activity) -> None:
    content = saved(taken(planner, activity.plan))
    for size in range(0, len(content), 997):
        assert NO_WORKBOOK in refused(planner, activity, content[:size] or b"P")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet4.xml", "xl/sharedStrings.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<a><b/></a>", b"\xff\xfe"])
def test_a_workbook_with_a_broken_part_raises_no_error(
    planner: Client, activity: Activity, part: str, content: bytes
) -> None:
    broken = repacked(
        saved(taken(planner, activity.plan)), lambda name, old: content if name == part else old
    )
    response = upload(planner, activity.plan, broken)
    assert response.status_code in {200, 302}
    assert not Upload.objects.exists()


def test_a_zip_bomb_is_not_unpacked(planner: Client, activity: Activity) -> None:
    content = saved(taken(planner, activity.plan))
    blank = bytes(MOST_UNPACKED + 1)
    bomb = repacked(content, lambda name, old: blank if name.endswith("sheet4.xml") else old)

    assert len(bomb) < LARGEST_TABLE
    assert "풀면 너무 커지는 파일입니다" in refused(planner, activity, bomb)


def test_a_zip_with_a_false_size_is_refused(planner: Client, activity: Activity) -> None:
    content = saved(taken(planner, activity.plan))
    blank = bytes(MOST_UNPACKED + 1)
    bomb = repacked(content, lambda name, old: blank if name.endswith("sheet4.xml") else old)
    told, lie = len(blank).to_bytes(4, "little"), (1000).to_bytes(4, "little")

    assert NO_WORKBOOK in refused(planner, activity, bomb.replace(told, lie))


def test_xml_entity_expansion_is_refused(planner: Client, activity: Activity) -> None:
    entities = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (ord("b") + at, b"&%c;" % (ord("a") + at) * 10) for at in range(9)
    )
    hostile = b'<?xml version="1.0"?>' + entities + b"]>"
    content = repacked(
        saved(taken(planner, activity.plan)),
        lambda name, old: (
            hostile + old.split(b"?>", 1)[-1].replace(b"<v>", b"<v>&j;", 1)
            if "sheet4" in name
            else old
        ),
    )
    assert NO_WORKBOOK in refused(planner, activity, content)


def test_a_file_too_large_is_refused(planner: Client, activity: Activity) -> None:
    assert "표에서 그림을 지우고" in refused(planner, activity, bytes(LARGEST_TABLE + 1))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda book: set_cell(book, "E1", "약속"), "E1의 열 이름 「약속」을(를) 알 수 없습니다"),
        (lambda book: set_cell(book, "E1", "제목"), "열 「제목」이(가) 두 번 있습니다"),
        (lambda book: set_cell(book, "A1", None), "「주소」 열이 없습니다"),
        (lambda book: set_cell(book, "B1", None), "「판」 열이 없습니다"),
        (lambda book: book.create_sheet("활동 (2)"), "모르는 시트 「활동 (2)」"),
        (empty, "표에 항목이 없습니다"),
        (lambda book: set_cell(book, f"A{MOST_ROWS + 2}", "아래"), "2,000줄을 넘습니다"),
    ],
)
def test_a_workbook_of_another_shape_is_refused(
    planner: Client, activity: Activity, change: Callable[[Workbook], None], sentence: str
) -> None:
    book = taken(planner, activity.plan)
    change(book)
    assert sentence in refused(planner, activity, saved(book))


def test_a_value_in_a_column_without_name_is_reported(planner: Client, activity: Activity) -> None:
    book = taken(planner, activity.plan)
    set_cell(book, "AZ2", "메모")
    response = upload(planner, activity.plan, book)
    assert "활동!AZ2" in response.text
    assert "열 이름이 없는 칸에 값이 있습니다" in response.text
