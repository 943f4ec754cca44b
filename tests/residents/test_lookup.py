"""Staff find a resident by number: masked, with a reason for the whole number, and logged."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gwonseon.messaging.sealing import digest
from gwonseon.office.models import PersonalAccess
from gwonseon.office.roles import ADMINISTRATOR
from gwonseon.residents.actions import accept, withdraw
from gwonseon.residents.consents import REQUIRED
from gwonseon.residents.models import Erasure, Resident
from tests.factories.office import staff
from tests.factories.residents import NUMBER, resident, verified_visit

pytestmark = pytest.mark.django_db

PAGE = "/staff/residents/"
WHOLE = ("01000001234", "010-0000-1234", "0000-1234")


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(staff(ADMINISTRATOR))
    return client


def logged() -> list[tuple[str, str, str]]:
    rows = PersonalAccess.objects.order_by("pk")
    return list(rows.values_list("what", "subject", "reason"))


def shows_number(text: str) -> bool:
    return any(one in text for one in WHOLE)


def test_a_resident_is_found_masked_and_the_look_is_logged(desk: Client) -> None:
    person = resident()
    answer = desk.post(PAGE, {"number": "010-0000-1234"}, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}{person.pk}/", 302)]
    text = answer.content.decode()
    assert "010-****-1234" in text
    assert "개인정보 수집·이용" in text
    assert not shows_number(text)
    name = f"주민 {person.pk}"
    assert logged() == [("search", name, ""), ("view", name, "")]


REASONS = ["", "  ", "ㅋㅋ", "가" * 201, "010-0000-1234 문의", "문의(＋８２１０００００１２３４)"]


@pytest.mark.parametrize("reason", REASONS)
def test_the_number_is_not_shown_without_a_reason(desk: Client, reason: str) -> None:
    text = desk.post(f"{PAGE}{resident().pk}/", {"reason": reason}).content.decode()
    assert not shows_number(text.replace(reason, ""))
    assert "error-summary" in text
    assert {reason for _what, _subject, reason in logged()} == {""}


def test_the_number_is_shown_once_for_a_reason_that_is_logged(desk: Client) -> None:
    url = f"{PAGE}{resident().pk}/"
    assert NUMBER in desk.post(url, {"reason": "반송 문의 답변"}).content.decode()
    assert logged()[-1][2] == "반송 문의 답변"
    assert not shows_number(desk.get(url).content.decode())


def test_who_left_is_found_by_the_ledger_only(desk: Client) -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    text = desk.post(PAGE, {"number": NUMBER}).content.decode()
    assert "이미 그만 받은 번호" in text
    assert "철회" in text
    ((what, subject, _reason),) = logged()
    assert what == "search"
    assert subject.startswith("떠난 주민 ")


def test_an_unknown_number_gets_a_sentence(desk: Client) -> None:
    assert "주민이 없습니다" in desk.post(PAGE, {"number": NUMBER}).content.decode()
    assert logged() == []


def test_what_was_deleted_is_shown_in_words(desk: Client) -> None:
    Erasure.objects.create(rule="visits", count=1234)
    text = desk.get(PAGE).content.decode()
    assert "1,234건" in text
    assert text.count("방문(휴대전화번호, 확인한 때)") == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_queries_for_one_and_three_lines(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    visit = verified_visit()
    for place in range(number):
        accept(visit=visit, given=[*REQUIRED, "dong"] if place % 2 else REQUIRED)
        Erasure.objects.create(rule="visits", count=1)
    desk.get(PAGE)
    with django_assert_num_queries(6):
        desk.get(PAGE)
    with django_assert_num_queries(9):
        desk.get(f"{PAGE}{Resident.objects.get().pk}/")
