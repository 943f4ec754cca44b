import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.roles import EDITOR, PLANNER
from plans.amendments.models import Amendment, Change
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PillarFactory,
    PlanFactory,
    publish,
)
from tests.plans.editing.forms import address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(staff(PLANNER))
    return client


def tree(plan: Plan) -> str:
    return reverse("editing:tree", args=[plan.year])


def shift(client: Client, node: Activity, direction: str) -> None:
    url = reverse("editing:node_shift", args=[node.plan.year])
    name = node._meta.model_name
    response = client.post(url, {"shift": f"{direction}:{name}:{node.pk}"})
    assert response.url == f"{tree(node.plan)}#{name}-{node.pk}"


def test_siblings_change_places(planner: Client) -> None:
    initiative = InitiativeFactory()
    first, second, third = ActivityFactory.create_batch(3, initiative=initiative)

    shift(planner, third, "up")
    shift(planner, first, "down")
    shift(planner, third, "up")

    order = list(initiative.activities.order_by("position"))
    assert order == [third, first, second]
    shift(planner, third, "up")
    assert list(initiative.activities.order_by("position")) == order


def test_the_order_of_a_published_plan_changes_at_once(planner: Client) -> None:
    initiative = InitiativeFactory()
    first, second = ActivityFactory.create_batch(2, initiative=initiative)
    publish(initiative.plan)

    shift(planner, second, "up")

    assert list(initiative.activities.order_by("position")) == [second, first]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "up",
        "up:activity",
        "up:nothing:1",
        "sideways:activity:1",
        "up:activity:x",
        f"up:activity:{'9' * 5000}",
    ],
)
def test_an_invalid_shift_is_not_found(planner: Client, value: str) -> None:
    plan = ActivityFactory().plan
    url = reverse("editing:node_shift", args=[plan.year])
    assert planner.post(url, {"shift": value}).status_code == 404


def test_a_node_of_another_plan_is_not_found(planner: Client) -> None:
    mine, other = ActivityFactory(), ActivityFactory()
    url = reverse("editing:node", args=[mine.plan.year, "activity", other.pk])
    assert planner.get(url).status_code == 404
    assert planner.post(url, {}).status_code == 404


def test_a_node_moves_below_another_parent(planner: Client) -> None:
    activity = ActivityFactory()
    target = InitiativeFactory(goal=activity.initiative.goal)
    ActivityFactory(initiative=target, title="먼저")
    url = address(activity, "node_move")

    planner.post(url, typed(planner, url, parent=target.pk))

    activity.refresh_from_db()
    assert activity.initiative == target
    assert list(target.activities.order_by("position"))[-1] == activity


def test_a_node_cannot_move_to_another_plan(planner: Client) -> None:
    activity, stranger = ActivityFactory(), InitiativeFactory()
    url = address(activity, "node_move")

    response = planner.post(url, typed(planner, url, parent=stranger.pk))

    assert response.status_code == 200
    assert "올바르게 선택" in str(response.context["form"].errors)


def test_a_node_ends_with_all_below_and_is_restored(planner: Client) -> None:
    activity = ActivityFactory()
    goal = activity.initiative.goal
    url = address(goal, "node_retire")
    assert activity.title in planner.get(url).content.decode()

    planner.post(url, {"version": 1})

    assert not Activity.objects.in_force().exists()
    assert not Initiative.objects.in_force().exists()
    page = planner.get(tree(goal.plan)).content.decode()
    assert activity.title not in page
    assert activity.title in planner.get(f"{tree(goal.plan)}?ended").content.decode()

    planner.post(address(goal, "node_restore"), {"version": 2})
    assert Activity.objects.in_force().count() == 1


