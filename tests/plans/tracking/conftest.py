"""A published plan with an initiative, its department's people, and its first quarter."""

from typing import NamedTuple

import pytest

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from plans.tracking.models import Period
from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import first_quarter
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish


class Quarter(NamedTuple):
    """An open quarter, two activities of an initiative, and whom their updates need.

    The first activity has a target of 365, the other none.
    """

    period: Period
    activity: Activity
    other: Activity
    officer: User
    head: User
    planner: User


@pytest.fixture
def quarter(db: None) -> Quarter:
    department = DepartmentFactory()
    initiative = InitiativeFactory(goal__pillar__plan__year=2021, department=department)
    target = {"target": 365, "target_origin": "document", "target_set_on": "2021-01-01"}
    activities = [
        ActivityFactory(initiative=initiative, unit="회", **facts) for facts in (target, {})
    ]
    plan = publish(initiative.plan)
    officer, head = (staff(role, department=department) for role in (EDITOR, HEAD))
    planner = staff(PLANNER)
    return Quarter(first_quarter(plan, by=planner), *activities, officer, head, planner)
