"""The register of facilities: edited by all users who edit plans; no change is lost."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong
from gwonseon.office.roles import ADMINISTRATOR, HEAD, PLANNER, READER, Role, roles
from gwonseon.refusals import RefusedError
from gwonseon.uploads.actions import keep_upload
from plans.facilities import importing
from plans.facilities.access import may_write
from plans.facilities.actions import (
    add_facility,
    change_facility,
    close_facility,
    reopen_facility,
)
from plans.facilities.models import Facility
from tests.factories.ledger import FacilityFactory
from tests.factories.office import UserFactory, staff
from tests.krds.markup import Markup
from tests.plans.together import while_uncommitted

pytestmark = pytest.mark.django_db

LIST = reverse("facilities:facilities")
ADD = reverse("facilities:facility_add")
CSV = reverse("facilities:facilities_csv")


def dong(place: int = 0) -> Dong:
    return Dong.objects.order_by("position")[place]


def page_of(facility: Facility, do: str = "") -> str:
    return reverse(f"facilities:facility{do and f'_{do}'}", args=[facility.pk])


def typed(**values: Any) -> dict[str, Any]:
    """Return the form data of a facility."""
    kinds = ["senior-centre", "heat-shelter"]
    facts = {"name": "예시 경로당", "kinds": kinds, "dong": dong().pk, "address": "예시로 1"}
    return facts | {"capacity": "40", "version": "0"} | values


def listed(client: Client, **asked: Any) -> list[str]:
    page = Markup(client.get(LIST, asked).text)
    return [page.words(one) for one in page.all("th", scope="row")]


def errors(response: Any) -> str:
    return " ".join(str(errors) for errors in response.context["form"].errors.values())


def test_a_facility_is_added_changed_and_keeps_its_history(officer: Client) -> None:
    officer.post(ADD, typed())
    facility = Facility.objects.get()
    assert (facility.kinds, facility.capacity) == (["senior-centre", "heat-shelter"], 40)

    response = officer.post(page_of(facility), typed(name=" 새  이름 ", capacity=""), follow=True)

    facility.refresh_from_db()
    assert "저장했습니다." in response.text
    assert (facility.name, facility.capacity, facility.version) == ("새 이름", None, 1)
    assert list(facility.events.order_by("pgh_id").values_list("name", flat=True)) == [
        "예시 경로당",
        "새 이름",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "이름을 적어 주세요."),
        ({"name": "가" * 101}, "100"),
        ({"name": "예시\u202e경로당"}, "U+202E"),
        ({"address": "예시\x07로"}, "U+0007"),
        ({"kinds": []}, "종류를 하나 이상 골라 주세요."),
        ({"kinds": ["castle"]}, "castle"),
        ({"dong": ""}, "동을 골라 주세요."),
        ({"capacity": "-1"}, "0에서 100,000까지"),
        ({"capacity": "100001"}, "0에서 100,000까지"),
        ({"capacity": "9" * 5000}, "수로 읽을 수 없습니다."),
        ({"capacity": "마흔"}, "「마흔」을(를) 수로 읽을 수 없습니다."),
    ],
)
def test_each_wrong_field_gets_its_sentence(
    officer: Client, values: dict[str, Any], sentence: str
) -> None:
    response = officer.post(ADD, typed(**values))

    assert sentence in errors(response)
    assert 'value="예시로 1"' in response.text or "address" in values
    assert not Facility.objects.exists()


def test_a_facilitys_name_is_unique_in_its_dong(officer: Client) -> None:
    FacilityFactory(name="예시 경로당", dong=dong())

    assert "이 동에 같은 이름의 시설이 있습니다." in errors(officer.post(ADD, typed()))
    assert officer.post(ADD, typed(dong=dong(1).pk)).status_code == 302


def test_two_people_editing_a_facility_lose_nothing(officer: Client) -> None:
    facility = FacilityFactory(name="예시 경로당", dong=dong())
    officer.post(page_of(facility), typed(address="먼저 쓴 주소"))

    response = officer.post(page_of(facility), typed(address="나중에 쓴 주소"))

    assert response.status_code == 409
    assert "그 사이에 다른 사람이 고쳤습니다." in response.text
    assert "먼저 쓴 주소" in response.text
    assert "나중에 쓴 주소" in response.text
    facility.refresh_from_db()
    assert facility.address == "먼저 쓴 주소"
    version = Markup(response.text).one("input", name="version").attrs["value"]
    officer.post(page_of(facility), typed(address="나중에 쓴 주소", version=version))
    facility.refresh_from_db()
    assert facility.address == "나중에 쓴 주소"


def test_a_facility_is_closed_on_a_day_and_opened_again(officer: Client) -> None:
    facility = FacilityFactory()

    page = officer.post(page_of(facility, "close"), {"day": "2021-06-30"}, follow=True)
    facility.refresh_from_db()
    assert facility.closed_on == dt.date(2021, 6, 30)
    assert "2021. 6. 30.에 폐쇄한 시설입니다." in page.text
    assert listed(officer) == []
    assert listed(officer, closed="on") == [facility.name]

    officer.post(page_of(facility, "reopen"))
    facility.refresh_from_db()
    assert (facility.closed_on, facility.version) == (None, 2)
    assert officer.post(page_of(facility, "reopen")).status_code == 302


def test_a_future_day_a_missing_day_and_a_second_closing_are_refused(officer: Client) -> None:
    facility = FacilityFactory()
    close = page_of(facility, "close")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    assert "아직 오지 않은 날입니다." in officer.post(close, {"day": tomorrow}).text
    assert "「여름」을(를) 날짜로 읽을 수 없습니다." in officer.post(close, {"day": "여름"}).text
    assert "폐쇄한 날짜를 적어 주세요." in officer.post(close).text
    officer.post(close, {"day": "2021-06-30"})
    officer.post(close, {"day": "2021-07-01"})
    facility.refresh_from_db()
    assert facility.closed_on == dt.date(2021, 6, 30)


def test_facilities_are_found(officer: Client) -> None:
    FacilityFactory(name="가 경로당", kinds=["senior-centre", "heat-shelter"], dong=dong())
    FacilityFactory(name="나 공원", kinds=["park"], dong=dong(1), address="예시로 2")
    FacilityFactory(name="다 쉼터", kinds=["heat-shelter"], closed_on=dt.date(2021, 1, 1))

    assert listed(officer) == ["가 경로당", "나 공원"]
    assert listed(officer, kind="heat-shelter", closed="on") == ["가 경로당", "다 쉼터"]
    assert listed(officer, dong=dong(1).pk) == ["나 공원"]
    assert listed(officer, name="예시로") == ["나 공원"]
    assert "맞는 시설이 없습니다." in officer.get(LIST, {"name": "없음"}).text


@pytest.mark.parametrize("asked", [{"kind": "?"}, {"dong": "x"}, {"dong": "99999"}])
def test_an_invalid_filter_finds_nothing_and_says_why(
    officer: Client, asked: dict[str, str]
) -> None:
    FacilityFactory()
    page = officer.get(LIST, asked)

    assert "입력한 내용을 확인해 주세요" in page.text
    assert "맞는 시설이 없습니다." in page.text


def test_a_long_list_has_pages_that_keep_the_filter(officer: Client) -> None:
    FacilityFactory.create_batch(51)

    page = Markup(officer.get(LIST, {"name": "예시", "page": "2"}).text)

    assert len(page.all("th", scope="row")) == 1
    assert "name=%EC%98%88%EC%8B%9C" in page.one("a", rel="prev").attrs["href"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_length(
    officer: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for place in range(number):
        FacilityFactory(dong=dong(place))
    officer.get(LIST)

    # Session, user, missing step, two for permissions, dong choices, count, facilities, district.
    with django_assert_num_queries(8):
        officer.get(LIST)
    with django_assert_num_queries(5):
        officer.get(CSV)


def test_the_downloaded_list_is_filtered_and_has_no_formulas(officer: Client) -> None:
    FacilityFactory(name="=1+1", kinds=["park", "green"], dong=dong(), capacity=0)
    FacilityFactory(name="나 쉼터", closed_on=dt.date(2021, 1, 1))

    response = officer.get(CSV, {"kind": "park"})

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.decode("utf-8-sig").splitlines() == [
        "이름,종류,동,주소,정원,폐쇄일",
        f'\'=1+1,"공원, 녹지",{dong()},,0,',
    ]


@pytest.mark.parametrize("role", [None, ADMINISTRATOR])
def test_strangers_are_refused(client: Client, role: Role | None) -> None:
    facility = FacilityFactory()
    pages = [LIST, ADD, CSV, page_of(facility)]
    assert {client.get(url).status_code for url in pages} == {302}

    client.force_login(staff(role) if role else UserFactory())
    assert {client.get(url).status_code for url in pages} == {403}
    assert "시설" not in [one["label"] for one in client.get("/staff/").context["navigation"]]


def test_a_reader_can_read_but_not_write(client: Client) -> None:
    facility = FacilityFactory(address="예시로 1")
    client.force_login(staff(READER))

    assert listed(client) == [facility.name]
    page = client.get(page_of(facility)).text
    assert "예시로 1" in page
    assert 'name="name"' not in page
    assert client.get(ADD).status_code == 403
    posts = [ADD, page_of(facility), page_of(facility, "close"), page_of(facility, "reopen")]
    assert {client.post(url, typed(day="2021-01-01")).status_code for url in posts} == {403}
    assert not Facility.objects.exclude(version=0).exists()


def test_users_who_edit_a_plan_may_edit_facilities() -> None:
    leads = [role for role in roles if role.name.endswith("축 총괄")]
    assert len(leads) == 4
    assert all(may_write(staff(role)) for role in [*leads, PLANNER, HEAD])


def test_get_writes_nothing(officer: Client) -> None:
    facility = FacilityFactory()
    assert officer.get(page_of(facility, "close")).status_code == 405
    assert officer.get(page_of(facility, "reopen")).status_code == 405
    assert officer.get(reverse("facilities:facility", args=[99])).status_code == 404


def test_a_wrong_filter_gives_no_empty_file(officer: Client) -> None:
    FacilityFactory()

    answer = officer.get(CSV, {"kind": "x"}, follow=True)

    assert answer.redirect_chain == [(f"{LIST}?kind=x", 302)]
    assert "x" in errors(answer)


@pytest.mark.django_db(transaction=True)
def test_a_facility_that_moves_to_another_dong_meanwhile_is_closed_there() -> None:
    facility, by = FacilityFactory(dong=dong(0)), staff(PLANNER)
    day = dt.date(2021, 3, 2)

    while_uncommitted(
        lambda: change_facility(facility=facility, values={"dong": dong(1)}, version=0, by=by),
        lambda: close_facility(facility=facility, day=day, by=by),
    )

    facility.refresh_from_db()
    assert (facility.dong, facility.closed_on, facility.version) == (dong(1), day, 2)


def test_the_actions_themselves_refuse_who_only_reads() -> None:
    facility, by = FacilityFactory(), staff(READER)
    day = dt.date(2021, 3, 2)
    upload = keep_upload(place=importing.PLACE, rows=[], by=by)

    for act in (
        lambda: add_facility(values={"name": "예시"}, by=by),
        lambda: change_facility(facility=facility, values={"name": "예시"}, version=0, by=by),
        lambda: close_facility(facility=facility, day=day, by=by),
        lambda: reopen_facility(facility=facility, by=by),
        lambda: importing.write_facilities(number=upload.pk, by=by),
    ):
        with pytest.raises(RefusedError, match="권한"):
            act()

    before = facility.version
    facility.refresh_from_db()
    assert (facility.version, facility.closed_on) == (before, None)


def test_a_facility_is_closed_today_at_the_latest() -> None:
    facility, today = FacilityFactory(), timezone.localdate()

    with pytest.raises(RefusedError, match="아직 오지 않은 날"):
        close_facility(facility=facility, day=today + dt.timedelta(days=1), by=staff(PLANNER))
    close_facility(facility=facility, day=today, by=staff(PLANNER))

    facility.refresh_from_db()
    assert facility.closed_on == today
