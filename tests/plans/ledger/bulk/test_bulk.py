"""Many days from a table: checked cell by cell, previewed, saved whole or not at all."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import READER
from gwonseon.refusals import RefusedError
from gwonseon.tables.pasted import read_pasted
from gwonseon.tables.rows import TableRow, rows_of
from gwonseon.uploads.actions import keep_upload
from gwonseon.uploads.models import Upload
from plans.ledger.bulk.actions import table_place, write_table
from plans.ledger.bulk.reading import MOST_LINES, TableReader
from plans.ledger.kinds import kinds
from plans.ledger.models import Record
from plans.tree.models import Activity
from safety.models import Patrol
from tests.factories.ledger import FacilityFactory, officer_of, recordable
from tests.factories.office import staff
from tests.plans.together import together

pytestmark = pytest.mark.django_db

HEAD = "추진일자\t수량(회)\t인원(명)\t동\t내용"


def add_url(activity: Activity) -> str:
    return reverse("ledger:records_add", args=[activity.pk])


def dong() -> Dong:
    return Dong.objects.order_by("position").first()


def table(*lines: str, head: str = HEAD) -> str:
    """Return cells as copied from a spreadsheet; the letter D is replaced by a dong's name."""
    return "\n".join([head, *lines]).replace("D", dong().name)


def pasted(client: Client, activity: Activity, text: str) -> Any:
    return client.post(add_url(activity), {"pasted": text})


def problems(client: Client, activity: Activity, text: str) -> list[tuple[str, str]]:
    """Paste a table with errors, and return the cells with their errors."""
    response = pasted(client, activity, text)
    assert not Upload.objects.exists()
    assert text.split("\n")[1] in response.context["form"]["pasted"].value()
    return [(one.place, one.sentence) for one in response.context["problems"]]


def written(client: Client, activity: Activity, text: str, **button: str) -> str:
    """Paste a table, press a button and return the page that follows."""
    response = pasted(client, activity, text)
    assert response.status_code == 302, response.context["problems"]
    return press(client, response.url, **button).text


def press(client: Client, preview: str, **button: str) -> Any:
    """Open a table's preview, press one of its buttons and return the page that follows."""
    seen = {"seen": client.get(preview).context["seen"]}
    return client.post(preview, seen | (button or {"confirm": "1"}), follow=True)


def test_many_days_are_previewed_and_written_as_confirmed(desk: Client, activity: Activity) -> None:
    text = table("2021-03-01\t1,200\t3\tD\t예시 하나", "2021-03-02\t2.5\t\t\t")

    page = desk.get(pasted(desk, activity, text).url).text
    assert "실적 2건입니다." in page
    assert "예시 하나" in page
    assert not Record.objects.exists()

    assert "실적 2건을 확정했습니다." in written(desk, activity, text)
    first, second = Record.objects.order_by("happened_on")
    assert (first.quantity, first.people, first.dong, first.note) == (1200, 3, dong(), "예시 하나")
    assert (str(second.quantity), second.people, second.dong, second.note) == (
        "2.50",
        None,
        None,
        "",
    )
    assert {one.state for one in (first, second)} == {Record.State.CONFIRMED}
    assert not Upload.objects.exists()


def test_many_days_can_be_saved_as_drafts(desk: Client, activity: Activity) -> None:
    page = written(desk, activity, table("2021-03-01\t1\t\t\t"), draft="1")
    assert "실적 1건을 작성중으로 저장했습니다." in page
    assert Record.objects.get().is_draft


def test_columns_can_be_reordered_and_left_out(desk: Client, activity: Activity) -> None:
    written(desk, activity, table("3\t2021-03-01", head="수량(회)\t추진일자"))
    assert Record.objects.get().quantity == 3


def test_the_same_table_twice_is_written_once(desk: Client, activity: Activity) -> None:
    twice = table("2021-03-01\t1\t\t\t", "2021-03-01\t1\t\t\t", "2021-03-02\t1\t\t\t")
    written(desk, activity, twice)
    page = desk.get(pasted(desk, activity, twice).url).text
    assert "3줄은 전에 올린 표에 있던 줄과 똑같아 다시 적지 않습니다." in page
    written(desk, activity, twice)
    assert Record.objects.count() == 3


