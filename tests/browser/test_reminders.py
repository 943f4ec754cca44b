"""The list of sent reminders, the calendar and the link in a mail, in the browser."""

from datetime import date

from playwright.sync_api import expect

from gwonseon.office.models import User
from plans.reminders.links import mute_token
from plans.reminders.models import Digest, Urgency
from tests.browser.conftest import Check, SitDown

SETTINGS = "/staff/reminders/settings/"


def test_what_one_was_told_is_accessible(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    head = User.objects.get(username="demo-head")
    digest = Digest.objects.create(person=head, on=date(2021, 4, 7), state=Digest.State.SHOWN)
    said = {"about": "예시 추진상황", "why": "오늘까지", "url": "/staff/", "urgency": Urgency.LATE}
    digest.lines.create(person=head, rule="updates", thing="period:1", step="1", **said)
    desk = sit_down(head.username)
    desk.follow("내 알림")

    expect(desk.page.get_by_role("heading", level=1)).to_have_text("내 알림")
    expect(desk.page.get_by_role("link", name="예시 추진상황")).to_be_visible()
    accessible_at_all_widths(desk.page)


def test_a_calendar_is_subscribed_to_and_a_kind_is_turned_off(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    officer = User.objects.get(username="demo-officer")
    page = sit_down(officer.username).page
    page.goto(f"{portal_2021}{SETTINGS}")
    page.get_by_role("button", name="달력 주소 만들기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("달력 주소")
    accessible_at_all_widths(page)

    page.goto(f"{portal_2021}/reminders/mute/{mute_token(officer.pk, 'updates')}/")
    page.get_by_role("button", name="그만 받기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("「추진상황 쓰기」 알림을 껐습니다")
    accessible_at_all_widths(page)
