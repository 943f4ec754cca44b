"""Two people change the same node at the same moment, on real connections."""

from datetime import date

import pytest

from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from plans.editing.nodes.actions import (
    OutdatedNodeError,
    move_node,
    restore_node,
    retire_node,
    save_node,
    shift_node,
)
from plans.tree.models import Activity
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, InitiativeFactory
from tests.plans.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def test_only_one_of_two_simultaneous_saves_is_accepted() -> None:
    activity = ActivityFactory(title="순찰")
    by = staff(PLANNER), staff(PLANNER)
    for number in range(ROUNDS):
        version = Activity.objects.get().version
        results = together(
            *(
                lambda title=f"{number}{letter}", user=user, version=version: save_node(
                    node=activity, values={"title": title}, version=version, by=user
                )
                for letter, user in zip("가나", by, strict=True)
            )
        )
        assert [type(one) for one in results].count(OutdatedNodeError) == 1
        activity.refresh_from_db()
        assert activity.version == version + 1
        assert activity.title.startswith(str(number))


def test_a_save_and_an_end_at_once_leave_one_version_each() -> None:
    by = staff(PLANNER), staff(PLANNER)
    for _round in range(ROUNDS):
        activity = ActivityFactory()
        results = together(
            lambda activity=activity: save_node(
                node=activity, values={"title": "고침"}, version=1, by=by[0]
            ),
            lambda activity=activity: retire_node(node=activity, version=1, by=by[1]),
        )
        assert [isinstance(one, RefusedError) for one in results].count(True) == 1
        activity.refresh_from_db()
        assert (activity.title == "고침") != bool(activity.retired_on)


def test_the_second_of_two_restores_is_refused() -> None:
    by = staff(PLANNER), staff(PLANNER)
    for _round in range(ROUNDS):
        activity = ActivityFactory(retired_on=date(2029, 3, 1))
        results = together(
            *(lambda one=activity, by=user: restore_node(node=one, version=1, by=by) for user in by)
        )
        assert [type(one) for one in results].count(OutdatedNodeError) == 1
        activity.refresh_from_db()
        assert (activity.retired_on, activity.version) == (None, 2)


def test_no_node_is_restored_below_one_that_ends_at_once() -> None:
    by = staff(PLANNER), staff(PLANNER)
    for _round in range(ROUNDS):
        activity = ActivityFactory(retired_on=date(2029, 3, 1))
        above = activity.initiative
        together(
            lambda one=activity: restore_node(node=one, version=1, by=by[0]),
            lambda one=above: retire_node(node=one, version=1, by=by[1]),
        )
        above.refresh_from_db()
        activity.refresh_from_db()
        assert above.retired_on
        assert activity.retired_on


def test_simultaneous_shifts_keep_positions_unique() -> None:
    initiative = InitiativeFactory()
    nodes = ActivityFactory.create_batch(4, initiative=initiative)
    by = staff(PLANNER)
    for _round in range(ROUNDS):
        together(
            *(lambda node=node: shift_node(node=node, up=True, by=by) for node in nodes[2:]),
            *(lambda node=node: shift_node(node=node, up=False, by=by) for node in nodes[:2]),
        )
    # The final order depends on who was first, but no position is lost or used twice.
    order = list(initiative.activities.order_by("position"))
    assert sorted(node.pk for node in order) == [node.pk for node in nodes]
    assert [node.position for node in order] == sorted({node.position for node in nodes})


def test_two_simultaneous_moves_get_different_positions() -> None:
    target = InitiativeFactory()
    by = staff(PLANNER)
    for _round in range(ROUNDS):
        nodes = [ActivityFactory(initiative=InitiativeFactory(goal=target.goal)) for _ in range(2)]
        results = together(
            *(
                lambda node=node: move_node(node=node, parent=target, version=1, by=by)
                for node in nodes
            )
        )
        assert not any(isinstance(one, RefusedError) for one in results)
    places = list(target.activities.values_list("position", flat=True))
    assert len(set(places)) == 2 * ROUNDS
