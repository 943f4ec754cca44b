"""A plan that was imported as published is filled in by one amendment of first values."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gwonseon.office.roles import PLANNER
from plans.amendments.models import Amendment
from plans.amendments.propose import open_amendment, propose
from plans.progress.queries import progress_of
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.amendments import amend
from tests.factories.office import DepartmentFactory, staff
from tests.plans.editing.sheets.workbooks import fill, taken, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(planner: Client, plan_2021: Plan) -> Amendment:
    """Fill in a published plan's departments and targets by one workbook, and request approval."""
    department = DepartmentFactory(name="예시총무과")
    book = taken(planner, plan_2021)
    for initiative in Initiative.objects.filter(plan=plan_2021):
        fill(book, initiative, 담당부서=department.name)
    for activity in Activity.objects.filter(plan=plan_2021, target=None):
        fill(book, activity, **{"연간 목표": 12})
    preview = upload(planner, plan_2021, book)
    planner.post(preview.url)
    amendment = Amendment.objects.get()
    page = planner.get(reverse("amendments:amendment", args=[2021, amendment.pk]))
    assert page.context["form"]["effective_on"].value() == dt.date(2021, 1, 1)
    data = {"reason": "처음 정합니다.", "ground": "예시 방침", "effective_on": "2021-01-01"}
    answer = planner.post(page.request["PATH_INFO"], data)
    assert answer.status_code == 302
    return amendment


def test_one_amendment_fills_in_everything_and_is_one_line(
    client: Client, filled: Amendment, plan_2021: Plan
) -> None:
    client.force_login(staff(PLANNER))
    url = reverse("amendments:amendment", args=[2021, filled.pk])
    page = client.get(url)
    assert page.text.count("처음 정함") == filled.changes.count()

    with CaptureQueriesContext(connection) as queries:
        client.post(url, {"apply": "1", "seen": page.context["form"]["seen"].value()})

    filled.refresh_from_db()
    assert (filled.state, filled.effective_on) == ("applied", dt.date(2021, 1, 1))
    assert filled.effective_reason == ""
    assert len(queries) < 40
    for day in (dt.date(2021, 1, 1), dt.date(2021, 12, 31)):
        figures = progress_of(plan_2021, day).whole.figures
        assert len(figures) == 57
        assert all(one.target for one in figures)
    client.logout()

    number = filled.changes.filter(field="target").count()
    told = f"처음 정함: 항목 28개의 담당부서, 목표 {number}개"

    listed = client.get("/2021/changes/").text
    assert told in listed
    assert "외 " not in listed.split("<main", 1)[1].split("</main>")[0]
    assert f"<title>{told}</title>" in client.get("/2021/changes/feed/").text
    page = client.get(filled.get_absolute_url()).text
    assert "처음 정한 내용" in page
    assert "바뀐 내용" not in page
    activity = Activity.objects.filter(lineage__in=filled.changes.values("lineage")).first()
    item = client.get(activity.get_absolute_url()).text
    assert "</time> 처음 정함" in item
    assert "시행일 2021. 1. 1." in item


def test_a_mixed_amendment_shows_both_parts_apart(client: Client, plan_2021: Plan) -> None:
    activity = Activity.objects.filter(target=None).first()
    amendment = amend(activity, title="새 제목", target=Decimal(9))

    listed = client.get("/2021/changes/").text
    assert "처음 정함: 목표 1개" in listed
    page = client.get(amendment.get_absolute_url()).text
    assert page.index("바뀐 내용") < page.index("새 제목</ins>") < page.index("처음 정한 내용")
    assert amendment.effective_on == dt.date(2021, 12, 31)


def test_setting_a_value_again_is_no_first_setting(client: Client, plan_2021: Plan) -> None:
    activity = Activity.objects.filter(target=None).first()
    for target in (Decimal(9), None, Decimal(5)):
        amendment = amend(activity, target=target)

    assert "처음 정한 내용" not in client.get(amendment.get_absolute_url()).text
    firsts = [row.is_first for row in Amendment.objects.earliest("pk").changes.with_first()]
    assert firsts == [True]


def test_mixing_first_settings_with_changes_gives_a_hint(client: Client, plan_2021: Plan) -> None:
    activity = Activity.objects.filter(target=None).first()
    author = staff(PLANNER)
    client.force_login(author)
    amendment = open_amendment(plan=plan_2021, by=author)
    url = reverse("amendments:amendment", args=[2021, amendment.pk])
    propose(amendment=amendment, node=activity, values={"target": Decimal(9)}, by=author)
    assert "섞여 있습니다" not in client.get(url).text

    propose(amendment=amendment, node=activity, values={"title": "새 제목"}, by=author)
    assert "섞여 있습니다" in client.get(url).text
