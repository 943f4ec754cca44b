"""What is contracted and spent: reported in open periods, summed, and warned about."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, PLANNER, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking.budget.actions import report_spending
from plans.tracking.budget.models import Spending
from plans.tracking.budget.queries import (
    Money,
    budget_lines,
    earlier_versions,
    money_lines,
    spending_of,
    sum_of,
    total_of,
)
from plans.tracking.models import Period
from plans.tracking.periods import begin
from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import closed, draft, first_quarter, reported
from tests.factories.tree import ActivityFactory, InitiativeFactory, PlanFactory, publish
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

MILLION = 10**6
TYPED = {"contracted": "1,200만원", "spent": "8백만원", "source": "예시 집행 현황"}


@pytest.fixture
def planned(quarter: Quarter) -> Quarter:
    """The quarter, with a planned budget of ten million 원 for its first activity."""
    Activity.objects.filter(pk=quarter.activity.pk).update(budget=10 * MILLION)
    activity = Activity.objects.select_related(Activity.PILLAR_PATH).get(pk=quarter.activity.pk)
    return quarter._replace(activity=activity)


def second_of(quarter: Quarter) -> Period:
    """Return the second quarter, opened."""
    second = Period.objects.get(plan=quarter.period.plan_id, number=2)
    begin(second, quarter.planner)
    return second


def page_of(quarter: Quarter, activity: Activity | None = None) -> str:
    return reverse("budget:spending", args=[quarter.period.pk, (activity or quarter.activity).pk])


def test_sums_of_an_open_period_are_reported_and_written_over(planned: Quarter) -> None:
    first = reported(planned.period, planned.activity, 2 * MILLION, MILLION, by=planned.officer)
    values = {"contracted": 3 * MILLION, "spent": MILLION, "source": "예시 고친 것"}
    facts = {"period": planned.period, "activity": planned.activity, "token": uuid4()}

    report_spending(**facts, values=values, version=0, by=planned.head)

    with pytest.raises(OutdatedError):
        report_spending(**facts, values=values, version=0, by=planned.officer)
    (line,) = money_lines(planned.period, [planned.activity])
    assert line.money == Money(10 * MILLION, 3 * MILLION, MILLION)
    assert line.money.rate == Decimal("10.0")
    assert (line.spending.written_by, line.spending.version) == (planned.head, 1)
    written = [(one.written_by, one.contracted) for one in earlier_versions(first)]
    assert written == [(planned.head, 3 * MILLION), (planned.officer, 2 * MILLION)]


def test_a_report_sent_twice_is_one_and_another_one_is_shown(planned: Quarter) -> None:
    facts = {"period": planned.period, "activity": planned.activity, "version": None}
    values = {"contracted": 2, "spent": 1, "source": "예시"}
    sent = facts | {"values": values, "token": uuid4(), "by": planned.officer}
    assert report_spending(**sent) == report_spending(**sent)
    with pytest.raises(OutdatedError) as error:
        report_spending(**sent | {"values": values | {"spent": 2}})
    assert error.value.row.spent == 1
    with pytest.raises(OutdatedError):
        report_spending(**sent | {"token": uuid4(), "by": planned.head})
    other = Activity.objects.select_related(Activity.PILLAR_PATH).get(pk=planned.other.pk)
    with pytest.raises(RefusedError, match="이미 보낸 양식"):
        report_spending(**sent | {"activity": other})
    assert Spending.objects.count() == 1


def test_only_who_writes_updates_reports(planned: Quarter) -> None:
    for by in (staff(EDITOR, department=DepartmentFactory()), staff(READER)):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            reported(planned.period, planned.activity, 1, 1, by=by)


def test_what_is_not_of_an_open_period_is_refused(planned: Quarter) -> None:
    found = reported(planned.period, planned.activity, 2, 1, by=planned.officer)
    closed(planned.period.plan, by=planned.planner)
    second = Period.objects.get(number=2)
    for period in (planned.period, second):
        with pytest.raises(RefusedError, match="쓰는 기간이 아닙니다"):
            reported(period, planned.activity, 2, 1, by=planned.officer)
    row = Spending.objects.filter(pk=found.pk)
    for write in (lambda: row.update(spent=9), row.delete):
        with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
            write()


def test_a_report_stays_about_its_activity_and_period(planned: Quarter) -> None:
    found = reported(planned.period, planned.activity, 2, 1, by=planned.officer)
    for values in ({"activity": planned.other}, {"period": second_of(planned)}):
        with pytest.raises(IntegrityError, match="stays about one"), transaction.atomic():
            Spending.objects.filter(pk=found.pk).update(**values)


def test_an_activity_of_another_plan_or_an_ended_one_is_refused(planned: Quarter) -> None:
    strange = ActivityFactory(initiative__goal__pillar__plan__year=2031)
    with pytest.raises(RefusedError, match="이 계획의 활동이 아닙니다"):
        reported(planned.period, strange, 1, 1, by=planned.planner)
    planned.activity.retired_on = planned.period.first_on
    with pytest.raises(RefusedError, match="이미 끝난 활동"):
        reported(planned.period, planned.activity, 1, 1, by=planned.officer)


@pytest.mark.parametrize(
    ("contracted", "spent", "words"),
    [
        (5, 4, []),
        (12, 11, ["계획액보다 많이 집행"]),
        (5, 6, ["계약액보다 많이 집행"]),
        (5, 2, ["앞 기간의 누계보다 줄어듦"]),
        (3, 3, ["앞 기간의 누계보다 줄어듦"]),
        (12, 13, ["계획액보다 많이 집행", "계약액보다 많이 집행"]),
    ],
)
def test_sums_that_look_wrong_get_a_word(
    planned: Quarter, contracted: int, spent: int, words: list[str]
) -> None:
    reported(planned.period, planned.activity, 4 * MILLION, 3 * MILLION, by=planned.officer)
    second, sums = second_of(planned), (contracted * MILLION, spent * MILLION)
    reported(second, planned.activity, *sums, by=planned.officer)
    (line,) = budget_lines(second)
    assert line.warnings == words


def test_a_period_without_a_report_has_the_sums_of_the_one_before(planned: Quarter) -> None:
    before = reported(planned.period, planned.activity, 4, 3, by=planned.officer)
    second = second_of(planned)
    (line,) = budget_lines(second)
    assert (line.spending, line.before, line.is_unreported) == (None, before, True)
    assert line.money == Money(10 * MILLION)
    assert spending_of(second.plan, second.last_on) == {planned.activity.pk: before}
    assert spending_of(second.plan, planned.period.first_on) == {planned.activity.pk: before}


def test_totals_leave_out_what_has_no_planned_budget(planned: Quarter) -> None:
    reported(planned.period, planned.activity, 4 * MILLION, MILLION, by=planned.officer)
    reported(planned.period, planned.other, 9 * MILLION, 9 * MILLION, by=planned.officer)
    found = sum_of(budget_lines(planned.period))
    assert found.money == Money(10 * MILLION, 4 * MILLION, MILLION)
    assert (found.reported, found.whole, found.unreported) == (1, 1, 0)
    assert total_of([]).rate is None
    assert total_of([Money(5), Money(5)]) == Money(10)
    assert Money(0, 0, 0).rate is None


def test_the_page_filters_and_sums_by_department(planned: Quarter, client: Client) -> None:
    Activity.objects.filter(pk=planned.other.pk).update(budget=MILLION)
    reported(planned.period, planned.activity, 4 * MILLION, MILLION, by=planned.officer)
    Activity.objects.filter(pk=planned.activity.pk).update(person=planned.officer)
    client.force_login(planned.officer)
    url = reverse("budget:period", args=[planned.period.pk])

    def listed(**asked: object) -> list[Activity]:
        return [one.activity for one in client.get(url, asked).context["lines"]]

    page = client.get(url)
    for text in ("10,000,000원", "4,000,000원", "10%", "보고 없음", "2개 가운데 1개"):
        assert text in page.text
    ((department, sums),) = page.context["sums"]
    assert department == planned.officer.department
    assert sums.money == Money(11 * MILLION, 4 * MILLION, MILLION)
    assert listed() == listed(department=department.pk) == [planned.activity, planned.other]
    assert listed(mine="on") == [planned.activity]
    assert listed(department="x") == [planned.activity, planned.other]
    assert f'href="{url}"' in client.get(planned.period.get_absolute_url()).text


def test_sums_are_typed_as_other_amounts(planned: Quarter, client: Client) -> None:
    client.force_login(planned.officer)
    url = page_of(planned)
    form = client.get(url).context["form"]
    sent = TYPED | {"spent": "800만원", "version": -1, "token": form.initial["token"]}

    page = client.post(url, sent, follow=True).text

    found = Spending.objects.get()
    assert (found.contracted, found.spent) == (12 * MILLION, 8 * MILLION)
    assert "저장했습니다." in page
    assert "12,000,000원" in page
    page = client.post(url, sent | {"contracted": "1", "version": 0}, follow=True).text
    assert "금액을 확인해 주세요: 계약액보다 많이 집행." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"contracted": ""}, "계약이 없으면 0을 적습니다."),
        ({"spent": ""}, "집행이 없으면 0을 적습니다."),
        ({"spent": "많이"}, "「많이」을(를) 수로 읽을 수 없습니다."),
        ({"spent": "-1"}, "0 이상의 수를 적어 주세요."),
        ({"contracted": "99조"}, "99조"),
        ({"contracted": "9" * 18}, "자릿수를 확인해 주세요."),
        ({"source": " "}, "어디에서 읽은 금액인지 출처를 적어 주세요."),
    ],
)
def test_bad_sums_get_a_sentence(
    planned: Quarter, client: Client, values: dict[str, str], sentence: str
) -> None:
    client.force_login(planned.officer)
    sent = TYPED | {"spent": "1", "version": -1, "token": uuid4()} | values
    assert sentence in client.post(page_of(planned), sent).text
    assert not Spending.objects.exists()


def test_both_reports_are_shown_where_another_wrote_meanwhile(
    planned: Quarter, client: Client
) -> None:
    client.force_login(planned.officer)
    url = page_of(planned)
    sent = {"contracted": "5", "spent": "4", "source": "예시 내 것", "version": -1}
    sent["token"] = client.get(url).context["form"].initial["token"]
    reported(planned.period, planned.activity, 3, 2, by=planned.head)

    page = client.post(url, sent)

    assert page.status_code == 409
    sides = [(one.before, one.after) for one in page.context["form"].sides]
    assert sides == [("3", "5"), ("2", "4"), ("예시 집행 현황", "예시 내 것")]
    assert Spending.objects.get().spent == 2
    sent["version"] = page.context["form"]["version"].value()
    assert client.post(url, sent).status_code == 302
    assert Spending.objects.get().spent == 4
    page = client.post(url, sent, follow=True)
    assert "이미 같은 내용으로 저장되어 있습니다." in page.text


def test_others_read_and_do_not_write(planned: Quarter, client: Client) -> None:
    reported(planned.period, planned.activity, 3, 2, by=planned.head)
    client.force_login(staff(READER))
    page = client.get(page_of(planned)).text
    assert "누계 적기" not in page
    assert planned.head.name in page
    assert client.post(page_of(planned), TYPED).status_code == 403
    gone = reverse("budget:spending", args=[planned.period.pk, 10**9])
    assert client.get(gone).status_code == 404
    closed(planned.period.plan, by=planned.planner)
    client.force_login(planned.officer)
    page = client.get(page_of(planned)).text
    assert "누계 적기" not in page
    assert "쓰는 기간이 아닙니다." in page
    page = client.post(page_of(planned), TYPED | {"spent": "777", "version": 0, "token": uuid4()})
    assert "쓰는 기간이 아닙니다." in page.text
    assert 'value="777"' in page.text


def test_an_update_shows_the_money_beside_its_figures(planned: Quarter, client: Client) -> None:
    reported(planned.period, planned.activity, 4 * MILLION, 3 * MILLION, by=planned.officer)
    update = draft(period=planned.period, about=planned.activity.initiative, by=planned.officer)
    client.force_login(planned.officer)
    form = reverse(
        "tracking:write", args=[planned.period.pk, "initiative", planned.activity.initiative_id]
    )
    for url in (update.get_absolute_url(), form):
        page = client.get(url).text
        assert "3,000,000원" in page
        assert "30%" in page
        assert "예산 없음" in page
        assert page_of(planned) in page


def many(size: int) -> tuple[User, Period, Activity]:
    """Return a planner, an open period of some initiatives with budgets, and an activity."""
    plan, planner = PlanFactory(year=2021), staff(PLANNER)
    for _number in range(size):
        owned = {"department": DepartmentFactory(), "person": staff(EDITOR)}
        initiative = InitiativeFactory(goal__pillar__plan=plan, **owned)
        ActivityFactory.create_batch(2, initiative=initiative, budget=MILLION, person=planner)
    publish(plan)
    period = first_quarter(plan, by=planner)
    rows = Activity.objects.filter(plan=plan).select_related(Activity.PILLAR_PATH).order_by("pk")
    for activity in rows[::2]:
        reported(period, activity, 2, 1, by=staff(PLANNER))
    return planner, period, rows[0]


@pytest.mark.parametrize(("name", "number"), [("period", 14), ("spending", 10)])
@pytest.mark.parametrize("size", [1, 3])
def test_pages_cost_the_same_for_any_length(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    number: int,
    size: int,
) -> None:
    planner, period, activity = many(size)
    urls = {
        "period": reverse("budget:period", args=[period.pk]),
        "spending": reverse("budget:spending", args=[period.pk, activity.pk]),
    }
    client.force_login(planner)
    client.get(urls[name])
    with django_assert_num_queries(number):
        client.get(urls[name])
