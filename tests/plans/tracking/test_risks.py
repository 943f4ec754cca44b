"""Risks: added, reviewed in each period, shown by size, and closed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking.models import Period
from plans.tracking.risks.actions import add_risk, change_risk, close_risk, review_risk
from plans.tracking.risks.models import Risk, RiskReview
from plans.tracking.risks.queries import grade_of, unreviewed
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import closed, risk_of
from tests.factories.tree import ActivityFactory
from tests.plans.conftest import Read
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YEAR = reverse("risks:risks", args=[2021])
TYPED = {
    "title": "예시 위험",
    "what": "예시 부지가 늦음",
    "likelihood": "3",
    "impact": "1",
    "response": "예시 다른 부지",
    "version": "0",
}


def reviewed(risk: Risk, quarter: Quarter, by: User | None = None, **values: object) -> RiskReview:
    """Review a risk in the quarter, as it is now."""
    said = {"likelihood": 1, "impact": 1, "note": "예시로 살핌"} | values
    risk = Risk.objects.get(pk=risk.pk)
    return review_risk(
        risk=risk,
        period=quarter.period,
        values=said,
        version=risk.version,
        by=by or quarter.officer,
    )


def shut(risk: Risk, by: User, day: object = TODAY) -> Risk:
    """Close a risk as it was read."""
    return close_risk(risk=risk, day=day, note="예시로 끝남", version=risk.version, by=by)


def test_a_review_sets_the_risks_present_values_and_is_one_a_period(quarter: Quarter) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    reviewed(risk, quarter, likelihood=3, impact=3)
    reviewed(risk, quarter, quarter.head, likelihood=1, impact=2, note="예시 고침")

    review = RiskReview.objects.get()
    risk.refresh_from_db()
    assert (risk.likelihood, risk.impact, risk.version) == (1, 2, 2)
    assert (review.note, review.reviewed_by) == ("예시 고침", quarter.head)
    assert [one.note for one in review.events.order_by("pgh_id")] == ["예시로 살핌", "예시 고침"]
    assert [one.impact for one in risk.events.order_by("pgh_id")][-1] == 2


def test_a_review_of_an_outdated_risk_is_refused(quarter: Quarter) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    reviewed(risk, quarter)
    values = {"likelihood": 3, "impact": 3, "note": "예시"}
    with pytest.raises(OutdatedError):
        review_risk(risk=risk, period=quarter.period, values=values, version=0, by=quarter.head)
    assert RiskReview.objects.get().likelihood == 1


def test_risks_are_reviewed_in_open_periods_of_their_plan_only(quarter: Quarter) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    review = reviewed(risk, quarter)
    another = ActivityFactory(initiative__goal__pillar__plan__year=2031)
    strange = risk_of(another, by=quarter.planner)
    with pytest.raises(RefusedError, match="이 계획의 위험이 아닙니다"):
        reviewed(strange, quarter, quarter.planner)
    with pytest.raises(IntegrityError, match="stays about one"), transaction.atomic():
        RiskReview.objects.update(risk=strange)
    closed(quarter.period.plan, by=quarter.planner)
    with pytest.raises(RefusedError, match="쓰는 기간이 아닙니다"):
        reviewed(risk, quarter)
    row = RiskReview.objects.filter(pk=review.pk)
    for write in (lambda: row.update(note="예시 다른 것"), row.delete):
        with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
            write()


def test_who_watches_a_risk_reviews_it_and_strangers_do_nothing(quarter: Quarter) -> None:
    watcher, stranger = staff(READER), staff(EDITOR, department=DepartmentFactory())
    risk = risk_of(quarter.activity, by=quarter.officer, owner=watcher)
    reviewed(risk, quarter, watcher)
    risk.refresh_from_db()
    for by in (watcher, stranger):
        with pytest.raises(RefusedError, match="고칠 권한"):
            change_risk(risk=risk, values={"title": "예시"}, version=risk.version, by=by)
        with pytest.raises(RefusedError, match="고칠 권한"):
            shut(risk, by)
        with pytest.raises(RefusedError, match="적을 권한"):
            risk_of(quarter.activity, by=by)
    with pytest.raises(RefusedError, match="검토할 권한"):
        reviewed(risk, quarter, stranger)


def test_a_closed_risk_stays_as_it_is(quarter: Quarter) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    risk = shut(risk, quarter.head)
    assert (risk.closed_on, risk.closed_for) == (TODAY, "예시로 끝남")
    for act in (
        lambda: shut(risk, quarter.head),
        lambda: change_risk(risk=risk, values={"title": "예시"}, version=1, by=quarter.head),
        lambda: reviewed(risk, quarter),
    ):
        with pytest.raises(RefusedError, match="이미 닫은 위험"):
            act()
    row = Risk.objects.filter(pk=risk.pk)
    for write in (lambda: row.update(title="예시 다른 것"), row.delete):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            write()


def test_a_risk_is_closed_between_the_day_it_was_written_and_today(quarter: Quarter) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer, since=str(TODAY))
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(RefusedError, match="오늘까지의 날"):
            shut(risk, quarter.officer, day)


def test_a_form_sent_twice_is_one_risk(quarter: Quarter) -> None:
    values = {"title": "예시", "what": "예시", "response": "예시", "likelihood": 1, "impact": 1}
    values["owner"] = quarter.head
    facts = {"activity": quarter.activity, "values": values, "token": uuid4()}
    assert add_risk(**facts, by=quarter.officer) == add_risk(**facts, by=quarter.officer)
    with pytest.raises(RefusedError, match="이미 보낸 양식"):
        add_risk(**facts, by=quarter.head)
    quarter.activity.retired_on = TODAY
    with pytest.raises(RefusedError, match="이미 끝난 활동"):
        add_risk(**facts, by=quarter.officer)
    assert Risk.objects.count() == 1


def test_open_risks_of_the_period_are_unreviewed_until_somebody_reviews_them(
    quarter: Quarter,
) -> None:
    risk, other = (risk_of(quarter.activity, by=quarter.officer) for _time in range(2))
    shut(risk_of(quarter.activity, by=quarter.officer), quarter.officer)
    risk_of(quarter.activity, by=quarter.officer, since="2021-04-01")
    assert [*unreviewed(quarter.period)] == [risk, other]
    reviewed(other, quarter)
    assert [*unreviewed(quarter.period)] == [risk]
    second = Period.objects.get(number=2)
    assert unreviewed(second).count() == 3


@pytest.mark.parametrize(
    ("likelihood", "impact", "grade"),
    [(1, 1, "작은"), (2, 1, "작은"), (1, 3, "중간"), (2, 2, "중간"), (3, 2, "큰"), (3, 3, "큰")],
)
def test_the_grade_is_by_likelihood_and_impact(likelihood: int, impact: int, grade: str) -> None:
    assert grade_of(likelihood, impact) == f"{grade} 위험"


def test_the_grid_counts_and_leads_to_its_rows(quarter: Quarter, client: Client) -> None:
    large = risk_of(quarter.activity, by=quarter.officer, title="예시 큰 것", likelihood=3)
    small = risk_of(quarter.other, by=quarter.head, title="예시 작은 것", likelihood=1, impact=1)
    done = shut(risk_of(quarter.activity, by=quarter.officer, title="예시 닫은 것"), quarter.head)
    client.force_login(quarter.officer)
    own = quarter.officer.department_id

    def listed(**asked: object) -> list[Risk]:
        return [one for one, _grade in client.get(YEAR, asked).context["page"]]

    page = client.get(YEAR)
    counts = [[cell.count for cell, _query in cells] for _label, cells in page.context["grid"]]
    assert counts == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]
    assert 'href="?likelihood=3&amp;impact=3#list-title"' in page.text
    assert listed() == listed(department=own) == [large, small]
    assert listed(likelihood=3, impact=3) == listed(mine="on") == [large]
    assert listed(state="closed") == [done]
    assert listed(state="x") == [large, small]
    reviewed(large, quarter, likelihood=3, impact=3)
    assert listed(state="unreviewed") == [small]
    assert client.get(reverse("risks:latest")).url == YEAR
    assert f'href="{YEAR}"' in client.get(quarter.period.get_absolute_url()).text


@pytest.mark.parametrize("number", [1, 3])
def test_pages_make_the_same_number_of_queries(
    quarter: Quarter,
    client: Client,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _time in range(number):
        risk = risk_of(quarter.activity, by=quarter.officer, owner=staff(EDITOR))
        reviewed(risk, quarter)
    client.force_login(quarter.officer)
    client.get(YEAR)
    with django_assert_num_queries(8):
        client.get(YEAR)
    with django_assert_num_queries(8):
        client.get(risk.get_absolute_url())


def test_it_is_added_changed_reviewed_and_closed_in_the_pages(
    quarter: Quarter, client: Client
) -> None:
    client.force_login(quarter.officer)
    add = reverse("risks:risk_add", args=[quarter.activity.pk])
    token = client.get(add).context["form"].initial["token"]
    typed = TYPED | {"token": token, "owner": quarter.officer.pk}
    assert client.post(add, typed).status_code == 302
    risk = Risk.objects.get()

    client.post(risk.get_absolute_url(), typed | {"title": "예시 고친 것"})
    page = client.post(risk.get_absolute_url(), typed | {"title": "예시 늦은 것"})
    assert page.status_code == 409
    sides = [(one.before, one.after) for one in page.context["form"].sides if one.differs]
    assert sides == [("예시 고친 것", "예시 늦은 것")]
    assert "지금 저장된 내용과 내가 적은 내용" in page.text
    again = typed | {"title": "예시 고친 것"}
    assert "이미 같은 내용으로" in client.post(risk.get_absolute_url(), again, follow=True).text

    url = reverse("risks:review", args=[risk.pk, quarter.period.pk])
    said = {"likelihood": "2", "impact": "2", "note": "예시로 살핌", "version": "1"}
    assert "1분기 검토" in client.get(risk.get_absolute_url()).text
    assert "무엇을 살폈는지 적어 주세요." in client.post(url, said | {"note": ""}).text
    assert "검토를 저장했습니다." in client.post(url, said, follow=True).text
    assert "이미 같은 내용으로" in client.post(url, said, follow=True).text
    page = client.post(url, said | {"note": "예시 다른 것"})
    assert page.status_code == 409
    sides = [(one.before, one.after) for one in page.context["form"].sides]
    assert sides == [("보통", "보통"), ("보통", "보통"), ("예시로 살핌", "예시 다른 것")]

    shutting = reverse("risks:close", args=[risk.pk])
    page = client.post(shutting, {"version": 2, "day": str(TODAY), "note": ""})
    assert "왜 더 살피지 않아도 되는지 적어 주세요." in page.text
    page = client.post(shutting, {"version": 1, "day": str(TODAY), "note": "예시로 끝남"})
    assert page.status_code == 409
    client.post(shutting, {"version": 2, "day": str(TODAY), "note": "예시로 끝남"})
    page = client.get(risk.get_absolute_url()).text
    assert "예시로 끝남" in page
    assert "더 살피지 않아도 되면" not in page
    assert client.get(url).url == risk.get_absolute_url()


def test_bad_input_gets_its_sentences(quarter: Quarter, client: Client) -> None:
    client.force_login(quarter.officer)
    add = reverse("risks:risk_add", args=[quarter.activity.pk])
    page = client.post(add, {"version": "0", "token": "x", "likelihood": "9"}).text
    for sentence in ("짧은 이름을", "생길 수 있는지", "미칠 영향을", "대응하는지", "사람을 골라"):
        assert sentence in page
    assert not Risk.objects.exists()


def test_others_read_and_strangers_do_not(quarter: Quarter, client: Client) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    review = reverse("risks:review", args=[risk.pk, quarter.period.pk])
    client.force_login(staff(READER))
    page = client.get(risk.get_absolute_url()).text
    assert "고치기" not in page
    assert review not in page
    refused = (risk.get_absolute_url(), review, reverse("risks:close", args=[risk.pk]))
    assert {client.post(url, TYPED).status_code for url in refused} == {403}
    strange = reverse("risks:review", args=[risk.pk, 10**9])
    assert client.get(strange).status_code == 404


def test_the_check_list_names_risks_that_nobody_reviewed(
    quarter: Quarter, client: Client, read: Read
) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    client.force_login(quarter.planner)
    page = reverse("closing:closing", args=[quarter.period.pk])
    sentence = "열린 위험을 이 기간에 검토하지 않았습니다."
    department = quarter.activity.initiative.department
    assert f"({sentence}) {department} {risk.title} {quarter.activity.title}" in read(page)
    reviewed(risk, quarter)
    assert sentence not in read(page)


def test_residents_do_not_see_risks(quarter: Quarter, client: Client) -> None:
    risk_of(quarter.activity, by=quarter.officer, title="예시 비밀 위험")
    closed(quarter.period.plan, by=quarter.planner)
    pages = [reverse(f"public:{one}", args=[2021, 1]) for one in ("period", "period_file")]
    for url in (quarter.activity.get_absolute_url(), *pages):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "예시 비밀 위험" not in answer.text
