"""Administrators keep the table of days off."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office import roles
from gwonseon.office.models import User
from gwonseon.office.workdays.actions import change_holiday
from gwonseon.office.workdays.models import Holiday
from gwonseon.refusals import RefusedError
from tests.factories.office import staff
from tests.krds.markup import Markup

MENU = reverse("office:workdays")
ADD = reverse("office:holiday_add")
YEAR = reverse("office:workdays_of_year", args=[2021])
# A Friday and a public holiday on a Monday.
FRIDAY, HOLIDAY = dt.date(2021, 3, 5), dt.date(2021, 3, 1)


@pytest.fixture(autouse=True)
def march() -> None:
    with time_machine.travel("2021-03-02T09:00:00+09:00", tick=False):
        yield


@pytest.fixture
def admin(db: None, client: Client) -> User:
    user = staff(roles.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def own(db: None) -> Holiday:
    return Holiday.objects.create(on=FRIDAY, name="예시 임시공휴일")


def rows(page: str) -> list[str]:
    return [" ".join(one.text.split()) for one in Markup(page).all("tr")][1:]


def url_of(own: Holiday, name: str = "holiday") -> str:
    return reverse(f"office:{name}", args=[own.on])


@pytest.mark.parametrize("role", [roles.EDITOR, roles.HEAD, roles.PLANNER, roles.READER])
def test_others_do_not_see_the_table(client: Client, own: Holiday, role: roles.Role) -> None:
    client.force_login(staff(role))

    assert {client.get(url).status_code for url in (MENU, YEAR, ADD, url_of(own))} == {403}
    assert client.post(url_of(own, "holiday_delete")).status_code == 403
    with pytest.raises(RefusedError, match="관리자에게 부탁"):
        change_holiday(holiday=own, values={}, version=0, by=staff(role))


def test_the_list_has_public_holidays_and_the_office_s_own(
    admin: User, client: Client, own: Holiday
) -> None:
    Holiday.objects.create(on=HOLIDAY, name="예시 비상근무", is_worked=True)

    page = client.get(MENU).text

    found = rows(page)
    assert "1. 1.(금요일) 신정연휴 공휴일" in found
    assert "3. 5.(금요일) 예시 임시공휴일 우리 기관이 쉬는 날" in found
    assert any(one.startswith("3. 1.(월요일) 예시 비상근무 일하는 날 ·") for one in found)
    assert len(Markup(page).all("tr", class_="is-own")) == 2
    assert client.get(reverse("office:workdays_of_year", args=[1999])).status_code == 404


def test_the_list_costs_the_same_for_any_number_of_days(
    admin: User,
    client: Client,
    own: Holiday,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(YEAR)
    with django_assert_num_queries(6):
        client.get(YEAR)
    for day in (8, 9):
        Holiday.objects.create(on=dt.date(2021, 3, day), name="예시")
    with django_assert_num_queries(6):
        client.get(YEAR)


def test_a_day_is_added(admin: User, client: Client) -> None:
    page = client.post(ADD, {"on": "2021. 3. 5.", "name": " 예시  휴무 "}, follow=True)

    assert page.redirect_chain == [(YEAR, 302)]
    assert "쉬는 날을 저장했습니다." in page.text
    assert list(Holiday.objects.values_list("on", "name")) == [(FRIDAY, "예시 휴무")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "2021-03-05"}, "이미 적혀 있는 날입니다"),
        ({"on": "2021-03-06"}, "이미 쉬는 날입니다"),
        ({"on": "2021-03-01"}, "이미 쉬는 날입니다"),
        ({"on": "2021-03-02", "is_worked": "on"}, "이미 일하는 날입니다"),
        ({"on": "1999-03-02"}, "2020년부터 2026년까지의 날로"),
        ({"on": "내일"}, "날짜로 읽을 수 없습니다"),
    ],
)
def test_what_says_nothing_new_gets_its_sentence(
    admin: User, client: Client, own: Holiday, typed: dict[str, str], said: str
) -> None:
    page = client.post(ADD, {"name": "예시 다른 이름"} | typed).text

    assert said in page
    assert "예시 다른 이름" in page
    assert Holiday.objects.get() == own
    own.refresh_from_db()
    assert own.name == "예시 임시공휴일"


def test_a_day_is_changed(admin: User, client: Client, own: Holiday) -> None:
    typed = {"name": "예시 새 이름", "version": "0"}
    assert "저장했습니다" in client.post(url_of(own), typed, follow=True).text

    late = client.post(url_of(own), typed | {"name": "예시 늦은 이름"})

    assert late.status_code == 409
    assert "예시 새 이름" in late.text
    assert Markup(late.text).one("input", id_="id_name").attrs["value"] == "예시 늦은 이름"
    own.refresh_from_db()
    assert (own.name, own.version) == ("예시 새 이름", 1)


def test_a_day_off_is_not_made_a_working_day(admin: User, client: Client, own: Holiday) -> None:
    typed = {"name": own.name, "is_worked": "on", "version": "0"}

    assert "이미 일하는 날입니다" in client.post(url_of(own), typed).text


def test_a_day_is_deleted_as_it_was_seen(admin: User, client: Client, own: Holiday) -> None:
    client.post(url_of(own), {"name": "예시 새 이름", "version": "0"})

    late = client.post(url_of(own, "holiday_delete"), {"version": "0"}, follow=True)
    assert "그 사이에 고친 날입니다" in late.text
    assert Holiday.objects.exists()

    done = client.post(url_of(own, "holiday_delete"), {"version": "1"}, follow=True)
    assert "쉬는 날을 지웠습니다." in done.text
    assert not Holiday.objects.exists()
    assert client.get(url_of(own)).status_code == 404
    assert client.get(MENU + "2021-02-30/").status_code == 404
