"""Typed input is not lost when others change something meanwhile."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from plans.amendments.models import Amendment
from plans.editing.nodes.actions import move_node
from plans.editing.reviews.actions import request_review, review_stamp
from plans.tree.models import Activity, Initiative, Node, Plan
from tests.factories.office import UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.editing.forms import address, typed

pytestmark = pytest.mark.django_db


def test_input_is_shown_though_the_item_ended_meanwhile(
    planner: Client, activity: Activity
) -> None:
    data = typed(planner, address(activity), text="아직 저장하지 않은 글")
    Activity.objects.update(retired_on=dt.date(2031, 3, 1))

    page = planner.post(address(activity), data)

    assert page.status_code == 409
    assert "아직 저장하지 않은 글" in page.content.decode()
    assert "쓰는 동안 이 항목이 끝났습니다" in page.content.decode()
    activity.refresh_from_db()
    assert activity.text == ""


def test_a_stale_move_is_asked_for_again(planner: Client, activity: Activity) -> None:
    target = InitiativeFactory(goal=activity.initiative.goal)
    url = address(activity, "node_move")
    data = typed(planner, url, parent=target.pk)
    Activity.objects.update(title="합동 순찰", version=2)

    page = planner.post(url, data, follow=True)

    assert "지금 내용을 확인하고 다시" in page.content.decode()
    assert page.redirect_chain[-1][0] == url
    planner.post(url, typed(planner, url, parent=target.pk))
    activity.refresh_from_db()
    assert activity.initiative == target


def test_an_ended_node_is_restored_only_in_the_version_seen(
    planner: Client, activity: Activity
) -> None:
    """After a colleague restored and ended the node again, an old page restores nothing."""
    Activity.objects.update(retired_on=dt.date(2029, 3, 1))
    seen = shown_version(planner, activity)
    other = Client()
    other.force_login(staff(PLANNER))
    other.post(address(activity, "node_restore"), {"version": seen})
    version = Activity.objects.get().version
    other.post(address(activity, "node_retire"), {"version": version})

    for sent in (seen, "", "x"):
        page = planner.post(address(activity, "node_restore"), {"version": sent}, follow=True)
        assert "지금 내용을 확인하고 다시" in page.content.decode()
        assert page.redirect_chain[-1][0] == address(activity)
    assert Activity.objects.get().retired_on

    planner.post(address(activity, "node_restore"), {"version": shown_version(planner, activity)})
    assert Activity.objects.get().retired_on is None


def shown_version(client: Client, node: Node) -> str:
    """Return the version that the button of a node's page sends."""
    page = client.get(address(node)).content.decode()
    return re.search(r'name="version" value="(\d+)"', page)[1]


def test_no_node_moves_below_one_that_ended_meanwhile(activity: Activity) -> None:
    seen = InitiativeFactory(goal=activity.initiative.goal)
    Initiative.objects.filter(pk=seen.pk).update(retired_on=dt.date(2031, 3, 1))

    with pytest.raises(RefusedError, match="끝난 항목 아래로는"):
        move_node(node=activity, parent=seen, version=1, by=staff(PLANNER))


def test_a_reviewers_note_is_kept_when_the_draft_changed(
    planner: Client, activity: Activity
) -> None:
    initiative = activity.initiative
    request_review(initiative=initiative, by=staff(PLANNER))
    url = reverse("editing:review", args=[initiative.plan.year, initiative.pk])
    data = {"seen": review_stamp(initiative), "note": "잘 읽었습니다.", "apply": ""}
    Activity.objects.update(text="그 사이에", version=2)

    page = planner.post(url, data)

    assert "다시 읽고 결정해" in page.content.decode()
    assert "잘 읽었습니다." in page.content.decode()


def test_a_gap_that_was_not_shown_is_not_published(planner: Client, activity: Activity) -> None:
    url = reverse("editing:publish", args=[activity.plan.year])
    data = typed(planner, url, confirmed="on")
    ActivityFactory(initiative=activity.initiative)

    page = planner.post(url, data)

    assert "빠진 곳이 달라졌습니다" in page.content.decode()
    assert not Plan.objects.get().is_published
    planner.post(url, typed(planner, url, confirmed="on"))
    assert Plan.objects.get().is_published


def test_a_person_who_left_stays_until_another_is_chosen(
    planner: Client, activity: Activity
) -> None:
    gone = UserFactory(name="예시 떠난 이")
    Activity.objects.update(person=gone)
    User.objects.filter(pk=gone.pk).update(is_active=False, closed_on="2031-05-01")
    url = address(activity)
    assert "예시 떠난 이" in planner.get(url).content.decode()

    planner.post(url, typed(planner, url, text="고침"))

    activity.refresh_from_db()
    assert (activity.text, activity.person) == ("고침", gone)
    publishing = planner.get(reverse("editing:publish", args=[activity.plan.year]))
    assert activity in publishing.context["gaps"][1].nodes


def test_a_save_shows_a_message_about_its_result(planner: Client, activity: Activity) -> None:
    url = address(activity)
    page = planner.post(url, typed(planner, url), follow=True)
    assert "바뀐 곳이 없습니다." in page.content.decode()

    publish(activity.plan)
    data = typed(planner, url, title="합동 순찰", phone="031-000-0000")
    page = planner.post(url, data, follow=True).content.decode()

    assert "변경안에 적었습니다" in page
    assert "약속이 아닌 칸은 바로 저장했습니다." in page


def test_a_second_save_leaves_the_first_notes(planner: Client, activity: Activity) -> None:
    publish(activity.plan)
    url = address(activity)

    planner.post(url, typed(planner, url, unit="회", target="12"))
    planner.post(url, typed(planner, url, title="합동 순찰"))

    notes = set(Amendment.objects.get().changes.values_list("field", "after"))
    assert notes == {("unit", "회"), ("target", "12.00"), ("title", "합동 순찰")}
