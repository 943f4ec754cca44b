"""The whole tree, read in one query."""

import pytest
from django.db.models import Exists, OuterRef
from pytest_django import DjangoAssertNumQueries

from plans.tree.models import Activity, Plan
from plans.tree.queries import TO_ACTIVITY, Tree, read_tree, read_tree_at_once
from tests.factories.office import DepartmentFactory
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PillarFactory,
    PlanFactory,
)

pytestmark = pytest.mark.django_db


def uneven(plan: Plan) -> Activity:
    """Fill a plan with nodes that have nothing below and one that ended; return an activity."""
    last, first = PillarFactory(plan=plan, position=9), PillarFactory(plan=plan, position=2)
    PillarFactory(plan=plan, position=5)
    GoalFactory(pillar=last)
    goal = GoalFactory(pillar=first)
    InitiativeFactory(goal=goal, position=8, department=DepartmentFactory())
    above = InitiativeFactory(goal=goal, position=3, department=DepartmentFactory())
    ActivityFactory(initiative=above, retired_on="2021-03-01")
    ActivityFactory(initiative=InitiativeFactory())
    return ActivityFactory(initiative=above, department=DepartmentFactory(), budget=5)


def told(tree: Tree) -> list[list[dict[str, object]]]:
    """Return all that is known of a tree's nodes, but for the search text."""
    levels = (tree.pillars, tree.goals, tree.initiatives, tree.activities)
    names = {"search_text", "_state"}
    return [
        [{k: v for k, v in vars(one).items() if k not in names} for one in level]
        for level in levels
    ]


def test_the_tree_is_the_same_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = PlanFactory(year=2021)
    chosen = uneven(plan)
    marked = Exists(Activity.objects.filter(pk=chosen.pk).filter(pk=OuterRef(TO_ACTIVITY)))
    with django_assert_num_queries(1):
        tree = read_tree_at_once(plan, is_chosen=marked)
        departments = [one.department for one in [*tree.initiatives, *tree.activities]]
        above = [one.initiative.goal.pillar.plan for one in tree.activities]
    assert above == [plan, plan]
    assert len(set(departments)) == 4
    assert [one.is_chosen for one in tree.activities] == [False, True]
    for one in tree.activities:
        del one.is_chosen
    assert told(tree) == told(read_tree(plan, in_force=False))
