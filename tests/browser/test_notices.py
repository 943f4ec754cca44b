"""Notices by text message in the browser: staff pages, the keyboard, and the way to a phone."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from civic.notices import tasks as notices
from civic.notices.models import Budget, Notice, NoticeTemplate
from civic.notices.wording import filled, measure_of
from gwonseon.messaging import tasks as messaging
from gwonseon.messaging.gateways import written
from gwonseon.office.models import User
from gwonseon.residents.models import Resident
from plans.subscriptions.models import Subscription
from tests.browser.conftest import Check, SitDown
from tests.civic.notices.conftest import FOLLOWERS, THIS_YEAR, VALUES, Office
from tests.factories.notices import approved, draft, waiting
from tests.factories.residents import NUMBER, subscriber

Open = Callable[..., Page]

LIST = "/staff/notices/"
WORDING = {"title": "예시 공사 안내", "text": "예시: #{일시}에 #{공사 장소}에서 공사를 합니다."}
WORDS = {"일시": "예시 날짜", "공사 장소": "예시 거리"}
RENEWAL = 5_000  # ms, after which a page of a notice asks for its progress
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def send_what_may_leave() -> None:
    """Run the tasks that write a notice's recipients and send the messages."""
    notices.follow_up()
    messaging.drain()


def end_what_was_sent() -> None:
    """Run the tasks that read delivery reports, resolve lost answers and finish notices."""
    messaging.collect_receipts()
    messaging.reap()
    notices.follow_up()


def text_to(number: str) -> str:
    """Return the newest text that the gateway wrote for a number."""
    return next(one.text for one in written.sent_messages(100) if one.number == number)


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
    page = officer.page
    preview, said = page.locator("#preview"), page.locator("main [role=status]")

    officer.follow("문자 안내")
    officer.follow("새로 쓰기")
    officer.press("저장")
    expect(page.get_by_role("alert")).to_contain_text("보낼 문안을 적어 주세요.")
    officer.write("제목", WORDING["title"])
    officer.write("문안", "예시: #{일시}에 공사를 합니다.")
    expect(preview).to_contain_text("「일시」에 넣을 말을 적어 주세요.")
    expect(said).to_contain_text("「일시」에 넣을 말을 적어 주세요.")
    officer.looked(page)
    # The next field appears while one types in the first.
    officer.write("문안", WORDING["text"])
    officer.write("일시", WORDS["일시"])
    expect(page.get_by_label("공사 장소")).to_be_visible()
    expect(page.get_by_label("일시")).to_be_focused()
    officer.write("공사 장소", WORDS["공사 장소"])
    body = f"[권선구] {filled(WORDING['text'], WORDS)}"
    measured = measure_of(body, WORDING["title"], f"{portal_2021}/my/stop/")
    expect(preview).to_contain_text(f"{measured.bytes} / 2,000바이트")
    expect(said).to_contain_text(f"{measured.bytes} / 2,000바이트")
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


def follow_on_a_phone(page: Page, portal: str) -> None:
    """Subscribe to the safety pillar's notices, with the code from the gateway's file."""
    page.goto(f"{portal}/my/")
    page.get_by_label("휴대전화번호").fill(NUMBER)
    page.get_by_role("button", name="인증번호 받기").click()
    messaging.drain()
    page.get_by_label("인증번호").fill(re.search(r"\d{6}", text_to(NUMBER))[0])
    page.get_by_role("button", name="확인").click()
    page.get_by_text("믿음주는 안전도시", exact=True).first.click()
    page.get_by_text("생활 안내").click()
    for words in ("동의합니다. (필수)", "저는 만 14세 이상입니다."):
        page.locator("label").filter(has_text=words).click()
    page.get_by_role("button", name="저장하고 문자 받기").click()
    expect(page.locator("h1")).to_have_text("받아 보는 소식")