def test_a_node_above_another_departments_nodes_cannot_end(client: Client) -> None:
    officer = staff(EDITOR, department=DepartmentFactory())
    initiative = InitiativeFactory(department=officer.department)
    own = ActivityFactory(initiative=initiative)
    others = ActivityFactory(initiative=initiative, department=DepartmentFactory(), title="남의 것")
    client.force_login(officer)

    page = client.post(address(initiative, "node_retire"), {"version": 1}, follow=True)

    assert "다른 부서가 맡은 「남의 것」" in page.content.decode()
    assert Activity.objects.in_force().count() == 2
    others.delete()
    client.post(address(initiative, "node_retire"), {"version": 1})
    own.refresh_from_db()
    assert own.retired_on


@pytest.mark.parametrize("level", range(3), ids=["pillar", "goal", "initiative"])
def test_no_node_is_restored_below_an_ended_one(planner: Client, level: int) -> None:
    activity = ActivityFactory()
    above = activity.initiative
    nodes = (above.goal.pillar, above.goal, above, activity)
    parent, child = nodes[level : level + 2]
    planner.post(address(parent, "node_retire"), {"version": 1})

    page = planner.post(address(child, "node_restore"), {"version": 2}, follow=True)

    assert "윗단계를 먼저 되살리세요" in page.content.decode()
    child.refresh_from_db()
    assert child.retired_on


def test_a_node_in_force_cannot_be_restored(planner: Client) -> None:
    activity = ActivityFactory()

    page = planner.post(address(activity, "node_restore"), {"version": 1}, follow=True)

    assert "끝나지 않은 항목입니다" in page.content.decode()
    assert Activity.objects.get().version == 1


def test_an_outdated_form_does_not_end_a_changed_node(planner: Client) -> None:
    activity = ActivityFactory()
    Activity.objects.update(version=5)

    for version in ("1", "", "x"):
        planner.post(address(activity, "node_retire"), {"version": version})

    assert Activity.objects.in_force().exists()


def test_ending_and_moving_a_published_node_need_amendments(planner: Client) -> None:
    activity = ActivityFactory()
    target = InitiativeFactory(goal=activity.initiative.goal)
    publish(activity.plan)

    planner.post(address(activity, "node_retire"), {"version": 1})
    url = address(activity, "node_move")
    planner.post(url, typed(planner, url, parent=target.pk))

    fields = set(Amendment.objects.get().changes.values_list("field", flat=True))
    assert fields == {Change.RETIREMENT, Change.PARENT}
    activity.refresh_from_db()
    assert activity.retired_on is None


def test_publishing_shows_what_is_missing_and_asks_for_confirmation(planner: Client) -> None:
    activity = ActivityFactory(title="빈 활동")
    url = reverse("editing:publish", args=[activity.plan.year])

    page = planner.get(url).content.decode()
    for sentence in ("담당부서가 없습니다", "담당자가 없습니다", "목표가 없습니다"):
        assert sentence in page
    assert "비어 있는 곳을 확인했다면" in planner.post(url, {}).content.decode()
    assert not Plan.objects.get(pk=activity.plan_id).is_published

    planner.post(url, typed(planner, url, confirmed="on"))
    plan = Plan.objects.get(pk=activity.plan_id)
    assert plan.is_published
    assert plan.published_by


def test_an_empty_plan_is_not_published(planner: Client) -> None:
    plan = PlanFactory()
    url = reverse("editing:publish", args=[plan.year])

    page = planner.post(url, typed(planner, url, confirmed="on")).content.decode()

    assert "먼저 활동을 추가하세요" in page
    assert not Plan.objects.get().is_published


def test_only_permitted_users_can_publish(client: Client) -> None:
    plan = ActivityFactory().plan
    client.force_login(staff(EDITOR))
    assert (
        client.post(reverse("editing:publish", args=[plan.year]), {"confirmed": "on"}).status_code
        == 403
    )


@pytest.mark.parametrize("size", [1, 3])
def test_the_tree_costs_the_same_for_any_size(
    planner: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    plan = PlanFactory()
    for _ in range(size):
        goal = GoalFactory(pillar=PillarFactory(plan=plan))
        for _ in range(size):
            ActivityFactory.create_batch(size, initiative=InitiativeFactory(goal=goal))

    with django_assert_num_queries(10):
        planner.get(tree(plan))
