"""Every staff page of a plan makes as many queries with three rows as with one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import PLANNER
from plans.amendments.propose import open_amendment, propose, request_approval
from plans.editing.reviews.actions import request_review
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.amendments import requested
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, GoalFactory, InitiativeFactory, publish
from tests.transactions import undone

pytestmark = pytest.mark.django_db

PAGES = [
    "/staff/plans/",
    "/staff/plans/2031/",
    "/staff/plans/2031/publish/",
    "/staff/plans/2031/next/",
    "/staff/plans/2031/initiative/{initiative}/",
    "/staff/plans/2031/initiative/{initiative}/review/",
    "/staff/plans/2031/initiative/{initiative}/retire/",
    "/staff/plans/2031/activity/{activity}/",
    "/staff/plans/2031/activity/{activity}/move/",
    "/staff/plans/2030/amendments/",
    "/staff/plans/2030/amendments/{amendment}/",
]


def plan_of(year: int, size: int) -> Plan:
    """Create a plan with so many of everything."""
    goal = GoalFactory(pillar__plan__year=year)
    GoalFactory.create_batch(size - 1, pillar=goal.pillar)
    for _ in range(size):
        initiative = InitiativeFactory(
            goal=goal, department=DepartmentFactory(), person=UserFactory()
        )
        for activity in ActivityFactory.create_batch(
            size, initiative=initiative, department=DepartmentFactory(), person=UserFactory()
        ):
            activity.dongs.add(*Dong.objects.all()[:size])
            activity.supporters.add(*DepartmentFactory.create_batch(size))
    return goal.plan


def pages_of(size: int, by: User) -> dict[str, int]:
    """Create plans with so many of everything, and return the keys for the pages' addresses."""
    plan, public = plan_of(2031, size), publish(plan_of(2030, size))
    first = Initiative.objects.filter(plan=plan).first()
    activity = first.activities.first()
    request_review(initiative=first, by=by)
    amendment = open_amendment(plan=public, by=by)
    for number, one in enumerate(Activity.objects.filter(plan=public)[:size]):
        propose(amendment=amendment, node=one, values={"title": f"새 제목 {number}"}, by=by)
        requested(one, staff(PLANNER), text="새 내용")
    request_approval(amendment=amendment, reason="예시 사유", ground="예시 방침", by=by)
    for year in range(2032, 2031 + size):
        ActivityFactory(initiative__goal__pillar__plan__year=year, lineage=activity.lineage)
    return {"initiative": first.pk, "activity": activity.pk, "amendment": amendment.pk}


@pytest.mark.parametrize("route", PAGES)
def test_a_page_costs_the_same_for_one_and_for_three(client: Client, route: str) -> None:
    reader = staff(PLANNER)
    costs = []
    for size in (1, 3):
        with undone():
            url = route.format(**pages_of(size, staff(PLANNER)))
            client.force_login(reader)
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            costs.append(len(queries))
    assert costs[0] == costs[1]
