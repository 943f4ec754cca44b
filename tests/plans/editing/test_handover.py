import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from gwonseon.refusals import RefusedError
from plans.editing.handover.actions import (
    hand_over,
    handover_stamp,
    items_in_charge,
    items_without_a_person,
)
from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db

URL = "/staff/plans/handover/"


def page(client: Client, giver: User, taker: User) -> str:
    return client.get(URL, {"giver": giver.pk, "taker": taker.pk}).content.decode()


def test_all_items_of_a_person_move_in_one_action(client: Client) -> None:
    giver, taker = UserFactory(), UserFactory()
    activity = ActivityFactory(person=giver, title="순찰", initiative__person=giver)
    kept = ActivityFactory(person=taker)
    publish(activity.plan)
    client.force_login(staff(PLANNER))
    assert "순찰" in page(client, giver, taker)
    seen = client.get(URL, {"giver": giver.pk, "taker": taker.pk}).context["seen"]

    client.post(f"{URL}do/", {"giver": giver.pk, "taker": taker.pk, "seen": seen})

    activity.refresh_from_db()
    assert activity.person == activity.initiative.person == taker
    assert (activity.version, kept.version) == (2, 1)
    assert activity.events.count() == 2


def test_an_outdated_preview_moves_nothing(client: Client) -> None:
    giver, taker = UserFactory(), UserFactory()
    activity = ActivityFactory(person=giver)
    by = staff(PLANNER)
    seen = handover_stamp(items_in_charge(by, giver))
    ActivityFactory(person=giver)

    with pytest.raises(RefusedError, match="다시 보고"):
        hand_over(giver=giver, taker=taker, seen=seen, by=by)

    activity.refresh_from_db()
    assert activity.person == giver


def test_nobody_takes_items_after_leaving(client: Client) -> None:
    giver, taker = UserFactory(), UserFactory(closed=True)
    ActivityFactory(person=giver)
    client.force_login(staff(PLANNER))

    assert "올바르게 선택" in page(client, giver, taker)
    with pytest.raises(RefusedError, match="닫혀"):
        hand_over(giver=giver, taker=taker, seen="", by=staff(PLANNER))


def test_a_person_cannot_hand_over_to_themselves(client: Client) -> None:
    giver = UserFactory()
    ActivityFactory(person=giver)
    client.force_login(staff(PLANNER))
    assert "다른 사람을 골라 주세요" in page(client, giver, giver)


def test_a_head_hands_over_only_in_their_department(client: Client) -> None:
    own = DepartmentFactory()
    giver, taker = UserFactory(), UserFactory()
    mine = ActivityFactory(person=giver, department=own)
    inherited = ActivityFactory(person=giver, initiative__department=own)
    theirs = ActivityFactory(person=giver, department=DepartmentFactory())
    head = staff(HEAD, department=own)

    seen = handover_stamp(items_in_charge(head, giver))
    assert hand_over(giver=giver, taker=taker, seen=seen, by=head) == 2

    people = dict(Activity.objects.values_list("pk", "person"))
    assert people == {mine.pk: taker.pk, inherited.pk: taker.pk, theirs.pk: giver.pk}


def test_items_without_a_person_and_of_former_staff_are_listed(client: Client) -> None:
    ActivityFactory(title="아무도 없음", initiative__person=UserFactory())
    ActivityFactory(title="떠난 사람", person=UserFactory(closed=True))
    ActivityFactory(title="맡은 사람", person=UserFactory())
    client.force_login(staff(PLANNER))

    found = client.get(URL).content.decode()

    assert "아무도 없음" in found
    assert "떠난 사람" in found
    assert "맡은 사람" not in found


@pytest.mark.parametrize("url", [URL, f"{URL}do/"])
def test_other_roles_cannot_hand_over(client: Client, url: str) -> None:
    client.force_login(staff(EDITOR, department=DepartmentFactory()))
    assert (client.get if url == URL else client.post)(url).status_code == 403


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_for_any_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    giver, taker = UserFactory(), UserFactory()
    ActivityFactory.create_batch(size, person=giver, department=DepartmentFactory())
    client.force_login(staff(PLANNER))

    with django_assert_num_queries(15):
        client.get(reverse("editing:handover"), {"giver": giver.pk, "taker": taker.pk})


def test_a_head_hands_over_what_the_department_owns_alone() -> None:
    head, giver = staff(HEAD, department=DepartmentFactory()), UserFactory()
    other = DepartmentFactory()
    own = ActivityFactory(person=giver, department=head.department)
    heir = ActivityFactory(person=giver, initiative__department=head.department)
    ActivityFactory(person=giver, department=other, initiative__department=head.department)
    ActivityFactory(person=giver, initiative__department=other)
    ActivityFactory(person=giver)

    assert {item.node for item in items_in_charge(head, giver)} == {own, heir}


def test_items_without_a_person_are_nobodys_or_of_who_has_left() -> None:
    gone, there = UserFactory(closed=True), UserFactory()
    left = ActivityFactory(person=gone, initiative__person=there)
    nobodys = ActivityFactory(initiative__person=there)
    ActivityFactory(person=there, initiative__person=there)

    found = {item.node for item in items_without_a_person(staff(PLANNER))}
    assert found == {left, nobodys}