def ask_for_approval(page: Page, portal: str) -> None:
    """Write a notice about safety, which may leave at any hour, and ask for approval."""
    page.goto(f"{portal}{LIST}add/")
    page.get_by_text("안전", exact=True).click()
    page.get_by_label("제목").fill(WORDING["title"])
    page.get_by_label("문안").fill(WORDING["text"])
    for name, words in WORDS.items():
        page.get_by_label(name).fill(words)
    page.get_by_text("생활 안내").click()
    page.get_by_text("믿음주는 안전도시", exact=True).first.click()
    expect(page.locator("#preview")).to_contain_text("1명")
    page.get_by_role("button", name="저장").click()
    page.get_by_role("button", name="승인 요청").click()
    expect(page.locator("main")).to_contain_text("다른 사람의 승인을 기다립니다")
    expect(page.get_by_role("button", name="승인하고 보내기")).to_have_count(0)


def approve(page: Page, portal: str) -> None:
    """Open the notice from the list of tasks; type a wrong number of recipients, then the right."""
    page.goto(f"{portal}/staff/")
    page.get_by_role("link", name="문자 안내 승인하기").click()
    for number in ("2", "1"):
        page.get_by_label("받는 사람 수(명)").fill(number)
        page.get_by_role("button", name="승인하고 보내기").click()
        refused = page.get_by_text("지금 받을 사람은 1명입니다.")
        expect(refused.first).to_be_visible(visible=number == "2")
    expect(page.locator("h1")).to_contain_text("발송 예약")


def test_a_notice_reaches_a_phone_and_its_link_stops_all(
    portal_2021: str, office: Office, open_page: Open, sit_down: SitDown, accessible: Check
) -> None:
    phone = open_page(390)
    author, head = sit_down("demo-officer").page, sit_down("demo-head").page

    follow_on_a_phone(phone, portal_2021)
    ask_for_approval(author, portal_2021)
    approve(head, portal_2021)

    author.clock.install()
    author.reload()
    send_what_may_leave()
    author.clock.fast_forward(RENEWAL)
    expect(author.locator("#progress")).to_contain_text("1건 가운데 1건을 마쳤습니다.")
    end_what_was_sent()
    author.clock.fast_forward(RENEWAL)
    author.get_by_role("link", name="실적으로 남긴 기록 보기").click()
    expect(author.locator("main")).to_contain_text(WORDING["title"])

    text = text_to(NUMBER)
    assert text.startswith(f"[권선구] {filled(WORDING['text'], WORDS)}\n그만 받기 ")
    phone.goto(re.search(r"http\S+", text)[0])
    expect(phone.locator("main button")).to_have_count(1)
    accessible(phone)
    phone.get_by_role("button", name="그만 받기").click()
    expect(phone.locator("h1")).to_have_text("문자를 멈추었습니다")
    assert not Resident.objects.exists()
    assert not Subscription.objects.exists()


def test_a_button_shows_the_preview_without_javascript(
    portal_2021: str, demo_password: str, office: Office, open_page: Open
) -> None:
    page = open_page(390, java_script_enabled=False)
    preview = page.locator("#preview")
    page.goto(f"{portal_2021}/staff/sign-in/?next={LIST}add/")
    page.get_by_label("아이디").fill("demo-officer")
    page.get_by_label("비밀번호").fill(demo_password)
    page.get_by_role("button", name="로그인").click()

    page.get_by_label("문안").fill(WORDING["text"])
    page.get_by_role("button", name="미리 보기").click()
    expect(preview).to_contain_text("「일시」에 넣을 말을 적어 주세요.")
    for name, words in WORDS.items():
        expect(page.get_by_label(name)).to_have_accessible_description(
            f"오류: 문안의 #{{{name}}}에 넣을 말을 적어 주세요."
        )
        page.get_by_label(name).fill(words)
    page.get_by_role("button", name="미리 보기").click()

    expect(preview).to_be_in_viewport()
    expect(preview).to_contain_text(filled(WORDING["text"], WORDS))
    assert not Notice.objects.exists()
