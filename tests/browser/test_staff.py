"""Staff's pages, at both widths."""

import pytest

from plans.tree.models import Activity
from tests.browser.conftest import WIDTHS, SitDown
from tests.factories.amendments import planners, requested
from tests.factories.tree import InitiativeFactory

PAGES = [
    "/staff/",
    "/staff/?person=&state=published",
    "/staff/guide/",
    "/staff/account/",
    "/staff/plans/",
    "/staff/plans/add/",
    "/staff/plans/handover/",
    "/staff/plans/2021/",
    "/staff/plans/2021/next/",
    "/staff/plans/2021/sheet/",
    "/staff/plans/2021/amendments/",
    "/staff/plans/2031/vision/",
    "/staff/plans/2031/publish/",
]


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_pages_are_accessible(portal_2021: str, sit_down: SitDown, width: int) -> None:
    activity = Activity.objects.get(slug="joint-patrol")
    amendment = requested(activity, planners()[0], title="새 제목")
    draft = InitiativeFactory(goal__pillar__plan__year=2031)
    node = f"/staff/plans/2021/activity/{activity.pk}/"
    planner = sit_down("demo-planner", width)

    for url in [
        *PAGES,
        *(f"{node}{page}" for page in ("", "history/", "move/", "retire/")),
        f"/staff/plans/2021/amendments/{amendment.pk}/",
        f"/staff/plans/2031/initiative/{draft.pk}/review/",
        f"/staff/plans/2031/goal/{draft.goal_id}/add/",
    ]:
        planner.open(portal_2021 + url)