@pytest.mark.parametrize(
    ("line", "place", "sentence"),
    [
        ("1\t2021-03-01\t\t\t", "A2", "「1」을(를) 날짜로 읽을 수 없습니다. 2021-03-01처럼"),
        ("1\t2021-03-01\t\t\t", "B2", "「2021-03-01」을(를) 수로 읽을 수 없습니다."),
        ("2021-03-01\t12건\t\t\t", "B2", "단위는 회입니다."),
        ("2021-03-01\t\t\t\t", "B2", "수량(회)을(를) 적어 주세요."),
        ("2021-03-01\t-1\t\t\t", "B2", "0 이상의 수를"),
        ("2021-03-01\t1\t두 명\t\t", "C2", "「두 명」을(를) 수로 읽을 수 없습니다."),
        ("2021-03-01\t1\t\t없는동\t", "D2", "「없는동」은(는) 없는 이름입니다."),
        ("2021-03-01\t1\t\t\t예시\u200b글", "E2", "U+200B"),
        ("\t1\t\t\t", "A2", "추진일자를 적어 주세요."),
        ("2020-12-31\t1\t\t\t", "A2", "2021년의 날짜를"),
        ("2021-03-01\t1\t10,000\t\t", "C2", "「인원이 맞습니다」"),
    ],
)
def test_each_wrong_cell_gets_its_sentence(
    desk: Client, activity: Activity, line: str, place: str, sentence: str
) -> None:
    found = problems(desk, activity, table(line, "2021-03-05\t1\t\t\t"))
    assert [one for at, one in found if at == place and sentence in one], found
    assert not Record.objects.exists()


def test_an_unusual_number_needs_a_confirming_cell(desk: Client, activity: Activity) -> None:
    head = f"{HEAD}\t인원이 맞습니다"
    assert problems(desk, activity, table("2021-03-01\t1\t10,000\t\t\t아니오", head=head))
    written(desk, activity, table("2021-03-01\t1\t10,000\t\t\t예", head=head))
    assert Record.objects.get().people == 10_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "표를 붙여 넣거나 파일을 고르세요."),
        ("2021-03-01\t1", "A1의 열 이름 「2021-03-01」을(를) 알 수 없습니다."),
        ("추진일자\t인원(명)\n2021-03-01\t1", "「수량(회)」 열이 없습니다."),
        (HEAD, "표에 적힌 날이 없습니다."),
        ("\n".join([HEAD, *["2021-03-01\t1\t\t\t"] * (MOST_LINES + 1)]), "줄까지 씁니다."),
    ],
)
def test_other_text_is_refused(desk: Client, activity: Activity, text: str, sentence: str) -> None:
    response = pasted(desk, activity, text)
    assert sentence in " ".join(response.context["form"].errors["pasted"])
    assert not Upload.objects.exists()


def test_a_table_is_a_file_or_pasted_but_not_both(desk: Client, activity: Activity) -> None:
    file = SimpleUploadedFile("table.csv", table("2021-03-01\t1\t\t\t").encode())
    response = desk.post(add_url(activity), {"pasted": HEAD, "file": file})
    assert "하나만 남기세요." in response.text
    file = SimpleUploadedFile("table.xlsx", b"PK\x03\x04broken")
    assert "XLSX 파일로 읽을 수 없습니다." in desk.post(add_url(activity), {"file": file}).text


