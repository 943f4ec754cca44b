"""Rules for who may read and write nodes of the tree, one by one."""

import pytest
from django.contrib.auth.models import Permission
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from plans.tree import access
from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, GoalFactory, InitiativeFactory, PillarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    """Return an activity of one department, below an initiative of another."""
    return ActivityFactory(
        department=DepartmentFactory(),
        initiative__department=DepartmentFactory(),
        initiative__goal__pillar__code="safety",
    )


def of(department: object, *roles: object) -> User:
    return staff(*roles, department=department)


def permitted(*codenames: str) -> User:
    """Return a user with permissions of the safety pillar."""
    user = UserFactory()
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="safety", codename__in=codenames)
    )
    return user


def test_an_activity_belongs_to_its_department_or_its_initiatives(activity: Activity) -> None:
    initiative = activity.initiative
    heir = ActivityFactory(initiative=initiative)

    assert access.owner_of(activity) == activity.department_id
    assert access.owner_of(heir) == access.owner_of(initiative) == initiative.department_id
    assert access.owner_of(initiative.goal) is None


def test_the_query_for_owned_activities_agrees_with_the_rule(activity: Activity) -> None:
    ActivityFactory(initiative=activity.initiative)
    ActivityFactory()
    activities = list(Activity.objects.select_related("initiative"))

    for department in {None, activity.department_id, activity.initiative.department_id}:
        owned = {
            one
            for one in activities
            if access.owns(User(department_id=department), access.owner_of(one))
        }
        assert set(Activity.objects.filter(access.owned_by(department))) == owned


def test_nobody_owns_an_activity_without_department() -> None:
    node = ActivityFactory()

    assert not access.owns(staff(EDITOR), access.owner_of(node))
    assert not access.may_edit(staff(EDITOR), node)
    assert not access.may_approve(staff(HEAD), node)


def test_a_department_edits_only_its_own_items(activity: Activity) -> None:
    assert access.may_edit(of(activity.department, EDITOR), activity)
    for other in (
        of(activity.initiative.department, EDITOR),
        of(activity.department, READER),
        of(activity.department),
    ):
        assert not access.may_edit(other, activity)


def test_only_its_head_approves_for_a_department(activity: Activity) -> None:
    assert access.may_approve(of(activity.department, HEAD), activity)
    for other in (
        of(activity.department, EDITOR),
        of(activity.department, READER),
        of(activity.initiative.department, HEAD),
    ):
        assert not access.may_approve(other, activity)


def test_a_department_cannot_reorder_or_move_nodes(activity: Activity) -> None:
    assert access.may_arrange(staff(PLANNER), activity)
    assert not access.may_arrange(of(activity.department, EDITOR, HEAD), activity)


def test_a_department_adds_initiatives_anywhere_and_activities_to_its_own(
    activity: Activity,
) -> None:
    initiative, goal = activity.initiative, activity.initiative.goal
    owner, other = of(initiative.department, EDITOR), of(activity.department, EDITOR)

    assert access.may_add(owner, "activity", initiative)
    assert not access.may_add(other, "activity", initiative)
    assert access.may_add(owner, "initiative", goal)
    assert access.may_add(other, "initiative", goal)
    for nobody in (staff(EDITOR), of(initiative.department, READER), of(initiative.department)):
        assert not access.may_add(nobody, "initiative", goal)
        assert not access.may_add(nobody, "activity", initiative)
    assert not access.may_add(owner, "goal", goal.pillar)


def test_only_users_who_edit_the_whole_plan_add_pillars() -> None:
    assert access.may_add(staff(PLANNER), "pillar", None)
    assert not access.may_add(staff(EDITOR, department=DepartmentFactory()), "pillar", None)


def test_a_pillars_lead_needs_the_permission_for_each_level(activity: Activity) -> None:
    initiative = activity.initiative
    changes, adds = permitted("change_activity"), permitted("add_activity")

    assert access.may_edit(changes, activity)
    assert not access.may_edit(changes, initiative)
    assert not access.may_add(changes, "activity", initiative)
    assert access.may_add(adds, "activity", initiative)
    assert not access.may_add(adds, "initiative", initiative.goal)
    assert not access.may_edit(adds, activity)


def test_a_pillars_lead_edits_only_below_that_pillar(activity: Activity) -> None:
    lead = permitted("change_activity", "change_pillar")

    assert not access.may_edit(lead, ActivityFactory(initiative__goal__pillar__code="welfare"))
    assert not access.may_edit(lead, ActivityFactory())
    assert not access.may_edit(lead, activity.initiative.goal.pillar)


def test_a_draft_is_found_only_by_users_who_read_drafts(activity: Activity) -> None:
    year = activity.plan.year

    assert access.plan_for(staff(READER), year) == activity.plan
    assert activity.plan not in access.plans_for(UserFactory())
    with pytest.raises(Http404):
        access.plan_for(UserFactory(), year)
    with pytest.raises(Http404):
        access.node_for(UserFactory(), year, "activity", activity.pk)


@pytest.mark.parametrize(
    ("level", "make"),
    [
        ("pillar", PillarFactory),
        ("goal", GoalFactory),
        ("initiative", InitiativeFactory),
        ("activity", ActivityFactory),
    ],
)
def test_a_node_is_found_in_its_own_year_and_level(
    activity: Activity, level: str, make: type
) -> None:
    reader, year = staff(READER), activity.plan.year
    node = make()

    assert access.node_for(reader, node.plan.year, level, node.pk) == node
    for wrong in ((year, level), (node.plan.year, "record"), (2099, level)):
        with pytest.raises(Http404):
            access.node_for(reader, *wrong, node.pk)


@pytest.mark.parametrize("level", ["pillar", "goal", "initiative", "activity"])
def test_a_node_is_read_in_two_queries_with_all_that_is_above_it(
    activity: Activity, level: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    initiative = activity.initiative
    for owned in (activity, initiative):
        owned.department, owned.person = DepartmentFactory(), UserFactory()
        owned.save()
    nodes = {"activity": activity, "initiative": initiative, "goal": initiative.goal}
    key = nodes.get(level, initiative.goal.pillar).pk
    reader = staff(READER)
    assert reader.has_perm("plans.view_draft")

    with django_assert_num_queries(2):
        node = access.node_for(reader, activity.plan.year, level, key)
        assert access.pillar_of(node).code == "safety"
        assert node.plan.district.name
        if level in {"initiative", "activity"}:
            assert (node.department.name, node.person.name) != ("", "")
