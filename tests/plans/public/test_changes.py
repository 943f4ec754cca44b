"""Residents' pages of the changes of a published plan."""

import datetime as dt
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plans.amendments.additions import content_of
from plans.amendments.decide import apply_amendment
from plans.amendments.models import Amendment
from plans.amendments.propose import (
    open_amendment,
    propose,
    propose_addition,
    propose_retirement,
    request_approval,
)
from plans.tree.models import Activity, Goal, Initiative, Node, Pillar, Plan
from tests.factories.amendments import amend, planners, requested
from tests.factories.office import DepartmentFactory
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PlanFactory,
    publish,
)
from tests.plans.public.conftest import Read

ATOM = "{http://www.w3.org/2005/Atom}"


def amend_together(*nodes: Node, **values: Any) -> Amendment:
    """Change the same promises of several nodes by one amendment."""
    author, approver = planners()
    amendment = open_amendment(plan=nodes[0].plan, by=author)
    for node in nodes:
        node.refresh_from_db()
        propose(amendment=amendment, node=node, values=values, by=author)
    request_approval(amendment=amendment, reason="예시 사유", ground="예시 근거", by=author)
    apply_amendment(amendment=amendment, by=approver)
    amendment.refresh_from_db()
    return amendment


def retire(*nodes: Node) -> Amendment:
    """End nodes by an amendment."""
    author, approver = planners()
    amendment = open_amendment(plan=nodes[0].plan, by=author)
    propose_retirement(amendment=amendment, nodes=[*nodes], by=author)
    request_approval(amendment=amendment, reason="예시 사유", ground="예시 근거", by=author)
    apply_amendment(amendment=amendment, by=approver)
    amendment.refresh_from_db()
    return amendment


def add_activity(initiative: Initiative) -> Activity:
    """Add an activity by an amendment."""
    author, approver = planners()
    amendment = open_amendment(plan=initiative.plan, by=author)
    department = DepartmentFactory(name="예시새과")
    values = {
        "title": "새 활동",
        "department_id": department.pk,
        "target": Decimal(4),
        "person_id": author.pk,
    }
    propose_addition(
        amendment=amendment,
        level="activity",
        parent=initiative.lineage,
        content=content_of("activity", values),
        by=author,
    )
    request_approval(amendment=amendment, reason="예시 사유", ground="예시 근거", by=author)
    apply_amendment(amendment=amendment, by=approver)
    return Activity.objects.get(title="새 활동")


def day(amendment: Amendment) -> str:
    """Return the day on which an amendment was decided, as pages show it."""
    on = amendment.decided_on
    return f"{on.year}. {on.month}. {on.day}."


def test_an_item_shows_its_changes_with_reasons(activity: Activity, read: Read) -> None:
    other = DepartmentFactory(name="예시복지과")
    amendment = amend(
        activity,
        title="월 2회 합동 순찰",
        target=Decimal("20.50"),
        department_id=other.pk,
        ends_on=dt.date(2031, 11, 30),
    )

    page = read(activity.get_absolute_url())

    assert f"변경 이력 {day(amendment)} 변경" in page
    for told in (
        "제목 월 삭제: 1회 추가: 2회 합동 순찰",
        "담당부서 삭제: 예시안전과 추가: 예시복지과",
        "연간 목표 삭제: 12회 추가: 20.5회",
        "처음 정함 마감일 2031. 11. 30.",
        "변경 사유 예시 사유",
        "근거 예시 방침 제1호",
    ):
        assert told in page
    for person in (amendment.requested_by, amendment.decided_by):
        assert person.name not in page


def test_the_latest_change_comes_first(activity: Activity, read: Read) -> None:
    amend(activity, title="둘째")
    amend(activity, title="셋째")

    page = read(activity.get_absolute_url())

    assert page.index("삭제: 둘째 추가: 셋째") < page.index("추가: 둘째")


def test_amounts_are_shown_in_the_unit_of_their_time(
    activity: Activity, read: Read, client: Client
) -> None:
    first = amend(activity, target=Decimal(20))
    second = amend(activity, target=Decimal(300), unit="명")
    amend(activity, target=None, unit="")

    page = read(activity.get_absolute_url())
    for told in (
        "삭제: 12회 추가: 20회",
        "삭제: 20회 추가: 300명",
        "삭제: 300명 추가: 목표 미설정",
    ):
        assert told in page
    assert "삭제: 12회 추가: 20회" in read(first.get_absolute_url())
    assert "삭제: 20회 추가: 300명" in read(second.get_absolute_url())


def test_a_move_names_both_places(plan_2021: Plan, read: Read) -> None:
    goal = Goal.objects.get(slug="green-living")
    initiative = Initiative.objects.get(slug="crime-patrol")
    old = initiative.goal
    amendment = amend(initiative, parent=goal)

    told = f"삭제: {old.shown_title} 추가: {goal.shown_title}"
    assert told in read(initiative.get_absolute_url())
    assert told in read(amendment.get_absolute_url())


