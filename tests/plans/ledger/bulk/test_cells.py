"""Cells of a table of many days: read as offices write them, previewed as they were read."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, officer_of, recordable

HEAD = "추진일자\t수량(개소)\t내용"


@pytest.fixture
def activity(db: None) -> Activity:
    return recordable(record_kind="plain", measure="quantity", unit="개소")


@pytest.fixture
def desk(client: Client, activity: Activity) -> Client:
    client.force_login(officer_of(activity))
    return client


def sent(desk: Client, activity: Activity, **table: Any) -> Any:
    return desk.post(reverse("ledger:records_add", args=[activity.pk]), table)


def preview(desk: Client, activity: Activity, text: str) -> Any:
    answer = sent(desk, activity, pasted=text)
    assert answer.status_code == 302, [str(one) for one in answer.context["problems"]]
    return desk.get(answer.url)


def problems(desk: Client, activity: Activity, text: str) -> list[tuple[str, str]]:
    answer = sent(desk, activity, pasted=text)
    return [(one.place, one.sentence) for one in answer.context["problems"]]


def test_misplaced_commas_are_no_number(desk: Client, activity: Activity) -> None:
    text = f"{HEAD}\n2021-03-03\t1,5\t쉼표 소수\n2021-03-03\t12,34\t자리 틀린 쉼표\n"
    found = problems(desk, activity, text)

    assert [place for place, _sentence in found] == ["B2", "B3"]
    assert "「1,5」의 쉼표가 맞지 않습니다." in found[0][1]
    assert "「12,34」의 쉼표가 맞지 않습니다." in found[1][1]


def test_quotation_marks_at_both_ends_of_two_rows_keep_two_records(
    desk: Client, activity: Activity
) -> None:
    text = f'{HEAD}\n2021-04-01\t1\t"가나\n2021-04-02\t2\t다라"\n'
    page = preview(desk, activity, text)
    desk.post(page.request["PATH_INFO"], {"draft": "1", "seen": page.context["seen"]})

    found = Record.objects.order_by("happened_on").values_list("happened_on", "quantity", "note")
    assert list(found) == [(date(2021, 4, 1), 1, '"가나'), (date(2021, 4, 2), 2, '다라"')]


def test_twenty_days_as_the_portal_prints_them_are_read(desk: Client, activity: Activity) -> None:
    rows = "\n".join(f"2021. 3. {day}.\t1,200개소\t예시" for day in range(1, 21))
    page = preview(desk, activity, f"날짜\t수량\t내용\n{rows}")

    assert "2021-03-20" in page.text
    assert "적은 것: 2021. 3. 20." in page.text
    assert "1,200" in page.text
    assert "적은 것: 1,200개소" in page.text


def test_a_day_with_a_time_is_read_as_the_day_with_a_note(desk: Client, activity: Activity) -> None:
    book = Workbook()
    book.active.append(["추진일자", "수량(개소)"])
    book.active.append([datetime(2021, 3, 2, 9, 30), 1])  # noqa: DTZ001
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "records.xlsx"

    page = desk.get(sent(desk, activity, file=file).url)

    assert "2021-03-02" in page.text
    assert "적은 것: 2021-03-02 09:30:00" in page.text


def test_the_preview_repeats_no_typed_text_that_was_read_as_it_is(
    desk: Client, activity: Activity
) -> None:
    page = preview(desk, activity, f"{HEAD}\n2021-03-02\t3\t예시 점검")
    assert "적은 것" not in page.text


@pytest.mark.parametrize("head", ["날짜", "일자", "한 날", "추진일", " 추진 일자 "])
def test_other_names_of_the_day_column_are_accepted(
    desk: Client, activity: Activity, head: str
) -> None:
    assert "2021-03-02" in preview(desk, activity, f"{head}\t수량\n2021-03-02\t3").text


def test_the_column_names_of_the_export_are_accepted(desk: Client, activity: Activity) -> None:
    export = b"".join(desk.get(reverse("ledger:records_file")).streaming_content).decode()
    names = set(export.removeprefix("\ufeff").strip().split(","))
    assert {"추진일자", "수량", "인원", "동", "내용"} <= names
    head = "추진일자\t수량\t인원\t동\t내용"
    assert "입북동" in preview(desk, activity, f"{head}\n2021-03-02\t3\t2\t입북\t예시").text


def test_a_facility_is_found_by_its_name_in_any_spelling(client: Client, db: None) -> None:
    activity = recordable(record_kind="shelter-visit", measure="records")
    client.force_login(officer_of(activity))
    shelter = FacilityFactory(name="예시 쉼터", kinds=["heat-shelter"])

    asked = "냉방기가 잘 됨\t안내판이 있음\t문을 열어 둠"
    page = preview(client, activity, f"시설명\t날짜\t{asked}\n예시쉼터\t21.7.1(목)\t예\t예\t예")
    client.post(page.request["PATH_INFO"], {"draft": "1", "seen": page.context["seen"]})

    record = Record.objects.get()
    assert (record.facility, record.happened_on) == (shelter, date(2021, 7, 1))


def test_times_as_offices_write_them_are_read(client: Client, db: None) -> None:
    activity = recordable(record_kind="patrol", measure="records")
    client.force_login(officer_of(activity))
    text = "추진일자\t시작 시각\t끝 시각\t주민(명)\n3/4\t오후 9시\t22시 반\t３명"
    page = preview(client, activity, text)
    assert all(one in page.text for one in ("2021-03-04", "21:00", "22:30"))
    assert "적은 것: 오후 9시" in page.text


def test_an_end_after_midnight_gets_a_note_and_one_without_start_is_refused(
    client: Client, db: None
) -> None:
    activity = recordable(record_kind="patrol", measure="records")
    client.force_login(officer_of(activity))
    head = "추진일자\t시작 시각\t끝 시각\t주민(명)"
    assert "01:30 (다음 날)" in preview(client, activity, f"{head}\n3/4\t21:00\t01:30\t3").text
    assert problems(client, activity, f"{head}\n3/4\t\t20:00\t3") == [
        ("B2", "끝 시각이 있으면 시작 시각도 적어 주세요.")
    ]
    (problem,) = problems(client, activity, f"{head}\n3/4\t20:00\t20:00\t3")
    assert problem[0] == "C2"


def test_too_much_pasted_text_is_refused_and_kept(
    desk: Client, activity: Activity, monkeypatch: Callable
) -> None:
    monkeypatch.setattr("plans.ledger.bulk.forms.LARGEST_PASTE", 20)
    answer = sent(desk, activity, pasted=f"{HEAD}\n2021-03-02\t1\t예시")
    assert "붙여 넣은 글이 20자를 넘습니다" in answer.text
    assert "2021-03-02" in answer.text
