"""What the actions of the tree refuse, and what they leave alone, whoever calls them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR, PLANNER, READER, roles
from gwonseon.refusals import RefusedError
from plans.editing.beginning.actions import begin_plan, save_vision
from plans.editing.nodes import actions
from plans.tree.models import Activity, Plan
from plans.tree.writing import publish_plan
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import (
    ActivityFactory,
    InitiativeFactory,
    PillarFactory,
    PlanFactory,
    publish,
)
from tests.transactions import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def owned(activity: Activity) -> Activity:
    """The activity, with an owner."""
    activity.department = DepartmentFactory()
    activity.save()
    return activity


def ended(initiative: object) -> Activity:
    return ActivityFactory(initiative=initiative, retired_on=dt.date(2029, 5, 1))


def test_only_who_may_edit_an_item_writes_ends_and_restores_it(owned: Activity) -> None:
    over = ended(owned.initiative)
    values = {"title": "합동 순찰"}
    child = {"plan": owned.plan, "level": "activity", "parent": owned.initiative}
    writes: list[Callable[[User], object]] = [
        lambda by: actions.save_node(node=owned, values=values, version=1, by=by),
        lambda by: actions.add_node(**child, values={"title": "새 활동"}, by=by),
        lambda by: actions.retire_node(node=owned, version=1, by=by),
        lambda by: actions.restore_node(node=over, version=1, by=by),
    ]

    for write in writes:
        for other in (staff(EDITOR, department=DepartmentFactory()), staff(READER)):
            with pytest.raises(RefusedError, match="권한이 없습니다"), undone():
                write(other)
        with undone():
            write(staff(PLANNER))


def test_only_who_leads_arranges(owned: Activity) -> None:
    place = InitiativeFactory(goal=owned.initiative.goal)
    ActivityFactory(initiative=owned.initiative)
    writes: list[Callable[[User], object]] = [
        lambda by: actions.shift_node(node=owned, up=False, by=by),
        lambda by: actions.move_node(node=owned, parent=place, version=1, by=by),
    ]

    for write in writes:
        with pytest.raises(RefusedError, match="권한이 없습니다"), undone():
            write(staff(EDITOR, department=owned.department))
        with undone():
            assert write(staff(PLANNER))


def test_what_shifts_passes_its_own_siblings_alone(activity: Activity) -> None:
    beside = InitiativeFactory(goal=activity.initiative.goal)
    cousin = ActivityFactory(initiative=beside, position=activity.position + 1)

    for up in (True, False):
        assert not actions.shift_node(node=cousin, up=up, by=staff(PLANNER))
        assert not actions.shift_node(node=activity, up=up, by=staff(PLANNER))


def test_a_new_item_comes_behind_its_siblings_those_that_ended_too(activity: Activity) -> None:
    over = ended(activity.initiative)
    facts = {"plan": activity.plan, "level": "activity", "parent": activity.initiative}

    added = actions.add_node(**facts, values={"title": "새 활동"}, by=staff(PLANNER)).node

    assert added.position == over.position + 1


def test_a_published_plan_takes_no_addition_of_a_siblings_title(activity: Activity) -> None:
    elsewhere = ActivityFactory(
        initiative=InitiativeFactory(goal=activity.initiative.goal), title="점검"
    )
    publish(activity.plan)
    facts = {"plan": activity.plan, "level": "activity", "parent": activity.initiative}

    with pytest.raises(RefusedError, match="같은"), undone():
        actions.add_node(**facts, values={"title": activity.title}, by=staff(PLANNER))
    added = actions.add_node(**facts, values={"title": elsewhere.title}, by=staff(PLANNER))
    assert added.amendment.changes.get().title == "점검"


def test_links_count_as_a_change_and_only_where_they_differ(activity: Activity) -> None:
    planner, helpers = staff(PLANNER), [DepartmentFactory(), DepartmentFactory()]

    first = actions.save_node(node=activity, values={"supporters": helpers}, version=1, by=planner)
    again = actions.save_node(node=activity, values={"supporters": helpers}, version=2, by=planner)
    fewer = actions.save_node(
        node=activity, values={"supporters": helpers[:1]}, version=2, by=planner
    )

    assert (first.changed, again.changed, fewer.changed) == (["supporters"], [], ["supporters"])
    assert list(activity.supporters.all()) == helpers[:1]
    activity.refresh_from_db()
    assert activity.version == 3


def test_a_target_that_is_taken_away_was_set_by_nobody(activity: Activity) -> None:
    planner = staff(PLANNER)
    values = {"target": Decimal(3), "unit": "회", "counted": "예시"}
    actions.save_node(node=activity, values=values, version=1, by=planner)
    activity.refresh_from_db()
    assert (activity.target_origin, activity.target_set_by) == ("staff", planner)
    assert activity.target_set_on

    actions.save_node(node=activity, values={"target": None}, version=2, by=planner)

    activity.refresh_from_db()
    assert (activity.target_origin, activity.target_set_by, activity.target_set_on) == (
        "",
        None,
        None,
    )


def test_an_end_leaves_what_is_not_below_it(activity: Activity) -> None:
    beside = ActivityFactory(initiative__goal=activity.initiative.goal)
    elsewhere = ActivityFactory()
    planner = staff(PLANNER)

    actions.retire_node(node=activity.initiative, version=1, by=planner)
    in_force = Activity.objects.in_force().order_by("pk")
    assert list(in_force) == [beside, elsewhere]

    actions.retire_node(node=beside.initiative, version=1, by=planner)
    activity.initiative.refresh_from_db()
    actions.restore_node(node=activity.initiative, version=2, by=planner)
    assert list(in_force.all()) == [activity, elsewhere]


def test_an_end_that_residents_know_is_not_taken_back(activity: Activity) -> None:
    over = ended(activity.initiative)
    publish(activity.plan)

    with pytest.raises(RefusedError, match="공개된 계획에서 끝난"):
        actions.restore_node(node=over, version=1, by=staff(PLANNER))


def test_nothing_is_added_below_what_ended(activity: Activity) -> None:
    planner = staff(PLANNER)
    actions.retire_node(node=activity.initiative, version=1, by=planner)
    facts = {"plan": activity.plan, "level": "activity", "parent": activity.initiative}

    with pytest.raises(RefusedError, match="끝난 항목 아래"):
        actions.add_node(**facts, values={"title": "새 활동"}, by=planner)


def test_pillars_pass_those_of_their_own_plan_alone(activity: Activity) -> None:
    pillar = activity.initiative.goal.pillar
    PillarFactory(position=pillar.position + 1)

    assert not actions.shift_node(node=pillar, up=False, by=staff(PLANNER))


def test_links_of_others_stay(activity: Activity) -> None:
    helper, beside = DepartmentFactory(), ActivityFactory(initiative=activity.initiative)
    for one in (activity, beside):
        one.supporters.add(helper)

    actions.save_node(node=activity, values={"supporters": []}, version=1, by=staff(PLANNER))

    assert list(activity.supporters.all()) == []
    assert list(beside.supporters.all()) == [helper]


def test_what_others_link_is_no_link_of_ones_own(activity: Activity) -> None:
    helper, beside = DepartmentFactory(), ActivityFactory(initiative=activity.initiative)
    beside.supporters.add(helper)

    saved = actions.save_node(
        node=activity, values={"supporters": [helper]}, version=1, by=staff(PLANNER)
    )

    assert saved.changed == ["supporters"]
    assert list(activity.supporters.all()) == [helper]


def test_a_promise_opens_an_amendment_where_it_changes_alone(activity: Activity) -> None:
    publish(activity.plan)
    facts = {"node": activity, "version": 1, "by": staff(PLANNER)}

    same = actions.save_node(**facts, values={"title": activity.title})
    assert (same.amendment, same.changed) == (None, [])
    other = actions.save_node(**facts, values={"title": "합동 순찰"})
    assert other.amendment.changes.get().after == "합동 순찰"


def test_what_shifts_changes_places_with_its_neighbour(activity: Activity) -> None:
    initiative, planner = activity.initiative, staff(PLANNER)
    second, third, _last = [ActivityFactory(initiative=initiative) for _ in range(3)]

    assert actions.shift_node(node=second, up=False, by=planner)
    rows = Activity.objects.order_by("position")
    assert list(rows)[:3] == [activity, third, second]
    assert actions.shift_node(node=second, up=True, by=planner)
    assert list(rows.all())[:3] == [activity, second, third]


def test_nothing_moves_to_another_plan_or_to_another_level(activity: Activity) -> None:
    for parent in (InitiativeFactory(), activity.initiative.goal, activity):
        with pytest.raises(RefusedError, match="그 자리로는"), undone():
            actions.move_node(node=activity, parent=parent, version=1, by=staff(PLANNER))


def test_a_write_says_when_it_was(activity: Activity) -> None:
    before = activity.updated_at
    values = {"title": "합동 순찰"}

    actions.save_node(node=activity, values=values, version=1, by=staff(PLANNER))

    activity.refresh_from_db()
    assert activity.updated_at > before


def test_another_years_plan_may_have_the_title(activity: Activity) -> None:
    publish(activity.plan)
    taken = PillarFactory(title="예시 다른 해의 축").title
    facts = {"plan": activity.plan, "level": "pillar", "parent": None}

    assert actions.add_node(**facts, values={"title": taken}, by=staff(PLANNER)).amendment


def test_what_has_ended_does_not_end_again(activity: Activity) -> None:
    over = ended(activity.initiative)

    with pytest.raises(RefusedError, match="이미 끝난"):
        actions.retire_node(node=over, version=1, by=staff(PLANNER))


def test_a_new_activity_brings_its_links(activity: Activity) -> None:
    helper, dong = DepartmentFactory(), Dong.objects.first()
    values = {"title": "새 활동", "supporters": [helper], "dongs": [dong]}
    facts = {"plan": activity.plan, "level": "activity", "parent": activity.initiative}

    added = actions.add_node(**facts, values=values, by=staff(PLANNER)).node

    assert (list(added.supporters.all()), list(added.dongs.all())) == ([helper], [dong])


def test_publishing_says_who_and_when_and_once(activity: Activity) -> None:
    first, second = staff(PLANNER), staff(PLANNER)
    plan, before = activity.plan, activity.plan.updated_at

    for by in (first, second):
        publish_plan(plan=plan, by=by)

    plan.refresh_from_db()
    assert (plan.is_published, plan.published_by) == (True, first)
    assert plan.published_at > before
    assert plan.updated_at > before


def test_a_plan_without_activities_is_not_published_beside_a_full_one(activity: Activity) -> None:
    empty = PlanFactory()

    with pytest.raises(RefusedError, match="활동이 하나도 없는"):
        publish_plan(plan=empty, by=staff(PLANNER))


def test_what_another_department_has_below_comes_back_by_who_leads_alone(owned: Activity) -> None:
    initiative = owned.initiative
    initiative.department = DepartmentFactory()
    initiative.save()
    actions.retire_node(node=initiative, version=1, by=staff(PLANNER))
    back = {"node": initiative, "version": 2}

    with pytest.raises(RefusedError, match="다른 부서가 맡은"), undone():
        actions.restore_node(**back, by=staff(EDITOR, department=initiative.department))
    assert actions.restore_node(**back, by=staff(PLANNER)).changed == ["retired_on"]


def test_a_lead_moves_nothing_out_of_the_own_pillar_and_nothing_in() -> None:
    plan = PlanFactory()
    ours, theirs = (
        ActivityFactory(initiative__goal__pillar__plan=plan, initiative__goal__pillar__code=code)
        for code in ("safety", "welfare")
    )
    own = InitiativeFactory(goal=ours.initiative.goal)
    lead = staff(next(role for role in roles if role.code == "safety"))

    for node, parent in ((ours, theirs.initiative), (theirs, ours.initiative)):
        with pytest.raises(RefusedError, match="옮길 권한이"), undone():
            actions.move_node(node=node, parent=parent, version=1, by=lead)
    moved = actions.move_node(node=ours, parent=own, version=1, by=lead)
    assert moved.changed == ["initiative"]


def test_only_who_writes_the_whole_plan_begins_one_and_words_its_vision(
    activity: Activity,
) -> None:
    vision = {"plan": activity.plan, "seen": activity.plan.vision, "vision": "새 비전"}
    for other in (staff(EDITOR, department=DepartmentFactory()), staff(READER)):
        with pytest.raises(PermissionDenied):
            begin_plan(year=2032, vision="", by=other)
        with pytest.raises(PermissionDenied):
            save_vision(**vision, by=other)
    before = activity.plan.updated_at
    save_vision(**vision, by=staff(PLANNER))
    assert Plan.objects.get().updated_at > before

    publish(Plan.objects.get())
    with pytest.raises(RefusedError, match="공개된 계획의 비전은"):
        save_vision(**vision, by=staff(PLANNER))
    assert Plan.objects.get().vision == "새 비전"