def test_a_certainty_is_shown_by_its_label(plan_2021: Plan, read: Read) -> None:
    activity = Activity.objects.get(slug="women-volunteers")
    amend(activity, certainty="high")

    assert "바로잡음의 확실성 삭제: 추정 추가: 확실" in read(activity.get_absolute_url())


def test_an_added_item_lists_its_values(activity: Activity, read: Read) -> None:
    new = add_activity(activity.initiative)

    page = read(new.get_absolute_url())

    assert "새로 추가" in page
    history = page.split("변경 이력")[1]
    assert "제목 새 활동" in history
    assert "담당부서 예시새과" in history
    assert "연간 목표 4" in history
    assert "예시 직원" not in page


def test_an_ended_item_keeps_its_address_and_says_why(activity: Activity, read: Read) -> None:
    amendment = retire(activity)

    page = read(activity.get_absolute_url())

    assert "2031. 1. 1.에 종료된 항목입니다. 종료 사유 보기" in page
    assert (
        f"{day(amendment)} 종료 종료일 2031. 1. 1. 시행일 2031. 1. 1. 변경 사유 예시 사유" in page
    )
    assert activity.title not in read(activity.initiative.get_absolute_url())


def test_nodes_below_an_ended_item_keep_their_pages(db: None, read: Read) -> None:
    activity = ActivityFactory(initiative__retired_on=dt.date(2031, 1, 1))
    initiative = activity.initiative
    publish(activity.plan)

    above = f"2031. 1. 1.에 종료된 항목에 속해 있습니다. {initiative.title}"
    assert above in read(activity.get_absolute_url())
    assert "종료된 항목입니다" in read(initiative.get_absolute_url())


def test_an_ended_pillar_keeps_its_page(activity: Activity, read: Read, client: Client) -> None:
    initiative = activity.initiative
    goal, pillar = initiative.goal, initiative.goal.pillar

    retire(pillar, goal, initiative, activity)

    page = client.get(pillar.get_absolute_url()).content.decode()
    assert f'id="goal-{goal.slug}"' in page
    assert "종료된 목표" in page
    assert "종료된 항목입니다" in page
    assert pillar.title not in read("/2031/")


def test_a_goal_leads_to_its_changes(activity: Activity, client: Client) -> None:
    goal = activity.initiative.goal
    first, second = amend(goal, title="둘째 목표"), amend(goal, title="셋째 목표")

    page = client.get(goal.get_absolute_url()).content.decode()

    links = [page.index(f'href="{one.get_absolute_url()}"') for one in (second, first)]
    assert links == sorted(links)
    assert "추가: </span>둘째" in client.get(first.get_absolute_url()).content.decode()


def test_an_applied_amendment_has_an_entry_in_the_list_and_a_page(
    activity: Activity, read: Read
) -> None:
    assert "공개한 뒤에 바뀐 것이 없습니다" in read("/2031/changes/")
    pillar = activity.initiative.goal.pillar
    author, approver = planners()
    requested(pillar, author, title="안전 도시")
    amendment = Amendment.objects.get()
    assert "바뀐 것이 없습니다" in read("/2031/changes/")

    apply_amendment(amendment=amendment, by=approver)
    amendment.refresh_from_db()

    page = read("/2031/changes/")
    assert f"{pillar.title} {day(amendment)} 시행일 2031. 1. 1. 예시 사유" in page
    page = read(amendment.get_absolute_url())
    assert (
        f"변경 이력 {pillar.title} 결정일 {day(amendment)} 시행일 2031. 1. 1. 변경 사유 예시 사유"
        in page
    )
    assert "축 · 변경" in page
    for person in (author, approver):
        assert person.name not in page


def test_several_items_changed_together_are_one_change(activity: Activity, read: Read) -> None:
    amendment = retire(activity.initiative, activity)

    assert f"{activity.initiative.title} 외 1건" in read("/2031/changes/")
    page = read(amendment.get_absolute_url())
    assert f"{activity.initiative.title} 추진과제 · 종료" in page
    assert f"{activity.title} 활동 · 종료" in page


def test_only_applied_changes_of_the_plan_are_listed(activity: Activity, client: Client) -> None:
    author, _approver = planners()
    waiting = requested(activity, author, title="새말")
    applied = amend(activity.initiative, title="다른 말")
    PlanFactory(year=2032, published=True)

    assert client.get(applied.get_absolute_url()).status_code == 200
    for url in (
        waiting.get_absolute_url(),
        f"/2032/changes/{applied.pk}/",
        f"/2033/changes/{applied.pk}/",
        "/2031/changes/0/",
        f"/2031/changes/{10**30}/",
        "/2033/changes/",
        "/2033/changes/feed/",
    ):
        assert client.get(url).status_code == 404, url
    assert "새말" not in client.get("/2031/changes/").content.decode()


def test_the_changes_of_a_draft_are_not_found(db: None, client: Client) -> None:
    plan = PlanFactory(year=2031)

    assert client.get(f"/{plan.year}/changes/").status_code == 404
    assert client.get(f"/{plan.year}/changes/feed/").status_code == 404


