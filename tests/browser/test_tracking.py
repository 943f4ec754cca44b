"""Periods and updates in the browser: both widths, and from writing to approval by keyboard."""

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from gwonseon.office.actions import save_draft
from gwonseon.office.models import User
from plans.tracking import actions
from plans.tracking.closing.actions import close_period
from plans.tracking.models import Period, Update
from plans.tracking.periods import begin
from plans.tree.models import Activity
from tests.browser.conftest import WIDTHS, Check, SitDown
from tests.factories.amendments import amend
from tests.factories.ledger import RecordFactory
from tests.factories.tracking import (
    approved,
    draft,
    first_quarter,
    reported,
    risk_of,
    submitted,
)

PERIODS = "/staff/tracking/2021/"
BOARD = "/staff/board/"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
TEXT = "예시로 합동 순찰을 했습니다."


class Desk(NamedTuple):
    """The first quarter of the 2021 plan, an activity, and the demo staff of its department."""

    quarter: Period
    activity: Activity
    officer: User
    head: User


@pytest.fixture
def desk(portal_2021: str) -> Desk:
    officer, head, planner = (
        User.objects.get(username=f"demo-{role}") for role in ("officer", "head", "planner")
    )
    activity = Activity.objects.select_related("plan").get(slug="joint-patrol")
    amend(activity.initiative, department_id=officer.department_id)
    Activity.objects.filter(pk=activity.pk).update(person=officer)
    quarter = first_quarter(activity.plan, by=planner)
    return Desk(quarter, Activity.objects.get(pk=activity.pk), officer, head)


def test_pages_of_updates_are_accessible(
    portal_2021: str, desk: Desk, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    quarter, activity, officer, head = desk
    approved(period=quarter, about=activity, by=officer, by_another=head, results=TEXT)
    close_period(period=quarter, version=quarter.version, by=head_of_plan())
    RecordFactory(activity=activity, happened_on="2021-03-30", people=3, confirmed=True)
    second = Period.objects.get(number=2)
    begin(second, None)
    others = Activity.objects.filter(plan=quarter.plan).exclude(initiative=activity.initiative)
    waiting = submitted(period=second, about=activity, by=officer, results=TEXT)
    planner = User.objects.get(username="demo-safety")
    patrol, other, third = others.filter(initiative__goal__pillar__code="safety")[:3]
    submitted(period=second, about=patrol.initiative, by=planner, results=f"{TEXT}\n\n{TEXT}")
    returned = submitted(period=second, about=other, by=planner)
    actions.send_back(update=returned, version=1, reason="예시 반려 사유", by=head_of_plan())
    texts = {"results": "예시 바로잡은 실적"}
    actions.rewrite(update=returned, texts=texts, version=2, by=planner)
    draft(period=second, about=third, by=planner)
    Activity.objects.filter(plan=quarter.plan).update(budget=123_456_000)
    reported(second, activity, 120_000_000, 123_000_000, by=officer)
    risk = risk_of(activity, by=officer)
    place = f"update:{second.pk}:activity:{activity.pk}:problems"
    save_draft(user=head_of_plan(), place=place, text=f"{TEXT}\n\n{TEXT}")
    page = sit_down("demo-planner").page

    for url in [
        f"/staff/budget/period/{second.pk}/",
        f"/staff/budget/period/{second.pk}/activity/{activity.pk}/",
        "/staff/risks/2021/",
        f"/staff/risks/activity/{activity.pk}/add/",
        risk.get_absolute_url(),
        f"{risk.get_absolute_url()}review/{second.pk}/",
        "/staff/",
        BOARD,
        f"{BOARD}?rows=status.all.activities",
        f"{BOARD}?on=2021-06-30",
        f"{BOARD}?closing={quarter.closings.get().pk}",
        PERIODS,
        second.get_absolute_url(),
        f"{second.get_absolute_url()}?state=missing&mine=on",
        f"{second.get_absolute_url()}days/",
        f"{second.get_absolute_url()}waiting/",
        f"{second.get_absolute_url()}activity/{third.pk}/",
        f"{second.get_absolute_url()}activity/{others.last().pk}/",
        f"{second.get_absolute_url()}activity/{activity.pk}/unsaved/",
        waiting.get_absolute_url(),
        returned.get_absolute_url(),
        quarter.get_absolute_url(),
    ]:
        page.goto(portal_2021 + url)
        page.evaluate(OPEN_ALL)
        accessible_at_all_widths(page)


def head_of_plan() -> User:
    """Return the demo planner."""
    return User.objects.get(username="demo-planner")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_update_is_written_submitted_and_approved_with_the_keyboard(
    portal_2021: str, desk: Desk, sit_down: SitDown, width: int
) -> None:
    officer, head = sit_down("demo-officer", width), sit_down("demo-head", width)

    officer.follow("추진상황 쓰기")
    officer.follow(f"쓰기 : {desk.activity.shown_title}")
    officer.press("저장하고 제출")
    expect(officer.page.get_by_role("alert")).to_contain_text("추진실적을 적고 제출하세요.")
    officer.write("추진실적", TEXT)
    officer.write("향후계획", "예시로 계속합니다.")
    officer.press("저장")
    expect(officer.page.locator("h1")).to_contain_text("작성중")
    officer.follow("고치기")
    officer.write("문제점 및 대책", "예시로 없습니다.")
    officer.press("저장하고 제출")
    expect(officer.page.locator("main")).to_contain_text("다른 사람의 승인을 기다립니다")
    expect(officer.page.get_by_role("button", name="승인", exact=True)).to_have_count(0)

    head.open(f"{portal_2021}/staff/")
    head.follow("추진상황 승인하기")
    expect(head.page.locator("main")).to_contain_text(TEXT)
    head.tick(f"승인: {desk.activity.shown_title}")
    head.press("고른 것 승인")
    expect(head.page.locator("main")).to_contain_text("1건을 승인했습니다.")
    assert Update.objects.get().state == Update.State.APPROVED


def test_a_number_of_the_board_is_followed_with_the_keyboard(
    portal_2021: str, desk: Desk, sit_down: SitDown
) -> None:
    quarter = desk.quarter
    close_period(period=quarter, version=quarter.version, by=head_of_plan())
    head = sit_down("demo-head")

    head.follow("현황판")
    expect(head.page.locator("h1")).to_contain_text("2021년 현황판")
    head.follow("57")
    expect(head.page.locator("#rows h2")).to_contain_text("축별 상태에서 고른 것 57")
    head.choose("마감본", "2021년 1분기 · 1판")
    head.press("보기")
    expect(head.page.locator(".board-name")).to_have_text("마감본 · 2021년 1분기 · 1판")
