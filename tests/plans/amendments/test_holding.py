"""Database checks of a published plan's nodes: moved rows, changed keys, equal keys."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from gwonseon.office.models import Dong
from plans.amendments.additions import content_of
from plans.amendments.decide import apply_amendment
from plans.amendments.propose import open_amendment, propose_addition, request_approval
from plans.tree.models import (
    Activity,
    ActivityDong,
    ActivitySupporter,
    Goal,
    Initiative,
    Node,
    Pillar,
    Plan,
)
from tests.factories.amendments import amend, planners
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish

pytestmark = pytest.mark.django_db

# A key that no sequence reaches, so that rows of different tables can share it.
KEY = 9_000_000_000
ABOVE = {Pillar: "plan", Goal: "pillar", Initiative: "goal", Activity: "initiative"}


def refused(constraint: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert error.value.__cause__.diag.constraint_name == constraint


def above(activity: Activity, level: type[Node]) -> Node:
    """Return the activity's ancestor of a level, or the activity itself."""
    node: Node = Activity.objects.get(pk=activity.pk)
    while not isinstance(node, level):
        node = getattr(node, ABOVE[type(node)])
    return node


@pytest.mark.parametrize("level", ABOVE)
def test_no_draft_node_is_moved_into_a_published_plan(level: type[Node]) -> None:
    published, draft = ActivityFactory(), ActivityFactory()
    publish(published.plan)
    there = {"plan": published.plan, ABOVE[level]: getattr(above(published, level), ABOVE[level])}

    refused(
        "published_plan_is_amended",
        lambda: level.objects.filter(pk=above(draft, level).pk).update(**there),
    )


@pytest.mark.parametrize("level", [Plan, *ABOVE, ActivityDong, ActivitySupporter])
def test_keys_of_checked_rows_cannot_change(level: type) -> None:
    activity = ActivityFactory()
    activity.dongs.add(Dong.objects.first())
    activity.supporters.create(name="예시 부서")

    refused("row_keeps_its_key", lambda: level.objects.update(id=F("id") + KEY))


def test_nodes_with_equal_keys_on_other_levels_are_not_confused() -> None:
    """Promises are compared by level: nodes below initiative N are not below goal N."""
    activity = ActivityFactory(
        pk=KEY, initiative__pk=KEY, initiative__goal__pk=KEY, initiative__goal__pillar__pk=KEY
    )
    elsewhere = InitiativeFactory(goal=activity.initiative.goal)
    draft = ActivityFactory(initiative__pk=KEY + 1)
    ActivityFactory(pk=KEY + 1, initiative=elsewhere)
    publish(activity.plan)

    Activity.objects.filter(pk=draft.pk).update(title="작성중인 계획은 바뀜")
    Initiative.objects.filter(pk=KEY + 1).update(weight=2)
    for level in ABOVE:
        refused("published_plan_is_amended", lambda level=level: level.objects.update(weight=3))
    amend(activity, title="바꾼 제목")
    amend(activity, parent=elsewhere)
    author, approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose_addition(
        amendment=amendment,
        level="activity",
        parent=activity.initiative.lineage,
        content=content_of("activity", {"title": "새 활동"}),
        by=author,
    )
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    apply_amendment(amendment=amendment, by=approver)

    assert Activity.objects.get(title="새 활동").initiative == elsewhere
