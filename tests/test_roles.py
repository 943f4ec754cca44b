"""Who gets what where: every staff route that shows a page, for every role."""

import pytest
from django.test import Client

from gwonseon.office.models import Department
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, HEAD, PLANNER, READER, Role, roles
from plans.editing.reviews import request_review
from plans.editing.sheets.actions import keep
from plans.tree.models import Activity
from tests.factories.amendments import requested
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db

COLUMNS = (
    "nobody",
    "no role",
    "reader",
    "officer",
    "head",
    "safety",
    "welfare",
    "planner",
    "admin",
)
# The department of officer and head owns the items; they stand below the pillar of safety. A draft
# does not exist for who may not read drafts (404); what one may read but not write answers 403.
TABLE = {
    "/staff/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/account/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/people/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/people/add/": (302, 403, 403, 403, 403, 403, 403, 403, 200),
    "/staff/plans/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/plans/add/": (302, 403, 403, 403, 403, 403, 403, 200, 403),
    "/staff/plans/handover/": (302, 403, 403, 403, 200, 403, 403, 200, 403),
    "/staff/plans/2031/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/vision/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/publish/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/next/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/sheet/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/sheet/file/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/sheet/{upload}/": (302, 404, 302, 302, 302, 302, 302, 302, 404),
    "/staff/plans/2031/pillar/add/": (302, 404, 403, 403, 403, 403, 403, 200, 404),
    "/staff/plans/2031/activity/{draft}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/activity/{draft}/history/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2031/activity/{draft}/move/": (302, 404, 403, 403, 403, 200, 403, 200, 404),
    "/staff/plans/2031/activity/{draft}/retire/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/plans/2031/initiative/{above}/add/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/plans/2031/goal/{goal}/add/": (302, 404, 403, 200, 200, 200, 403, 200, 404),
    "/staff/plans/2031/pillar/{pillar}/add/": (302, 404, 403, 403, 403, 200, 403, 200, 404),
    "/staff/plans/2031/initiative/{above}/review/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2030/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/plans/2030/activity/{public}/": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/staff/plans/2030/amendments/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
    "/staff/plans/2030/amendments/{change}/": (302, 404, 200, 200, 200, 200, 200, 200, 404),
}


def role(code: str) -> Role:
    return next(one for one in roles if one.code == code)


@pytest.fixture
def department() -> Department:
    return DepartmentFactory()


@pytest.fixture
def numbers(department: Department) -> dict[str, int]:
    """A draft of 2031 and a published plan of 2030, with a review and an amendment on their way."""
    owned = {
        "initiative__department": department,
        "initiative__goal__pillar__code": "safety",
    }
    draft = ActivityFactory(initiative__goal__pillar__plan__year=2031, **owned)
    public = ActivityFactory(initiative__goal__pillar__plan__year=2030, **owned)
    publish(public.plan)
    by = staff(PLANNER)
    request_review(initiative=draft.initiative, by=by)
    change = requested(Activity.objects.get(pk=public.pk), by, title="새 제목")
    goal = draft.initiative.goal
    return {
        "upload": keep(plan=draft.plan, changes=[], by=by).pk,
        "draft": draft.pk,
        "public": public.pk,
        "above": draft.initiative_id,
        "goal": goal.pk,
        "pillar": goal.pillar_id,
        "change": change.pk,
    }


@pytest.mark.parametrize("column", COLUMNS)
def test_every_route_for_every_role(
    client: Client, numbers: dict[str, int], department: Department, column: str
) -> None:
    given = {"reader": READER, "planner": PLANNER, "admin": ADMINISTRATOR}
    own = {"officer": EDITOR, "head": HEAD}
    if column in own:
        client.force_login(staff(own[column], department=department))
    elif column == "no role":
        client.force_login(UserFactory())
    elif column != "nobody":
        client.force_login(staff(given.get(column) or role(column)))

    expected = {url: answers[COLUMNS.index(column)] for url, answers in TABLE.items()}
    assert {url: client.get(url.format(**numbers)).status_code for url in TABLE} == expected
