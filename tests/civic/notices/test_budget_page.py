"""The page of a year's messages and budget: who sees and sets it, and what it says."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from civic.models import Budget
from civic.notices.budget.actions import set_budget
from civic.notices.budget.queries import spent, years
from civic.notices.queries import this_year
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, PLANNER, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from tests.civic.notices.conftest import THIS_YEAR, VALUES, Office, finished, priced, words_of
from tests.factories.notices import approved
from tests.factories.office import DepartmentFactory, staff
from tests.plans.together import together, while_uncommitted

pytestmark = pytest.mark.django_db

SEOUL = timezone.get_default_timezone()


@pytest.mark.parametrize("notices", [1, 3])
def test_the_page_makes_as_many_queries_for_many_notices(
    client: Client,
    office: Office,
    followers: tuple[str, ...],
    budget: Budget,
    planner: User,
    notices: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(notices):
        other = staff(EDITOR, department=DepartmentFactory())
        finished(office._replace(head=planner), 5, by=other)
    client.force_login(planner)
    client.get(reverse("notices_budget:latest"))
    with django_assert_num_queries(11):
        page = client.get(reverse("notices_budget:latest"))
    assert page.text.count("예시 부서") == notices


def test_the_page_shows_sums_against_the_budget(
    client: Client, office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    finished(office, 2000)
    approved(activity=office.activity, by=office.author, by_another=office.head)
    client.force_login(office.author)

    page = words_of(client.get(reverse("notices_budget:budget", args=[THIS_YEAR])).text)

    for words in ("100,000원", "2,000건, 60,000원", "3건, 90원", "2,003건, 60,090원", "39,910원"):
        assert words in page
    assert 'width="60.0"' in page
    assert 'x="60.0" width="0.09"' in page
    assert "단문 30원, 장문 99.90원" in page


def test_the_page_says_by_how_much_the_budget_is_exceeded(
    client: Client, office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    finished(office, 4000)
    client.force_login(office.author)

    page = client.get(reverse("notices_budget:latest")).text

    assert "넘은 돈" in page
    assert "20,000원" in page
    assert 'width="100" height="4"' in page


def test_years_reach_from_the_first_message_to_the_next_year(
    office: Office, followers: tuple[str, ...]
) -> None:
    assert years() == [THIS_YEAR + 1, THIS_YEAR]
    before = datetime(THIS_YEAR - 2, 1, 1, tzinfo=SEOUL)
    finished(office, 1, at=before)
    assert years() == [THIS_YEAR + 1, THIS_YEAR, THIS_YEAR - 1, THIS_YEAR - 2]


@pytest.mark.parametrize("year", [0, 1999, THIS_YEAR + 2, 99999])
def test_years_without_a_page_are_not_found(client: Client, planner: User, year: int) -> None:
    client.force_login(planner)
    url = reverse("notices_budget:budget", args=[year])
    assert client.get(url).status_code == 404
    assert client.post(url, TYPED).status_code == 404
    with pytest.raises(RefusedError, match="연도를 확인해 주세요"):
        set_budget(year=year, values=VALUES, version=0, by=planner)


TYPED = {"amount": "300만원", "sms_price": "9.9", "lms_price": "30", "version": "0"}


def test_planners_set_the_budget_and_change_it(client: Client, planner: User) -> None:
    client.force_login(planner)
    url = reverse("notices_budget:budget", args=[THIS_YEAR + 1])

    answer = client.post(url, TYPED, follow=True)
    assert "저장했습니다." in answer.text
    client.post(url, TYPED | {"amount": "2,000,000", "version": "1"})

    saved = Budget.objects.get()
    assert (saved.year, saved.amount, saved.sms_price) == (
        THIS_YEAR + 1,
        2_000_000,
        Decimal("9.90"),
    )


@pytest.mark.parametrize("role", [READER, EDITOR])
def test_others_read_and_do_not_set(client: Client, budget: Budget, role: Any) -> None:
    user = staff(role)
    client.force_login(user)
    url = reverse("notices_budget:budget", args=[THIS_YEAR])

    page = client.get(url)
    assert page.status_code == 200
    assert 'name="amount"' not in page.text
    assert client.post(url, TYPED).status_code == 403
    with pytest.raises(RefusedError, match="기획만"):
        set_budget(year=THIS_YEAR, values=VALUES, version=0, by=user)
    assert Budget.objects.get().amount == VALUES["amount"]


def test_who_may_not_read_notices_does_not_see_the_budget(client: Client, budget: Budget) -> None:
    url = reverse("notices_budget:latest")
    assert client.get(url).status_code == 302
    client.force_login(staff(ADMINISTRATOR))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": ""}, "한 해 예산을 적어 주세요."),
        ({"amount": "많이"}, "「많이」을(를) 수로 읽을 수 없습니다."),
        ({"amount": "-1"}, "0 이상의 수를 적어 주세요."),
        ({"amount": "10.5"}, "「10.5」에 소수가 있습니다."),
        ({"amount": "9" * 20}, "1,000억원보다 큰 예산은 적을 수 없습니다."),
        ({"sms_price": "-1"}, "0 이상의 수를 적어 주세요."),
        ({"sms_price": ""}, "문자 한 건의 값을 적어 주세요."),
        ({"lms_price": "10000"}, "너무 큰 수입니다."),
        ({"lms_price": "1.234"}, "소수점 아래는 2자리까지 적어 주세요."),
        ({"lms_price": "NaN"}, "수로 읽을 수 없습니다."),
    ],
)
def test_bad_input_gets_one_sentence(
    client: Client, planner: User, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(planner)
    page = client.post(reverse("notices_budget:budget", args=[THIS_YEAR]), TYPED | typed)

    form = page.context["form"]
    [said] = [one for errors in form.errors.values() for one in errors]
    assert sentence in said
    assert sentence in page.text
    assert not Budget.objects.exists()


def test_what_somebody_else_set_meanwhile_is_shown_and_not_overwritten(
    client: Client, planner: User
) -> None:
    set_budget(year=THIS_YEAR, values=VALUES, version=0, by=planner)
    client.force_login(planner)
    url = reverse("notices_budget:budget", args=[THIS_YEAR])

    page = client.post(url, TYPED)

    assert page.status_code == 409
    assert "그 사이에 다른 사람이 고쳤습니다." in page.text
    assert "100,000원" in page.text
    assert Budget.objects.get().amount == VALUES["amount"]
    # Saving again says so on purpose.
    client.post(url, TYPED | {"version": page.context["form"]["version"].value()})
    assert Budget.objects.get().amount == 3_000_000


def test_an_approved_notice_keeps_its_price(
    office: Office, followers: tuple[str, ...], budget: Budget, planner: User
) -> None:
    finished(office, 10)
    values = VALUES | {"sms_price": Decimal(99)}
    set_budget(year=THIS_YEAR, values=values, version=0, by=planner)

    assert spent(THIS_YEAR).notices == priced(1, 10)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_the_first_budget_at_once_the_second_is_told() -> None:
    one, another = staff(PLANNER), staff(PLANNER)

    def by(user: User, amount: int) -> Budget:
        values = VALUES | {"amount": amount}
        return set_budget(year=THIS_YEAR, values=values, version=0, by=user)

    refusal = while_uncommitted(lambda: by(one, 1), lambda: by(another, 2))

    assert isinstance(refusal, OutdatedError)
    assert refusal.row.amount == 1
    assert Budget.objects.get().amount == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_a_budget_at_once_the_second_is_told() -> None:
    user = staff(PLANNER)
    set_budget(year=this_year(), values=VALUES, version=0, by=user)

    def to(amount: int) -> Budget:
        values = VALUES | {"amount": amount}
        return set_budget(year=this_year(), values=values, version=1, by=user)

    results = together(lambda: to(1), lambda: to(2))

    assert sum(isinstance(one, OutdatedError) for one in results) == 1
    assert Budget.objects.get().version == 2
