"""Notices by text message in the browser: staff pages, the keyboard, and the way to a phone."""

import json

import pytest
from playwright.sync_api import expect

from civic.notices import tasks as notices
from civic.notices.models import Budget, Notice, NoticeTemplate
from civic.notices.wording import filled, measure_of
from gwonseon.messaging import tasks as messaging
from gwonseon.messaging.gateways import written
from gwonseon.office.models import User
from plans.tree.models import Activity
from tests.browser.conftest import Check, SitDown
from tests.civic.notices.conftest import FOLLOWERS, THIS_YEAR, VALUES, Office
from tests.factories.notices import approved, draft, waiting
from tests.factories.residents import subscriber

LIST = "/staff/notices/"
WORDING = {"title": "예시 공사 안내", "text": "예시: #{일시}에 #{장소}에서 공사를 합니다."}
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
WORDS = {"일시": "예시 날짜", "장소": "예시 거리"}


@pytest.fixture
def office(portal_2021: str) -> Office:
    """Return the demo staff, and the activity of the plan that counts notices."""
    activity = Activity.objects.get(slug="sms-information")
    author, head = (User.objects.get(username=f"demo-{role}") for role in ("officer", "head"))
    return Office(activity, author, head)


def send_what_may_leave() -> None:
    """Let the clocks tick that write recipients and send to them."""
    notices.follow_up()
    messaging.drain()


def end_what_was_sent() -> None:
    """Let the clocks tick that ask what became of messages, and end what is over."""
    messaging.collect_receipts()
    messaging.reap()
    notices.follow_up()


def test_staff_pages_of_notices_are_accessible(
    portal_2021: str, office: Office, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    for number in FOLLOWERS:
        subscriber(number)
    Budget.objects.create(year=THIS_YEAR, **VALUES)
    template = NoticeTemplate.objects.create(name="예시 서식", news="notice", **WORDING)
    planner = User.objects.get(username="demo-planner")
    about = {"activity": office.activity, "nature": Notice.Nature.SAFETY, "words": WORDS} | WORDING
    made = {
        "draft": draft(by=planner, **about),
        "waiting": waiting(by=office.author, **about),
        "done": approved(by=office.author, by_another=office.head, **about),
    }
    send_what_may_leave()
    end_what_was_sent()
    made["sending"] = approved(by=office.author, by_another=office.head, **about)
    (written.folder() / "faults.json").write_text(json.dumps({"refused": [FOLLOWERS[0]]}))
    send_what_may_leave()
    page = sit_down("demo-planner").page

    def look(url: str) -> None:
        page.goto(portal_2021 + url)
        page.evaluate(OPEN_ALL)
        accessible_at_all_widths(page)

    for url in [
        LIST,
        f"{LIST}add/?template={template.pk}",
        f"{LIST}budget/",
        f"{LIST}budget/{THIS_YEAR - 1}/",
        f"{LIST}templates/",
        f"{LIST}templates/{template.pk}/",
    ]:
        look(url)
    for state, notice in made.items():
        look(f"{LIST}{notice.pk}/")
        expect(page.locator("h1")).to_contain_text(str(Notice.State(state).label))
        expect(page.locator(".chart")).to_have_count(int(state in {"done", "sending"}))


def test_a_notice_is_composed_with_the_keyboard_alone(
    portal_2021: str, office: Office, sit_down: SitDown
) -> None:
    officer = sit_down("demo-officer")
    page, preview = officer.page, officer.page.locator("#preview")

    officer.follow("문자 안내")
    officer.follow("새로 쓰기")
    officer.press("저장")
    expect(page.get_by_role("alert")).to_contain_text("보낼 문안을 적어 주세요.")
    officer.write("제목", WORDING["title"])
    officer.write("문안", "예시: #{일시}에 공사를 합니다.")
    expect(preview).to_contain_text("「일시」에 넣을 말을 적어 주세요.")
    # The next field appears while one types in the first.
    officer.write("문안", WORDING["text"])
    officer.write("일시", WORDS["일시"])
    expect(page.get_by_label("장소")).to_be_visible()
    expect(page.get_by_label("일시")).to_be_focused()
    officer.write("장소", WORDS["장소"])
    body = f"[권선구] {filled(WORDING['text'], WORDS)}"
    measured = measure_of(body, WORDING["title"], f"{portal_2021}/my/stop/")
    expect(preview).to_contain_text(f"{measured.bytes} / 2,000바이트")
    expect(preview).to_contain_text(body)
    expect(preview).not_to_contain_text("이대로는 보낼 수 없습니다")
    officer.tick("생활 안내")
    officer.tick("믿음주는 안전도시")
    officer.press("저장")

    expect(page.locator(".phone")).to_contain_text(body)
    officer.press("승인 요청")
    expect(page.locator("h1")).to_contain_text("승인 대기")


def test_enter_in_a_template_saves_it(portal_2021: str, office: Office, sit_down: SitDown) -> None:
    template = NoticeTemplate.objects.create(name="예시 서식", news="notice", **WORDING)
    officer = sit_down("demo-officer")

    officer.open(f"{portal_2021}{LIST}templates/{template.pk}/")
    officer.write("이름", "예시 새 서식")
    officer.enter(officer.page.get_by_label("이름"))

    expect(officer.page.locator("main")).to_contain_text("예시 새 서식")
