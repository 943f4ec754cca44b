"""The list of records: filters, keyset pagination, sums, download."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong, PersonalAccess, User
from gwonseon.office.roles import EDITOR
from plans.ledger.keyset import PER_PAGE
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.amendments import amend
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.office import UserFactory, staff
from tests.plans.ledger.forms import add_url, errors, filled, page_of

LIST = reverse("ledger:records")
FILE = reverse("ledger:records_file")


def keys(client: Client, **asked: object) -> list[int]:
    return [one.pk for one in client.get(LIST, asked).context["page"].records]


def test_paging_works_in_both_directions_and_skips_nothing(
    desk: Client, activity: Activity, officer: User
) -> None:
    days = [dt.date(2021, 1, 1) + dt.timedelta(number // 3) for number in range(PER_PAGE * 2 + 5)]
    for day in days:
        RecordFactory(activity=activity, written_by=officer, happened_on=day)
    every = list(Record.objects.order_by("-happened_on", "-pk").values_list("pk", flat=True))

    first = desk.get(LIST).context["page"]
    second = desk.get(LIST, {"older": first.older}).context["page"]
    third = desk.get(LIST, {"older": second.older}).context["page"]
    back = desk.get(LIST, {"newer": third.newer}).context["page"]

    assert [one.pk for page in (first, second, third) for one in page.records] == every
    assert (first.newer, third.older) == ("", "")
    assert back == second


@pytest.mark.parametrize("mark", ["", "x", "2021-13-40.1", "2021-01-01", "2021-01-01.9x"])
def test_an_invalid_page_mark_shows_the_first_page(
    desk: Client, activity: Activity, mark: str
) -> None:
    record = RecordFactory(activity=activity)

    assert keys(desk, older=mark) == [record.pk]


def test_the_records_of_an_ended_activity_are_found(
    desk: Client, activity: Activity, officer: User
) -> None:
    record = RecordFactory(activity=activity, written_by=officer, confirmed=True)
    amend(activity, retired_on=dt.date(2021, 12, 31))

    assert keys(desk, activity=activity.pk) == [record.pk]
    assert "선택" not in errors(desk.get(LIST, {"activity": activity.pk}))


def test_filters_narrow_and_sums_follow(desk: Client, activity: Activity, officer: User) -> None:
    dong = Dong.objects.first()
    facts = {"activity": activity, "written_by": officer, "confirmed": True}
    mine = RecordFactory(**facts, dong=dong, people=3, happened_on=dt.date(2021, 5, 1))
    RecordFactory(**facts | {"written_by": UserFactory()}, people=4)
    RecordFactory(activity=recordable(year=2022), people=5, confirmed=True)

    assert len(keys(desk)) == 3
    assert keys(desk, dong=dong.pk) == [mine.pk]
    assert keys(desk, mine="on") == [mine.pk]
    assert keys(desk, since="2021-04-01", until="2021-06-01") == [mine.pk]
    totals = desk.get(LIST, {"activity": activity.pk}).context["totals"]
    assert (totals["count"], totals["people"]) == (2, 7)


def test_a_voided_record_is_not_called_corrected(
    desk: Client, activity: Activity, officer: User
) -> None:
    voided, corrected = RecordFactory.create_batch(
        2, activity=activity, written_by=officer, people=3, confirmed=True
    )
    desk.post(page_of(voided, "void"), {"reason": "두 번 적음"})
    values = filled(desk, page_of(corrected, "edit"), people="4", confirm="")
    desk.post(page_of(corrected, "edit"), values)

    page = desk.get(page_of(voided)).text
    assert "· 취소됨" in page
    assert "취소된 실적입니다." in page
    assert "바로잡은 실적이 있습니다" not in page
    assert "· 정정됨" in desk.get(page_of(corrected)).text
    asked = {"state": "corrected"}
    rows = desk.get(FILE, asked).getvalue().decode("utf-8-sig").splitlines()[1:]
    states = {int(row.split(",")[0]): row.split(",")[9] for row in rows}
    assert states == {voided.pk: "취소됨", corrected.pk: "정정됨"}
    assert "취소됨</td>" in desk.get(LIST, asked).text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "봄"}, "「봄」을(를) 날짜로 읽을 수 없습니다."),
        ({"since": "2021-05-01", "until": "2021-04-01"}, "끝나는 날은"),
        ({"dong": "x"}, "동"),
        ({"year": "two"}, "연도"),
    ],
)
def test_an_invalid_filter_gets_its_sentence(
    desk: Client, activity: Activity, asked: dict[str, str], sentence: str
) -> None:
    assert sentence in desk.get(LIST, asked).text


def test_an_invalid_filter_gives_no_file(desk: Client, activity: Activity) -> None:
    RecordFactory(activity=activity, confirmed=True)

    answer = desk.get(FILE, {"since": "2021-13-45"}, follow=True)

    assert answer.redirect_chain == [(f"{LIST}?since=2021-13-45", 302)]
    assert "없는 날입니다" in answer.text


def test_the_file_has_the_filtered_records_and_no_formulas(
    desk: Client, activity: Activity, officer: User
) -> None:
    RecordFactory(activity=activity, written_by=officer, quantity=2, note="=1+1", confirmed=True)
    RecordFactory(activity=activity, written_by=officer, note="작성중인 글")

    lines = desk.get(FILE, {"state": "confirmed"}).getvalue().decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert ",2,회," in lines[1]
    assert "'=1+1" in lines[1]


@pytest.fixture
def personal(officer: User) -> Activity:
    """Return an activity of the officer's department with a personal kind."""
    facts = {"measure": "quantity", "counted": "예시로 센 것", "department": officer.department}
    return recordable(year=2022, record_kind="delivery", **facts)


