"""A line's spelling does not make a new record; equal records from elsewhere get a notice."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from gwonseon.office.models import User
from plans.ledger import actions
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, entry, officer_of, recordable
from tests.krds.markup import Markup
from tests.plans.ledger.bulk.test_outcomes import press, told

pytestmark = pytest.mark.django_db

SAME = "같은 내용의 실적이 있습니다"


def brought(desk: Client, activity: Activity, sent: dict) -> str:
    """Upload a table and return the address of its preview."""
    response = desk.post(reverse("ledger:records_add", args=[activity.pk]), sent)
    assert response.status_code == 302, response.context["problems"]
    return response.url


def workbook(*rows: list[object]) -> SimpleUploadedFile:
    book, buffer = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return SimpleUploadedFile("table.xlsx", buffer.getvalue())


def test_spelling_column_order_and_file_type_make_no_new_record(
    desk: Client, activity: Activity
) -> None:
    pasted = {"pasted": "추진일자\t수량(회)\t내용\n2021. 4. 1.\t1,200\t예시"}
    press(desk, brought(desk, activity, pasted), "confirm")
    same = [
        {"pasted": "내용\t수량(회)\t날짜\n예시 \t1200.0\t21/04/01"},
        {"file": workbook(["추진일자", "수량(회)", "내용"], [date(2021, 4, 1), 1200, "예시"])},
    ]
    for sent in same:
        assert told(desk, brought(desk, activity, sent)) == ["이미 있음(확정)"]
    other = {"pasted": "추진일자\t수량(회)\t내용\n2021-04-01\t1201\t예시"}
    assert told(desk, brought(desk, activity, other)) == ["새로 씀"]


def test_the_order_of_values_in_a_cell_does_not_matter(client: Client) -> None:
    activity = recordable(record_kind="stall-check", measure="records")
    client.force_login(officer_of(activity))
    FacilityFactory(name="예시 화장실", kinds=["toilet"])
    head = "시설\t추진일자\t점검한 칸\t점검 방법\t비상벨"
    for methods, outcome in (
        ("육안, 전파 탐지", "새로 씀"),
        ("전파 탐지, 육안", "이미 있음(확정)"),
    ):
        text = f"{head}\n예시 화장실\t2021-03-01\t3\t{methods}\t정상"
        preview = brought(client, activity, {"pasted": text})
        assert told(client, preview) == [outcome]
        press(client, preview, "confirm")


def test_the_same_work_recorded_elsewhere_gets_a_notice_but_is_allowed(
    desk: Client, activity: Activity, officer: User
) -> None:
    by_form = actions.add_record(
        activity=activity, entry=entry("2021-03-01", quantity=1, note="다른 글"), by=officer
    )
    colleague = officer_of(activity)
    theirs = actions.add_record(
        activity=activity, entry=entry("2021-03-02", quantity=1), by=colleague, confirm=True
    )
    struck = actions.add_record(
        activity=activity, entry=entry("2021-03-04", quantity=1), by=officer, confirm=True
    )
    actions.void_record(record=struck, reason="예시", by=officer)
    lines = [f"2021-03-0{day}\t1" for day in (1, 2, 3, 4)]
    pasted = {"pasted": "\n".join(["추진일자\t수량(회)", *lines])}
    preview = brought(desk, activity, pasted)

    assert told(desk, preview) == [f"새로 씀 {SAME}"] * 2 + ["새로 씀"] * 2
    page = Markup(desk.get(preview).text)
    links = [one.attrs["href"] for one in page.all("a") if page.words(one) == SAME]
    assert links == [by_form.get_absolute_url(), theirs.get_absolute_url()]
    press(desk, preview, "confirm")
    assert Record.objects.filter(activity=activity, strikes_out=False).count() == 7
    assert told(desk, brought(desk, activity, pasted)) == ["이미 있음(확정)"] * 4


def test_another_detail_is_other_work(client: Client) -> None:
    activity = recordable(record_kind="patrol", measure="records")
    officer = officer_of(activity)
    client.force_login(officer)
    head = "추진일자\t순찰한 길\t주민(명)"
    for officers, path in ((officer, "예시 길"), (officer_of(activity), "다른 길")):
        client.force_login(officers)
        preview = brought(client, activity, {"pasted": f"{head}\n2021-03-01\t{path}\t3"})
        assert told(client, preview) == ["새로 씀"]
        press(client, preview, "confirm")
    preview = brought(client, activity, {"pasted": f"{head}\n2021-03-01\t예시 길\t3"})
    assert told(client, preview) == [f"새로 씀 {SAME}"]
