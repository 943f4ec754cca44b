"""Cells of a plan's workbook: read as offices write them, and previewed as they were read."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from plans.tree.models import Activity, Plan
from tests.factories.office import DepartmentFactory, UserFactory
from tests.factories.tree import ActivityFactory
from tests.plans.editing.sheets.workbooks import cell, fill, taken, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    activity = ActivityFactory(title="순찰")
    Plan.objects.update(year=2021)
    activity.plan.refresh_from_db()
    return activity


def written(client: Client, activity: Activity, **values: Any) -> str:
    """Fill in cells, upload, save all, and return the preview's text."""
    book = taken(client, activity.plan)
    fill(book, activity, **values)
    response = upload(client, activity.plan, book)
    assert response.status_code == 302, response.context["problems"]
    page = client.get(response.url).text
    client.post(response.url)
    activity.refresh_from_db()
    return page


def sentence_for(client: Client, activity: Activity, **values: Any) -> str:
    book = taken(client, activity.plan)
    fill(book, activity, **values)
    (problem,) = upload(client, activity.plan, book).context["problems"]
    return problem.sentence


def test_numbers_and_days_of_offices_are_shown_as_they_were_read(
    planner: Client, activity: Activity
) -> None:
    values = {"단위": "회", "연간 목표": "1,000회", "계획 예산(원)": "1,200만원"}
    page = written(planner, activity, 시작일="21. 3. 2.(화)", 마감일="11/30", **values)

    assert (activity.target, activity.budget) == (1000, 12_000_000)
    assert (activity.starts_on, activity.ends_on) == (dt.date(2021, 3, 2), dt.date(2021, 11, 30))
    for read, typed in (("1000", "1,000회"), ("12000000", "만원"), ("2021-03-02", "21. 3. 2.")):
        assert read in page
        assert typed not in page


def test_a_person_with_a_unique_name_is_found(planner: Client, activity: Activity) -> None:
    person = UserFactory(
        name="예시 하나", username="one", department=DepartmentFactory(name="가과")
    )
    page = written(planner, activity, 담당자="예시 하나")
    assert activity.person == person
    assert "예시 하나 (one)" in page

    UserFactory(name="예시 하나", username="two", department=DepartmentFactory(name="나과"))
    told = sentence_for(planner, activity, 담당자="예시하나")
    assert "「예시 하나 (one)」 가과, 「예시 하나 (two)」 나과" in told


def test_a_telephone_number_keeps_its_first_zero(planner: Client, activity: Activity) -> None:
    place = cell(taken(planner, activity.plan), activity, "담당 전화")
    assert place.number_format == "@", "or a spreadsheet takes what is typed for a number"
    assert "맨 앞의 0이 빠진" in sentence_for(planner, activity, **{"담당 전화": 312286114})
    written(planner, activity, **{"담당 전화": "0312286114"})
    assert activity.phone == "031-228-6114"


def test_a_dong_is_found_without_its_ending(planner: Client, activity: Activity) -> None:
    written(planner, activity, 동="입북, 세류 1동")
    assert [str(one) for one in activity.dongs.order_by("position")] == ["세류1동", "입북동"]