def accesses() -> list[tuple[str, str, int]]:
    return list(PersonalAccess.objects.order_by("pk").values_list("what", "subject", "user"))


@pytest.mark.parametrize(("url", "what"), [(LIST, "search"), (FILE, "download")])
def test_a_list_and_a_file_of_personal_records_are_logged_one_by_one(
    desk: Client, activity: Activity, personal: Activity, officer: User, url: str, what: str
) -> None:
    RecordFactory(activity=activity)
    records = RecordFactory.create_batch(2, activity=personal)
    RecordFactory(activity=recordable(year=2023, record_kind="delivery"))

    answer = desk.post(url, {"reason": "예시 월말 보고"}) if url == FILE else desk.get(url)
    assert not answer.streaming or len(answer.getvalue().splitlines()) == 4

    assert set(accesses()) == {(what, f"실적 {one.pk}", officer.pk) for one in records}
    assert PersonalAccess.objects.count() == 2


@pytest.mark.parametrize("url", [LIST, FILE])
def test_records_of_other_kinds_are_not_logged(
    desk: Client, activity: Activity, personal: Activity, url: str
) -> None:
    RecordFactory(activity=personal)
    RecordFactory(activity=activity)

    answer = desk.get(url, {"activity": activity.pk})
    assert not answer.streaming or answer.getvalue()

    assert accesses() == []


@pytest.mark.parametrize("do", ["", "_edit"])
def test_viewing_a_personal_record_is_logged(
    desk: Client, personal: Activity, officer: User, do: str
) -> None:
    record = RecordFactory(activity=personal)

    desk.get(reverse(f"ledger:record{do}", args=[record.pk]))

    assert accesses() == [("view", f"실적 {record.pk}", officer.pk)]


def test_writing_a_personal_record_is_logged(
    desk: Client, personal: Activity, officer: User
) -> None:
    typed = {"happened_on": "2022-03-02", "detail-portions": "1"}
    desk.post(add_url(personal), filled(desk, add_url(personal), **typed))
    record = Record.objects.get()
    assert accesses() == [("add", f"실적 {record.pk}", officer.pk)]

    desk.post(page_of(record, "edit"), filled(desk, page_of(record, "edit"), quantity="2"))

    record.refresh_from_db()
    assert record.quantity == 2
    assert accesses()[-1] == ("change", f"실적 {record.pk}", officer.pk)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(
    desk: Client,
    activity: Activity,
    officer: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    RecordFactory.create_batch(number, activity=activity, written_by=officer)

    with django_assert_num_queries(9):
        assert len(keys(desk)) == number


def test_users_without_a_role_see_only_confirmed_records(
    client: Client, activity: Activity
) -> None:
    draft, done = RecordFactory(activity=activity), RecordFactory(activity=activity, confirmed=True)
    client.force_login(UserFactory())
    assert keys(client) == [done.pk]
    client.force_login(staff(EDITOR))
    assert set(keys(client)) == {draft.pk, done.pk}
