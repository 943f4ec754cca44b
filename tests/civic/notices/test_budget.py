"""A year's messages by department and topic, the budget, and the warning before it is spent."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from civic.models import Budget, Notice
from civic.notices.actions import cancel, send_test
from civic.notices.budget.actions import set_budget
from civic.notices.budget.queries import Amount, share, spent, warning_for, years
from civic.notices.queries import Cost, this_year
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, PLANNER, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from tests.civic.notices.conftest import Office
from tests.factories.notices import approved
from tests.factories.office import DepartmentFactory, staff
from tests.factories.residents import subscriber
from tests.plans.together import together, while_uncommitted

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year
SEOUL = timezone.get_default_timezone()
PRICE = 30
VALUES = {"amount": 100_000, "sms_price": Decimal(PRICE), "lms_price": Decimal("99.90")}


@pytest.fixture
def budget(db: None) -> Budget:
    return Budget.objects.create(year=THIS_YEAR, **VALUES)


@pytest.fixture
def planner(db: None) -> User:
    return staff(PLANNER)


def finished(
    office: Office,
    left: int = 100,
    at: datetime | None = None,
    state: str = "done",
    **values: Any,
) -> Notice:
    """Return a notice of which so many messages left."""
    by = values.pop("by", office.author)
    notice = approved(activity=office.activity, by=by, by_another=office.head, **values)
    ended = {"state": state, "finished_at": at or timezone.now(), "left": left}
    ended |= {"cancelled_by": office.head} if state == "cancelled" else {}
    Notice.objects.filter(pk=notice.pk).update(**ended)
    end = {"state": state, "finished_at": ended["finished_at"]}
    Dispatch.objects.filter(pk=notice.dispatch_id).update(**end)
    return notice


def write_messages(notice: Notice, **counts: int) -> None:
    """Begin a notice, with so many messages of each state."""
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.SENDING)
    Dispatch.objects.filter(pk=notice.dispatch_id).update(state=Dispatch.State.SENDING)
    Message.objects.bulk_create(
        Message(dispatch_id=notice.dispatch_id, state=state, sealed=b"sealed")
        for state, count in counts.items()
        for _number in range(count)
    )


def priced(notices: int, messages: int) -> Amount:
    """Return the amount of short messages."""
    return Amount(notices, messages, Decimal(PRICE * messages), 0)


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


def test_a_notice_that_is_being_sent_counts_as_it_is_now(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    notice = approved(activity=office.activity, by=office.author, by_another=office.head)
    assert spent(THIS_YEAR).reserved == priced(1, 3)

    write_messages(notice, accepted=3, delivered=2, undelivered=1, unknown=1, claimed=1, queued=4)
    write_more = {"rejected": 5, "suppressed": 5, "expired": 5, "cancelled": 5}
    write_messages(notice, **write_more)

    spending = spent(THIS_YEAR)
    assert (spending.notices, spending.reserved) == (priced(1, 8), priced(1, 4))
    assert spending.committed.messages == 12
    assert spent(THIS_YEAR - 1).committed == Amount()


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
    warning = warning_for(Cost(1, Decimal(1)), THIS_YEAR)
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
    found = warning_for(Cost(people, Decimal(PRICE)), THIS_YEAR)
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
    found = warning_for(Cost(1, Decimal(won)), THIS_YEAR)
    assert (bool(found), "넘습니다" in found) == (warns, exceeds)


def test_a_warning_counts_what_was_spent_and_what_is_reserved(
    office: Office, followers: tuple[str, ...], budget: Budget
) -> None:
    Message.objects.update(state=Message.State.DELIVERED)
    finished(office, 2000)
    approved(activity=office.activity, by=office.author, by_another=office.head)
    # 3 codes, 2,000 messages that left, 3 that are approved.
    committed = Decimal(90 + 60_000 + 90)

    assert warning_for(Cost(1, 80_000 - committed - Decimal("0.01")), THIS_YEAR) == ""
    assert "80%" in warning_for(Cost(1, 80_000 - committed), THIS_YEAR)
    assert "100%" in warning_for(Cost(1, 100_000 - committed), THIS_YEAR)
    assert "넘습니다" in warning_for(Cost(1, 100_001 - committed), THIS_YEAR)


def test_without_a_budget_a_warning_says_that_the_cost_is_not_known(db: None) -> None:
    assert "금액을 알 수 없습니다" in warning_for(Cost(10, None), THIS_YEAR)


def test_a_budget_of_nothing_is_exceeded_by_anything(budget: Budget) -> None:
    Budget.objects.update(amount=0)
    budget.refresh_from_db()

    assert warning_for(Cost(0, Decimal(30)), THIS_YEAR) == ""
    assert "0원을 30원 넘습니다" in warning_for(Cost(1, Decimal(30)), THIS_YEAR)
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
        warning_for(Cost(1, Decimal(PRICE)), THIS_YEAR)


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
    with django_assert_num_queries(12):
        page = client.get(reverse("notices_budget:latest"))
    assert page.text.count("예시 부서") == notices


def words_of(page: str) -> str:
    """Return a page with single spaces."""
    return " ".join(page.split())


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