def test_markup_in_a_change_is_escaped(activity: Activity, client: Client) -> None:
    amendment = amend(activity, title="<script>새말</script>")

    for url in (activity.get_absolute_url(), amendment.get_absolute_url(), "/2031/changes/feed/"):
        assert "<script>새말" not in client.get(url).content.decode(), url


def test_the_original_title_is_shown_beside_an_amended_one(activity: Activity, read: Read) -> None:
    amend(activity, title="월 2회 합동 순찰")

    page = read(activity.get_absolute_url())
    assert "문서의 원문 보기 (월 2회 합동 순찰) 문서 50행 : 월 1회 합동 순찰" in page
    assert "월 2회 합동 순찰 (문서: 월 1회 합동 순찰 )" in read("/2031/plan/")


def test_the_document_shows_its_original_words_once(plan_2021: Plan, read: Read) -> None:
    before = read("/2021/plan/").count("(문서:")
    amend(Pillar.objects.get(slug="welfare"), title="함께 나누는 도시")

    page = read("/2021/plan/")
    assert page.count("(문서:") == before + 1
    assert "함께 나누는 도시 (문서:" in page


@pytest.fixture
def feed(activity: Activity, client: Client) -> ET.Element:
    amend(activity, title="<b>둘째</b>")
    amend(activity, title="셋째\x0b")
    response = client.get("/2031/changes/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def test_the_feed_has_the_latest_changes(feed: ET.Element) -> None:
    assert feed.findtext(f"{ATOM}title") == "권선구 2031년 계획 변경 이력"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "권선구청"
    latest, first = feed.findall(f"{ATOM}entry")
    assert latest.findtext(f"{ATOM}title") == "<b>둘째</b>"
    assert first.findtext(f"{ATOM}title") == "월 1회 합동 순찰"
    amendment = Amendment.objects.earliest("pk")
    link = first.find(f"{ATOM}link").attrib["href"]
    assert link == f"http://testserver{amendment.get_absolute_url()}"
    summary = first.findtext(f"{ATOM}summary")
    assert "<dt>변경 사유</dt><dd>예시 사유</dd>" in summary
    assert "예시 직원" not in summary


def test_a_feed_has_the_requested_host_and_permanent_ids(
    feed: ET.Element, client: Client, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["plan.example"]

    response = client.get("/2031/changes/feed/", headers={"host": "plan.example"})

    other = ET.fromstring(response.content)
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in other.findall(f"{ATOM}entry")]
    assert all(link.startswith("http://plan.example/2031/changes/") for link in links)
    ids = [entry.findtext(f"{ATOM}id") for entry in other.findall(f"{ATOM}entry")]
    assert ids == [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    again = client.get(
        "/2031/changes/feed/",
        headers={"host": "plan.example", "if-none-match": response["ETag"]},
    )
    assert again.status_code == 304


def test_the_menu_and_the_page_lead_to_the_feed(activity: Activity, client: Client) -> None:
    page = client.get("/2031/changes/").content.decode()

    assert '<a href="/2031/changes/" aria-current="page">변경 이력</a>' in page
    assert page.count('href="/2031/changes/feed/"') == 2
    assert 'rel="alternate" type="application/atom+xml"' in page


def test_a_long_list_has_pages(activity: Activity, client: Client) -> None:
    for number in range(21):
        amend(activity, title=f"{number}번째")

    first = client.get("/2031/changes/").content.decode()
    assert first.count('class="result-item"') == 20
    assert 'href="?page=2"' in first
    assert client.get("/2031/changes/?page=2").content.decode().count('class="result-item"') == 1


@pytest.mark.parametrize("page", ["0", "-1", "999", "abc", ""])
def test_an_invalid_page_number_shows_a_page(activity: Activity, client: Client, page: str) -> None:
    amend(activity, title="둘째")

    response = client.get("/2031/changes/", {"page": page})

    assert "월 1회 합동 순찰" in response.content.decode()


QUERIES = {"list": 5, "feed": 3, "change": 7, "item": 20, "pillar": 14}


@pytest.mark.parametrize("size", [1, 3])
def test_changes_cost_the_same_queries_for_any_number(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    """A page that can be cached makes one more query, for the public state's number."""
    goal = GoalFactory(pillar__plan__year=2031)
    activities = [
        ActivityFactory(initiative=InitiativeFactory(goal=goal)) for _number in range(size)
    ]
    others = [InitiativeFactory(goal=goal), InitiativeFactory(goal=goal)]
    publish(goal.plan)
    for number in range(size):
        department = DepartmentFactory()
        amendment = amend_together(*activities, title=f"새말 {number}", department_id=department.pk)
        amend(activities[0], parent=others[number % 2])
        amend(goal, title=f"목표 {number}")
    urls = {
        "list": "/2031/changes/",
        "feed": "/2031/changes/feed/",
        "change": amendment.get_absolute_url(),
        "item": activities[0].get_absolute_url(),
        "pillar": goal.pillar.get_absolute_url(),
    }
    for name, url in urls.items():
        with django_assert_num_queries(QUERIES[name]):
            assert client.get(url, {"again": "1"}).status_code == 200
