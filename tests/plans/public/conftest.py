"""Fixtures for residents' pages: an activity, and a function that reads a page's text."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory
from tests.factories.tree import ActivityFactory, publish

Read = Callable[[str], str]


@pytest.fixture
def read(client: Client) -> Read:
    """Return a function that gets a page, requires status 200, and returns its text."""

    def text_of(url: str) -> str:
        response = client.get(url)
        assert response.status_code == 200, url
        main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", main).split())

    return text_of


@pytest.fixture
def activity(db: None) -> Activity:
    """Return an activity of a published plan of 2031, with a target of 12 회."""
    activity = ActivityFactory(
        initiative__goal__pillar__plan__year=2031,
        title="월 1회 합동 순찰",
        department=DepartmentFactory(name="예시안전과"),
        counted="순찰 횟수",
        unit="회",
        target=12,
        target_origin="document",
        target_set_on=dt.date(2031, 1, 4),
        source_line=50,
        source_text="월 1회  합동 순찰",
    )
    publish(activity.plan)
    return Activity.objects.select_related("plan").get()