def test_the_blank_workbook_lists_allowed_values_and_can_be_uploaded(client: Client) -> None:
    """A patrol has fields of its own, and times; a table can have them, too."""
    activity = recordable(record_kind="patrol", measure="records")
    client.force_login(officer_of(activity))
    response = client.get(reverse("ledger:records_form", args=[activity.pk]))
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    page = book["실적"]
    headers = [cell.value for cell in page[1]]
    for day in ("2021-03-01", "2021-03-02"):
        values = {"추진일자": day, "시작 시각": "21:00", "끝 시각": "22:30", "동": dong().name}
        names = {one: 3 for one in headers if one.endswith("(명)")}
        page.append([(values | names | {"순찰 구역": "예시 길"}).get(one) for one in headers])
    buffer = BytesIO()
    book.save(buffer)
    file = SimpleUploadedFile("table.xlsx", buffer.getvalue())

    response = client.post(add_url(activity), {"file": file})
    assert response.status_code == 302, response.context["problems"]
    press(client, response.url)

    assert Patrol.objects.count() == 2
    record = Record.objects.order_by("happened_on").first()
    assert record.people == record.patrol.people == 3 * len(names) > 0
    assert record.ends_at - record.starts_at == timedelta(minutes=90)


def test_each_line_is_at_its_facility(client: Client) -> None:
    activity = recordable(record_kind="shelter-visit", measure="records")
    client.force_login(officer_of(activity))
    shelter = FacilityFactory(name="예시 쉼터", kinds=["heat-shelter"], dong=dong())
    FacilityFactory(name="예시 화장실", kinds=["toilet"], dong=dong())
    head = "시설\t추진일자\t냉방기가 잘 됨\t안내판이 있음\t문을 열어 둠"

    found = problems(client, activity, table("예시 화장실\t2021-07-01\t예\t예\t예", head=head))
    assert found == [
        ("A2", "「예시 화장실」은(는) 없는 이름입니다. 「목록」 시트에 있는 대로 적어 주세요.")
    ]
    written(client, activity, table("예시 쉼터\t2021-07-01\t예\t예\t예", head=head))
    record = Record.objects.get()
    assert (record.facility, record.dong) == (shelter, dong())


def test_kinds_confirmed_by_another_person_are_saved_as_drafts(client: Client) -> None:
    activity = recordable(record_kind="audit", measure="records")
    client.force_login(officer_of(activity))
    reader = TableReader(user=officer_of(activity), activity=activity)
    words = {name: offered[0] for name, offered in reader.lists.items()}
    cells = dict.fromkeys(reader.needed, "예시") | words | {"추진일자": "2021-03-01"}
    text = "\t".join(cells) + "\n" + "\t".join(cells.values())

    page = client.get(pasted(client, activity, text).url).text
    assert "모두 저장하고 확정" not in page
    assert "다른 사람이 확정해야 합니다." in written(client, activity, text, confirm="1")
    assert not Record.objects.exists()
    written(client, activity, text, draft="1")
    assert Record.objects.get().is_draft


def test_personal_kinds_have_no_bulk_page(client: Client) -> None:
    activity = recordable(record_kind="delivery", measure="quantity")
    client.force_login(officer_of(activity))
    assert client.get(add_url(activity)).status_code == 404
    assert "한꺼번에" not in client.get(reverse("ledger:record_add", args=[activity.pk])).text


def test_users_who_may_not_record_are_refused(client: Client, activity: Activity) -> None:
    client.force_login(staff(READER))
    pages = [add_url(activity), reverse("ledger:records_form", args=[activity.pk])]
    assert {client.get(page).status_code for page in pages} == {403}
    assert pasted(client, activity, table("2021-03-01\t1\t\t\t")).status_code == 403


def test_another_users_and_an_older_table_are_not_found(desk: Client, activity: Activity) -> None:
    first = pasted(desk, activity, table("2021-03-01\t1\t\t\t")).url
    second = pasted(desk, activity, table("2021-03-02\t1\t\t\t")).url
    assert "더 새로 올린 것이 있습니다" in desk.get(first, follow=True).text
    desk.force_login(officer_of(activity))
    assert "더 새로 올린 것이 있습니다" in desk.post(second, {"confirm": "1"}, follow=True).text
    assert not Record.objects.exists()


