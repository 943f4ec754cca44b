"""The own settings of reminders in the browser, at both widths, and the link in a mail."""

from datetime import date

from playwright.sync_api import expect

from gwonseon.office.models import User
from plans.reminders.links import mute_token
from plans.reminders.models import Absence, Digest, Urgency
from plans.reminders.settings.actions import set_phone
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


def test_pages_of_settings_are_accessible(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    officer, head = (User.objects.get(username=f"demo-{role}") for role in ("officer", "head"))
    days = {"first_on": date(2990, 3, 1), "last_on": date(2990, 3, 5)}
    absence = Absence.objects.create(person=officer, stand_in=head, **days)
    set_phone(number="010" + "00007394", by=officer)
    page = sit_down(officer.username).page
    for path in ("", "phone/", "absences/add/", f"absences/{absence.pk}/"):
        page.goto(f"{portal_2021}{SETTINGS}{path}")
        accessible_at_all_widths(page)
    page.goto(f"{portal_2021}{SETTINGS}")
    page.get_by_role("button", name="달력 주소 만들기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("달력 주소")
    accessible_at_all_widths(page)

    page.goto(f"{portal_2021}/reminders/mute/{mute_token(officer.pk, 'updates')}/")
    accessible_at_all_widths(page)
    page.get_by_role("button", name="그만 받기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("「추진상황 쓰기」 알림을 껐습니다")
