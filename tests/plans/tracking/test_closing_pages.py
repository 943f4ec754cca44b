"""Staff pages of closing a period."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, PLANNER, READER
from plans.ledger.actions import void_record
from plans.tracking.actions import send_back
from plans.tracking.closing.actions import close_period, decide_reopening, request_reopening
from plans.tracking.closing.models import Closing, Reopening
from plans.tracking.models import Period
from plans.tracking.periods import begin, set_up_periods
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tracking import approved, closed, draft, first_quarter, reopened, reported
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.conftest import Read
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

CONFIRMED = {"confirmed": "on"}


@pytest.fixture
def desk(client: Client, quarter: Quarter) -> Client:
    """Return a client that 기획 is signed in at."""
    client.force_login(quarter.planner)
    return client


def page_of(period: Period) -> str:
    return reverse("closing:closing", args=[period.pk])


def close(quarter: Quarter, number: int = 1) -> Closing:
    """Close a quarter, opened if it is not."""
    return closed(quarter.period.plan, number, by=quarter.planner)


def read_by(desk: Client, period: Period) -> dict[str, object]:
    """Return the hidden values of the form that closes a period, as its page has them."""
    form = desk.get(page_of(period)).context["closing_form"]
    return {name: form[name].value() for name in ("version", "seen")}


def put_in_charge(quarter: Quarter) -> None:
    """Give the initiative a person, so that nothing but updates may be missing."""
    initiative = quarter.activity.initiative
    initiative.person = quarter.officer
    initiative.save()


def approve_all(quarter: Quarter) -> None:
    approved(
        period=quarter.period,
        about=quarter.activity.initiative,
        by=quarter.officer,
        by_another=quarter.head,
    )


def said(client: Client, url: str, data: dict[str, object]) -> str:
    """Send a form, and return the text of the page that follows."""
    answer = client.post(url, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_the_check_list_names_what_is_missing_by_department(
    quarter: Quarter, desk: Client, read: Read
) -> None:
    draft(period=quarter.period, about=quarter.other, by=quarter.officer)
    RecordFactory(activity=quarter.activity, happened_on=date(2021, 3, 31))
    RecordFactory(activity=quarter.other, happened_on=date(2021, 4, 1))

    page = read(page_of(quarter.period))

    department = quarter.activity.initiative.department.name
    first, other = quarter.activity.title, quarter.other.title
    assert (
        f"추진상황을 쓰지 않았습니다. 1 부서마다 보기 (추진상황을 쓰지 않았습니다.) "
        f"{department} {first}" in page
    )
    assert "추진상황이 승인되지 않았습니다. 1" in page
    assert f"{department} {other} 작성중" in page
    assert "담당자가 없습니다. 2" in page
    assert "확정하지 않은 실적이 있습니다." in page
    assert f"{first} 1건" in page
    assert f"{other} 1건" not in page


def test_the_check_list_names_budgets_about_which_nobody_reported(
    quarter: Quarter, desk: Client, read: Read
) -> None:
    Activity.objects.filter(plan=quarter.period.plan).update(budget=3000)
    reported(quarter.period, quarter.activity, 2000, 1000, by=quarter.officer)
    page = read(page_of(quarter.period))
    department = quarter.activity.initiative.department.name
    sentence = "계획 예산이 있는데 집행액을 보고하지 않았습니다."
    assert f"{sentence} 1 부서마다 보기 ({sentence}) {department} {quarter.other.title}" in page
    reported(quarter.period, quarter.other, 0, 0, by=quarter.officer)
    assert sentence not in read(page_of(quarter.period))


def test_drafts_of_personal_matters_are_not_numbered(
    quarter: Quarter, desk: Client, read: Read
) -> None:
    Activity.objects.filter(pk=quarter.other.pk).update(record_kind="contact")
    other = Activity.objects.get(pk=quarter.other.pk)
    RecordFactory(activity=other, happened_on=date(2021, 3, 31))
    page = read(page_of(quarter.period))
    assert "확정하지 않은 실적이 있습니다." in page
    assert "1건" not in page


def test_planner_closes_a_whole_period_without_ticking(
    quarter: Quarter, desk: Client, read: Read
) -> None:
    put_in_charge(quarter)
    approve_all(quarter)
    page = read(page_of(quarter.period))
    assert "빠진 것이 없습니다." in page
    assert "이대로 마감합니다" not in page

    page = said(desk, page_of(quarter.period), read_by(desk, quarter.period))

    closing = Closing.objects.get()
    assert "마감했습니다. 주민이 읽을 수 있습니다." in page
    assert closing.digest in page
    assert closing.closed_by == quarter.planner
    assert quarter.planner.name in page


def test_what_is_missing_must_be_ticked(quarter: Quarter, desk: Client) -> None:
    sent = read_by(desk, quarter.period)
    page = said(desk, page_of(quarter.period), sent)
    assert "빠진 것을 확인했다면 표시하고 마감해 주세요." in page
    assert not Closing.objects.exists()

    page = said(desk, page_of(quarter.period), sent | CONFIRMED)
    assert "마감했습니다." in page
    assert Closing.objects.count() == 1


def test_a_period_that_changed_meanwhile_is_not_closed(quarter: Quarter, desk: Client) -> None:
    page = said(
        desk, page_of(quarter.period), read_by(desk, quarter.period) | CONFIRMED | {"version": 0}
    )
    assert "그 사이에 다른 사람이 고쳤습니다." in page
    assert not Closing.objects.exists()


@pytest.mark.parametrize("version", [{}, {"version": "x"}, {"version": "9" * 30}])
def test_a_form_without_a_version_gets_a_sentence(
    quarter: Quarter, desk: Client, version: dict[str, str]
) -> None:
    sent = {"seen": read_by(desk, quarter.period)["seen"]}
    page = said(desk, page_of(quarter.period), sent | CONFIRMED | version)
    assert "다시 열어" in page or "다른 사람이 고쳤습니다" in page
    assert not Closing.objects.exists()


def test_what_is_missing_since_it_was_read_is_read_again(quarter: Quarter, desk: Client) -> None:
    """A period is not closed with an approval that was taken back after the page was read."""
    update = approved(
        period=quarter.period,
        about=quarter.activity,
        by=quarter.officer,
        by_another=quarter.head,
    )
    sent = read_by(desk, quarter.period) | CONFIRMED
    send_back(update=update, version=update.version, reason="예시", by=quarter.head)

    page = said(desk, page_of(quarter.period), sent)

    assert "확인하는 동안 빠진 것이 달라졌습니다. 다시 확인하고 마감해 주세요." in page
    assert "반려" in page
    assert not Closing.objects.exists()
    said(desk, page_of(quarter.period), read_by(desk, quarter.period) | CONFIRMED)
    assert Closing.objects.count() == 1


def test_closing_twice_gives_one_version_and_a_sentence(quarter: Quarter, desk: Client) -> None:
    sent = read_by(desk, quarter.period) | CONFIRMED
    said(desk, page_of(quarter.period), sent)
    page = said(desk, page_of(quarter.period), sent)
    assert Closing.objects.count() == 1
    assert "그 사이에 다른 사람이 고쳤습니다." in page


def test_a_period_before_that_is_open_is_said(quarter: Quarter, desk: Client, read: Read) -> None:
    second = Period.objects.get(number=2)
    begin(second, quarter.planner)
    page = read(page_of(second))
    assert "지금은 마감할 수 없습니다 앞의 기간을 먼저 마감하세요." in page
    assert "마감하기</" not in page
    page = said(desk, page_of(second), CONFIRMED | {"version": second.version})
    assert "앞의 기간을 먼저 마감하세요." in page
    assert not Closing.objects.exists()


def test_a_period_that_is_not_over_is_said(db: None, client: Client, read: Read) -> None:
    planner = staff(PLANNER)
    activity = ActivityFactory(initiative__goal__pillar__plan__year=timezone.localdate().year)
    plan = publish(activity.plan)
    period = set_up_periods(plan=plan, kind=Period.Kind.YEAR, by=planner)[0]
    begin(period, planner)
    client.force_login(planner)
    page = read(page_of(period))
    assert "아직 끝나지 않은 기간입니다. 마지막 날이 지난 뒤에 마감하세요." in page


def test_only_planners_close_and_others_who_read_drafts_read(
    quarter: Quarter, client: Client, read: Read
) -> None:
    url = page_of(quarter.period)
    sent = CONFIRMED | {"version": quarter.period.version}
    for user in (quarter.officer, quarter.head, staff(READER)):
        client.force_login(user)
        assert "마감하기</button>" not in client.get(url).content.decode()
        assert "마감하기 전에 살필 것" in read(url)
        assert client.post(url, sent).status_code == 403
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assert client.post(url, sent).status_code == 404
    assert not Closing.objects.exists()


def test_another_planner_reopens_for_a_reason(quarter: Quarter, desk: Client, read: Read) -> None:
    closing = close(quarter)
    ask = reverse("closing:request_reopening", args=[closing.pk])
    page = said(desk, ask, {"reason": " "})
    assert "무엇을 고쳐야 해서 다시 여는지 까닭을 적어 주세요." in page
    page = said(desk, ask, {"reason": "예시 까닭"})
    assert "다시 열기를 요청했습니다." in page
    assert "요청한 사람이 아닌 기획의 다른 사람이 결정합니다." in page
    request = Reopening.objects.get()
    decide = reverse("closing:decide_reopening", args=[request.pk])
    assert "자기가 요청한" in said(desk, decide, {"approve": ""})

    desk.force_login(staff(PLANNER))
    page = read(page_of(quarter.period))
    assert "예시 까닭" in page
    assert quarter.planner.name in page
    assert "단추를 눌러 정해 주세요" in said(desk, decide, {})
    page = said(desk, decide, {"approve": ""})

    assert "다시 열었습니다." in page
    assert "마감하기 전에 살필 것" in page
    assert closing.digest in page
    assert Period.objects.get(number=1).is_open
    assert "먼저 결정했습니다" in said(desk, decide, {"refuse": ""})


def test_another_planner_refuses_to_reopen(quarter: Quarter, desk: Client) -> None:
    closing = close(quarter)
    request = request_reopening(closing=closing, reason="예시", by=staff(PLANNER))
    decide = reverse("closing:decide_reopening", args=[request.pk])

    page = said(desk, decide, {"refuse": ""})

    assert "마감한 대로 두었습니다." in page
    assert "거절" in page
    assert not Period.objects.get(number=1).is_open
    assert "다시 열기 요청</button>" in page


def test_only_planners_ask_and_decide(quarter: Quarter, client: Client) -> None:
    closing = close(quarter)
    request = request_reopening(closing=closing, reason="예시", by=staff(PLANNER))
    ask = reverse("closing:request_reopening", args=[closing.pk])
    decide = reverse("closing:decide_reopening", args=[request.pk])
    for user, status in ((quarter.head, 403), (quarter.officer, 403), (UserFactory(), 404)):
        client.force_login(user)
        assert client.post(ask, {"reason": "예시"}).status_code == status
        assert client.post(decide, {"approve": ""}).status_code == status
    assert Reopening.objects.get().is_approved is None


def test_a_period_before_a_closed_one_says_that_it_stays(
    quarter: Quarter, desk: Client, read: Read
) -> None:
    close(quarter)
    close(quarter, 2)
    page = read(page_of(quarter.period))
    assert "뒤의 기간을 이미 마감해서 다시 열 수 없습니다." in page
    assert "다시 열기 요청</button>" not in desk.get(page_of(quarter.period)).content.decode()


def test_every_version_stays_readable_as_it_was_frozen(
    quarter: Quarter, desk: Client, read: Read
) -> None:
    approve_all(quarter)
    kept = RecordFactory(
        activity=quarter.activity,
        happened_on=date(2021, 2, 1),
        written_by=quarter.officer,
        confirmed=True,
    )
    first = close(quarter)
    url = reverse("closing:version", args=[first.pk])
    before = read(url)
    assert "예시 실적" in before
    assert f"{quarter.activity.title} 1회 90회 1회 365회" in before
    reopened(first)
    void_record(record=kept, reason="예시", by=quarter.officer)
    second = close(quarter)

    assert read(url) == before
    page = read(reverse("closing:version", args=[second.pk]))
    assert f"{quarter.activity.title} 0회 90회 0회 365회" in page


def test_strangers_read_no_version(quarter: Quarter, client: Client) -> None:
    url = reverse("closing:version", args=[close(quarter).pk])
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(staff(EDITOR))
    assert client.get(url).status_code == 200
    assert client.get(reverse("closing:version", args=[0])).status_code == 404


def many(user: User, departments: int) -> Period:
    """Return an open quarter with activities of some departments, drafts and written updates."""
    officer = staff(EDITOR)
    initiative = InitiativeFactory(goal__pillar__plan__year=2021)
    activities = [
        ActivityFactory(initiative=initiative, department=DepartmentFactory())
        for _one in range(departments * 2)
    ]
    period = first_quarter(publish(initiative.plan), by=user)
    for activity in activities[:departments]:
        RecordFactory(activity=activity, happened_on=date(2021, 3, 1), written_by=officer)
        draft(period=period, about=activity, by=user)
    return period


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_queries_for_any_number_of_rows(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    planner = staff(PLANNER)
    period = many(planner, rows)
    client.force_login(planner)
    with django_assert_num_queries(24):
        assert client.get(page_of(period)).status_code == 200
    with django_assert_num_queries(28):
        closing = close_period(period=period, version=period.version, by=planner)
    for _one in range(rows):
        request = request_reopening(closing=closing, reason="예시", by=planner)
        decide_reopening(request=request, is_approved=False, by=staff(PLANNER))
    with django_assert_num_queries(11):
        assert client.get(page_of(period)).status_code == 200
    with django_assert_num_queries(8):
        assert client.get(reverse("closing:version", args=[closing.pk])).status_code == 200
