"""A published plan with an initiative, its department's people, and its first quarter."""

from typing import NamedTuple

import pytest

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from plans.tracking.models import Period
from plans.tree.models import Activity, Initiative
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tracking import first_quarter, submitted
from tests.factories.tree import ActivityFactory, InitiativeFactory, PlanFactory, publish


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


def many(size: int) -> tuple[User, Period, Initiative]:
    """Return a planner, an open period with some updates, and an initiative without updates."""
    plan, planner = PlanFactory(year=2021), staff(PLANNER)
    for _number in range(size):
        owned = {"department": DepartmentFactory(), "person": UserFactory()}
        initiative = InitiativeFactory(goal__pillar__plan=plan, **owned)
        ActivityFactory.create_batch(2, initiative=initiative, person=UserFactory())
    spare = InitiativeFactory(goal__pillar__plan=plan, department=DepartmentFactory())
    publish(plan)
    period = first_quarter(plan, by=planner)
    for activity in Activity.objects.filter(plan=plan).order_by("pk")[::2]:
        writer = staff(EDITOR, department=activity.initiative.department)
        submitted(period=period, about=activity, by=writer)
    return planner, period, spare
