"""A year's messages by department and topic, the budget, and the warning before it is spent."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import inf

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from civic.models import Budget, Notice
from civic.notices.actions import cancel, send_test
from civic.notices.budget.queries import Amount, share, spent, warning_for
from civic.notices.queries import Cost
from civic.notices.sending import go_on
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.office.roles import EDITOR, PLANNER
from tests.civic.notices.conftest import (
    PRICE,
    THIS_YEAR,
    VALUES,
    Office,
    finished,
    priced,
    words_of,
)
from tests.factories.notices import approved, sending
from tests.factories.office import DepartmentFactory, staff
from tests.factories.residents import subscriber

pytestmark = pytest.mark.django_db

SEOUL = timezone.get_default_timezone()


def test_sums_are_by_department_and_by_news(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    other = staff(EDITOR, department=DepartmentFactory(name="예시 다른 부서"))
    lead = office._replace(head=staff(PLANNER))
    finished(office, 100)
    finished(office, 50)
    finished(lead, 7, by=other)

    spending = spent(THIS_YEAR)

    own = str(office.author.department)
    assert dict(spending.by_department) == {own: priced(2, 150), "예시 다른 부서": priced(1, 7)}
    assert spending.by_news == [(str(Notice(news="notice").get_news_display()), priced(3, 157))]
    assert spending.notices == priced(3, 157)


def test_kinds_of_news_are_summed_apart(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    subscriber("01000009999", news=["event", "notice"])
    finished(office, 10)
    finished(office, 4, news="event")

    assert [amount for _name, amount in spent(THIS_YEAR).by_news] == [
        priced(1, 10),
        priced(1, 4),
    ]


def test_what_left_before_a_notice_was_cancelled_costs_money(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    finished(office, 40, state="cancelled")
    nothing_left = approved(activity=office.activity, by=office.author, by_another=office.head)
    cancel(notice=nothing_left, by=office.author)

    spending = spent(THIS_YEAR)

    assert (spending.notices, spending.reserved) == (priced(1, 40), Amount())


@pytest.mark.parametrize(
    ("ended", "year"),
    [
        (datetime(2025, 12, 31, 14, 59, 59, tzinfo=UTC), 2025),
        (datetime(2025, 12, 31, 15, 0, 0, tzinfo=UTC), 2026),
    ],
)
def test_a_year_ends_at_midnight_in_seoul(
    office: Office, followers: tuple[str, ...], budget: Budget, ended: datetime, year: int
) -> None:
    finished(office, 3, at=ended)
    send_test_to(office)
    Dispatch.objects.filter(is_bulk=False).update(state="done", finished_at=ended)

    found = {one: spent(one) for one in (2024, 2025, 2026, 2027)}

    assert {one for one, spending in found.items() if spending.notices.messages} == {year}
    assert {one for one, spending in found.items() if spending.single.messages} == {year}


def send_test_to(office: Office) -> None:
    """Send a test of a notice, and have the gateway take it."""
    notice = approved(activity=office.activity, by=office.author, by_another=office.head)
    send_test(notice=notice, number="01000001234", by=office.author)
    Message.objects.filter(dispatch__key__startswith=f"notice-{notice.pk}-test").update(
        state=Message.State.ACCEPTED
    )


def test_single_messages_have_a_line_of_their_own(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    # Each follower was sent a code.
    singles = Message.objects.filter(dispatch__is_bulk=False)
    assert spent(THIS_YEAR).single == Amount()

    singles.update(state=Message.State.DELIVERED)
    assert spent(THIS_YEAR).single == Amount(0, 3, Decimal(3 * PRICE), 0)
    assert spent(THIS_YEAR).notices == Amount()
    # What was sent and has no end yet is of the present year.
    assert spent(THIS_YEAR - 1).single == Amount()


def test_a_notice_is_reserved_with_all_who_were_approved_until_its_sending_ends(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    notice = sending(activity=office.activity, by=office.author, by_another=office.head)
    go_on(notice, until=inf)
    Message.objects.filter(dispatch=notice.dispatch).update(state=Message.State.ACCEPTED)

    spending = spent(THIS_YEAR)
    assert (spending.notices, spending.reserved) == (Amount(), priced(1, 3))
    assert spending.committed.messages == 3
    assert spent(THIS_YEAR - 1).committed == Amount()

    cancel(notice=notice, by=office.author)
    spending = spent(THIS_YEAR)
    assert (spending.notices, spending.reserved) == (priced(1, 3), Amount())


def test_a_notice_of_next_year_is_reserved_in_next_year(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    begins = datetime(THIS_YEAR + 1, 1, 1, tzinfo=SEOUL)
    approved(
        activity=office.activity,
        by=office.author,
        by_another=office.head,
        send_at=begins,
        expires_at=begins + timedelta(days=2),
    )

    assert spent(THIS_YEAR).reserved == Amount()
    assert spent(THIS_YEAR + 1).reserved == priced(1, 3)


def test_messages_without_a_price_are_named_and_not_counted_as_nothing(
    client: Client, office: Office, followers: tuple[str, ...]
) -> None:
    finished(office, 1200)
    Budget.objects.create(year=THIS_YEAR, **VALUES)
    finished(office, 10)
    client.force_login(office.author)

    spending = spent(THIS_YEAR)
    page = words_of(client.get(reverse("notices_budget:latest")).text)

    assert spending.notices == Amount(2, 1210, Decimal(300), 1200)
    assert "문자 1,200건은 값을 알 수 없어 금액에 들어 있지 않습니다." in page
    assert "300원 (1,200건은 금액 모름)" in page
    warning = warning_for(Cost(1, Decimal(1)), spent(THIS_YEAR))
    assert warning == "문자 1,200건은 값을 알 수 없어 금액에 들어 있지 않습니다."


def test_without_any_price_the_sum_is_unknown(
    client: Client, office: Office, followers: tuple[str, ...]
) -> None:
    finished(office, 1200)
    client.force_login(office.author)

    page = client.get(reverse("notices_budget:latest")).text

    assert "금액 모름" in page
    assert "이 해의 예산과 문자값을 아직 정하지 않았습니다." in page


@pytest.mark.parametrize(
    ("people", "warning"),
    [
        (2665, ""),
        (2666, ""),
        (2667, "예산 100,000원 가운데 80,010원(80%)을 쓰게 됩니다."),
        (3333, "예산 100,000원 가운데 99,990원(99%)을 쓰게 됩니다."),
        (3334, "예산 100,000원을 20원 넘습니다."),
    ],
)
def test_a_notice_warns_near_the_budget_and_beyond_it(
    budget: Budget, people: int, warning: str
) -> None:
    found = warning_for(Cost(people, Decimal(PRICE)), spent(THIS_YEAR))
    assert warning in found
    assert bool(found) == bool(warning)


@pytest.mark.parametrize(
    ("won", "warns", "exceeds"),
    [
        ("79999.99", False, False),
        ("80000", True, False),
        ("100000", True, False),
        ("100000.01", True, True),
    ],
)
def test_the_marks_are_80_and_100_percent_to_the_hundredth(
    budget: Budget, won: str, warns: bool, exceeds: bool
) -> None:
    found = warning_for(Cost(1, Decimal(won)), spent(THIS_YEAR))
    assert (bool(found), "넘습니다" in found) == (warns, exceeds)


def test_a_warning_counts_what_was_spent_and_what_is_reserved(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    Message.objects.update(state=Message.State.DELIVERED)
    finished(office, 2000)
    approved(activity=office.activity, by=office.author, by_another=office.head)
    # 3 codes, 2,000 messages that left, 3 that are approved.
    committed = Decimal(90 + 60_000 + 90)

    assert warning_for(Cost(1, 80_000 - committed - Decimal("0.01")), spent(THIS_YEAR)) == ""
    assert "80%" in warning_for(Cost(1, 80_000 - committed), spent(THIS_YEAR))
    assert "100%" in warning_for(Cost(1, 100_000 - committed), spent(THIS_YEAR))
    assert "넘습니다" in warning_for(Cost(1, 100_001 - committed), spent(THIS_YEAR))


def test_without_a_budget_a_warning_says_that_the_cost_is_not_known(db: None) -> None:
    assert "금액을 알 수 없습니다" in warning_for(Cost(10, None), spent(THIS_YEAR))


def test_a_budget_of_nothing_is_exceeded_by_anything(budget: Budget) -> None:
    Budget.objects.update(amount=0)
    budget.refresh_from_db()

    assert warning_for(Cost(0, Decimal(30)), spent(THIS_YEAR)) == ""
    assert "0원을 30원 넘습니다" in warning_for(Cost(1, Decimal(30)), spent(THIS_YEAR))
    assert (share(Decimal(0), budget), share(Decimal(30), budget)) == (0, 100)


@pytest.mark.parametrize("notices", [1, 3])
def test_sums_and_warnings_make_four_queries(
    office: Office,
    followers: tuple[str, ...],
    budget: Budget,
    notices: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(notices):
        finished(office, 5)
        other = staff(EDITOR, department=DepartmentFactory())
        approved(activity=office.activity, by=other, by_another=staff(PLANNER))
    with django_assert_num_queries(4):
        spending = spent(THIS_YEAR)
        assert len(spending.by_department) == 1
        assert spending.committed.notices == 2 * notices
    with django_assert_num_queries(4):
        warning_for(Cost(1, Decimal(PRICE)), spent(THIS_YEAR))
