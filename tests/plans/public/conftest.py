"""Fixtures for residents' pages: an activity of a published plan, and a quarter of one."""

import datetime as dt

import pytest

from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory
from tests.factories.tree import ActivityFactory, publish
from tests.plans.conftest import Read
from tests.plans.tracking.conftest import quarter

__all__ = ["Read", "quarter"]


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