def test_nothing_is_written_if_a_line_is_no_longer_valid(desk: Client, activity: Activity) -> None:
    last = dong()
    address = pasted(desk, activity, table("2021-03-01\t1\t\tD\t", "2021-03-02\t1\t\t\t")).url
    Dong.objects.filter(pk=last.pk).update(closed_on="2021-01-01")

    page = desk.post(address, {"confirm": "1"}, follow=True).text

    assert "아무것도 쓰지 않았습니다. D2:" in page
    assert not Record.objects.exists()


@pytest.mark.parametrize("kind", [one.code for one in kinds if not one.is_personal])
def test_every_kind_names_each_of_its_columns_once(kind: str) -> None:
    measure = next(one for one in kinds if one.code == kind).measures[0]
    activity = recordable(record_kind=kind, measure=measure, counted="예시")
    reader = TableReader(user=officer_of(activity), activity=activity)
    assert (
        len(set(reader.headers))
        == len(reader.headers)
        == len(reader.columns) + ("시설" in reader.headers)
    )
    assert set(reader.needed) <= set(reader.headers)


@pytest.mark.parametrize("number", [1, 3])
def test_each_line_adds_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
    activity: Activity,
    officer: User,
    number: int,
) -> None:
    lines = [f"2021-03-0{day}\t1\t2\tD\t예시" for day in range(1, number + 1)]
    rows = rows_of_text(table(*lines), activity, officer)
    upload = keep_upload(place=table_place(activity), rows=rows, by=officer)
    # For each line: its dong, and its constraint within a savepoint.
    # Reading and writing each query the activity's first day once.
    with django_assert_num_queries(19 + 4 * number):
        write_table(number=upload.pk, activity=activity, by=officer, confirm=True)


def rows_of_text(text: str, activity: Activity, by: User) -> list[TableRow]:
    reader = TableReader(user=by, activity=activity)
    return rows_of(read_pasted(text), known=reader.headers, needed=reader.needed)[0]


@pytest.mark.django_db(transaction=True)
def test_one_table_is_written_once() -> None:
    activity = recordable(measure="quantity", unit="회", counted="예시로 센 것")
    by = officer_of(activity)
    rows = rows_of_text(table("2021-03-01\t1\t\t\t"), activity, by)
    upload = keep_upload(place=table_place(activity), rows=rows, by=by)

    def write() -> Any:
        return write_table(number=upload.pk, activity=activity, by=by, confirm=True)

    results = together(write, write)

    assert [isinstance(one, RefusedError) for one in results].count(True) == 1
    assert Record.objects.count() == 1


def test_a_missing_column_gets_no_default_value(client: Client) -> None:
    activity = recordable(record_kind="stall-check", measure="records")
    client.force_login(officer_of(activity))
    FacilityFactory(name="예시 화장실", kinds=["toilet"], dong=dong())
    head = "시설\t추진일자\t점검한 칸\t점검 방법"

    refused = pasted(client, activity, table("예시 화장실\t2021-07-01\t3\t육안", head=head))
    assert "「비상벨」 열이 없습니다." in " ".join(refused.context["form"].errors["pasted"])
    empty = table("예시 화장실\t2021-07-01\t3\t육안\t", head=f"{head}\t비상벨")
    assert [at for at, _sentence in problems(client, activity, empty)] == ["E2"]

    written(
        client,
        activity,
        table("예시 화장실\t2021-07-01\t3\t육안\t고장", head=f"{head}\t비상벨"),
    )
    check = Record.objects.get().stallcheck
    assert (check.bell, check.holes, check.devices) == ("broken", 0, 0)


@pytest.mark.parametrize(
    ("kind", "stated"),
    [
        ("shelter-visit", {"냉방기가 잘 됨", "안내판이 있음", "문을 열어 둠"}),
        ("inspection", {"조치할 항목", "점검 결과"}),
    ],
)
def test_columns_without_an_empty_choice_are_required(kind: str, stated: set[str]) -> None:
    activity = recordable(record_kind=kind, measure="records")
    needed = TableReader(user=officer_of(activity), activity=activity).needed
    assert stated <= set(needed)
    assert "인원이 맞습니다" not in needed
