"""Nodes that an open amendment adds: edited, extended and applied."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR, PLANNER
from plans.amendments.decide import apply_amendment, return_amendment
from plans.amendments.models import Amendment, Change
from plans.amendments.propose import request_approval
from plans.tree.models import Activity, Goal, Initiative
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import ActivityFactory, publish
from tests.plans.editing.forms import address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal() -> Goal:
    """Return a goal of a published plan, below which a department has an initiative."""
    initiative = ActivityFactory(
        title="순찰", initiative__department=DepartmentFactory()
    ).initiative
    publish(initiative.plan)
    return initiative.goal


@pytest.fixture
def author(client: Client, goal: Goal) -> User:
    author = staff(EDITOR, department=goal.initiatives.get().department)
    client.force_login(author)
    return author


def addition_url(change: Change, name: str = "addition") -> str:
    return reverse(f"editing:{name}", args=[change.amendment.plan.year, change.pk])


def add_initiative(client: Client, goal: Goal) -> Change:
    url = address(goal, "node_add")
    client.post(url, typed(client, url, title="새 과제"))
    return Change.objects.get(field=Change.ADDITION)


def test_an_addition_with_a_child_is_edited_and_applied(
    client: Client, goal: Goal, author: User
) -> None:
    change = add_initiative(client, goal)
    amendment = change.amendment
    below = addition_url(change, "addition_add")
    assertContains(client.get(f"/staff/plans/{goal.plan.year}/amendments/{amendment.pk}/"), below)
    dong = Dong.objects.first()

    client.post(below, typed(client, below, title="새 활동", dongs=[dong.pk]))
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    assert client.get(addition_url(change)).status_code == 404
    planner = staff(PLANNER)
    return_amendment(amendment=amendment, note="단위를 적어 주세요.", by=planner)
    activity = Change.objects.get(level="activity")
    data = typed(client, addition_url(activity), unit="회", target="4")
    assert (data["title"], data["dongs"]) == ("새 활동", [str(dong.pk)])
    response = client.post(addition_url(activity), data)
    assert response.url == f"/staff/plans/{goal.plan.year}/amendments/{amendment.pk}/"
    data = typed(client, addition_url(change), title="더 나은 과제")
    client.post(addition_url(change), data)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    apply_amendment(amendment=Amendment.objects.get(), by=planner)

    added = Activity.objects.get(title="새 활동")
    assert (added.unit, added.target, list(added.dongs.all())) == ("회", 4, [dong])
    assert added.initiative.title == "더 나은 과제"
    assert added.initiative.department == author.department


def test_bad_input_gets_its_sentence_and_the_note_stays(
    client: Client, goal: Goal, author: User
) -> None:
    change = add_initiative(client, goal)
    url = addition_url(change)
    there = Initiative.objects.get().title

    same = client.post(url, typed(client, url, title=there))
    foreign = client.post(url, typed(client, url, department=DepartmentFactory().pk))

    assertContains(same, "같은 제목의 항목이 있습니다")
    assertContains(foreign, "담당부서는 소속 부서로")
    change.refresh_from_db()
    assert change.title == "새 과제"


def test_nothing_can_be_added_below_an_activity(client: Client, goal: Goal, author: User) -> None:
    initiative = goal.initiatives.get()
    url = address(initiative, "node_add")
    client.post(url, typed(client, url, title="새 활동"))

    assert client.get(addition_url(Change.objects.get(), "addition_add")).status_code == 404


def test_an_addition_is_visible_only_to_its_author(
    client: Client, goal: Goal, author: User
) -> None:
    change = add_initiative(client, goal)
    client.force_login(staff(PLANNER))

    for name in ("addition", "addition_add"):
        assert client.get(addition_url(change, name)).status_code == 404
        assert client.post(addition_url(change, name), {"title": "몰래"}).status_code == 404
    assert Change.objects.get().title == "새 과제"
