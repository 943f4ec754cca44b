"""Residents' pages in a real browser, at both widths and in both contrast modes."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plans.documents.notes import SHIPPED
from plans.tree.models import Activity, Initiative, Pillar
from tests.browser.closed_quarters import close_quarters
from tests.browser.conftest import WIDTHS, Check, SitDown
from tests.civic.notices.conftest import Office, finished
from tests.factories.notices import sending
from tests.factories.office import UserFactory
from tests.factories.residents import subscriber

Open = Callable[..., Page]

KINDS = [
    "/",
    "/2021/",
    "/2021/pillar/welfare/",
    "/2021/initiative/crime-patrol/",
    "/2021/activity/women-volunteers/",
    "/2021/plan/",
    "/2021/search/",
    "/2021/search/?q=조성",
    "/2021/search/?q=없는말",
    "/2021/search/?q=...",
    "/guide/",
    "/privacy/",
    "/credits/",
    "/data/",
    "/data/v1/period-activities/",
    "/notices/",
    "/my/number/",
    "/my/stopped/",
    "/staff/sign-in/",
]


def check_frame(page: Page) -> None:
    """Check the parts that every page has."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    first = page.locator("a, button, input").first
    expect(first).to_have_attribute("href", "#main")


@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_each_kind_of_page_is_accessible(
    portal_2021: str, open_page: Open, accessible_at_all_widths: Check, contrast: str
) -> None:
    page = open_page(1280)
    page.context.add_cookies([{"name": "contrast", "value": contrast, "url": portal_2021}])
    for url in KINDS:
        page.goto(portal_2021 + url)
        accessible_at_all_widths(page)
        check_frame(page)


@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_sent_notices_are_accessible(
    portal_2021: str,
    office: Office,
    open_page: Open,
    accessible_at_all_widths: Check,
    contrast: str,
) -> None:
    subscriber()
    about = {"activity": office.activity, "by": office.author, "by_another": office.head}
    notices = [
        finished(office, title="예시 다 보낸 안내"),
        finished(office, title="예시 멈춘 안내", state="cancelled"),
        sending(title="예시 급한 안내", nature="safety", **about),
    ]
    page = open_page(1280)
    page.context.add_cookies([{"name": "contrast", "value": contrast, "url": portal_2021}])

    page.goto(f"{portal_2021}/notices/")
    expect(page.locator(".result-item")).to_have_count(3)
    accessible_at_all_widths(page)
    check_frame(page)
    for notice in notices:
        page.goto(f"{portal_2021}/notices/{notice.pk}/")
        expect(page.locator("h1")).to_have_text(notice.title)
        accessible_at_all_widths(page)
        check_frame(page)


@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_closed_periods_are_accessible(
    portal_2021: str, open_page: Open, accessible_at_all_widths: Check, contrast: str
) -> None:
    page = open_page(1280)
    page.context.add_cookies([{"name": "contrast", "value": contrast, "url": portal_2021}])
    page.goto(f"{portal_2021}/2021/periods/")
    expect(page.locator(".empty")).to_have_count(1)
    accessible_at_all_widths(page)
    close_quarters()
    for path in ("", "1/", "2/", "2/versions/1/"):
        page.goto(f"{portal_2021}/2021/periods/{path}")
        expect(page.locator(".chart")).to_have_count(1)
        accessible_at_all_widths(page)
        check_frame(page)


def test_a_resident_checks_the_digest_of_a_period(portal_2021: str, open_page: Open) -> None:
    close_quarters()
    page = open_page(390)
    page.goto(f"{portal_2021}/2021/progress/")
    page.get_by_role("link", name="마감한 기간 보기").click()
    page.get_by_role("link", name="2분기", exact=True).click()
    with page.expect_download() as started:
        page.get_by_role("link", name="굳힌 자료 받기(JSON)").click()
    file = Path(started.value.path())
    assert started.value.suggested_filename == "period-2021-2-v2.json"
    expect(page.locator(".digest")).to_have_text(sha256(file.read_bytes()).hexdigest())


def test_pages_of_every_pillar_and_kind_of_record_are_accessible(
    portal_2021: str, open_page: Open, accessible: Check
) -> None:
    """At phone width only, where most people read; the test above has every width."""
    page = open_page(min(WIDTHS))
    nodes = [
        *Pillar.objects.select_related("plan"),
        *Initiative.objects.select_related("plan").distinct("goal__pillar"),
        *Activity.objects.select_related("plan").order_by("record_kind").distinct("record_kind"),
    ]
    for node in nodes:
        page.goto(portal_2021 + node.get_absolute_url())
        expect(page.locator("h1")).to_have_text(node.shown_title)
        accessible(page)


# Each line's number and text, with the document's words where they were corrected.
DOCUMENT_LINES = """
lines => lines.map(line => {
  const copy = line.cloneNode(true);
  for (const note of copy.querySelectorAll(".document-note")) {
    note.previousElementSibling.textContent = note.querySelector("span").textContent;
    note.remove();
  }
  return [Number(line.dataset.line), copy.textContent];
})
"""


def test_every_line_of_the_plan_is_in_the_document(portal_2021: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{portal_2021}/2021/plan/")

    shown = page.eval_on_selector_all("[data-line]", DOCUMENT_LINES)

    text = (SHIPPED / "plan-2021.txt").read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), start=1)
    expected = [[number, "".join(line.split())] for number, line in lines if line.strip()]
    assert [[number, "".join(line.split())] for number, line in shown] == expected


def test_a_resident_finds_and_reads_with_the_keyboard_alone(
    portal_2021: str, sit_down: SitDown
) -> None:
    resident = sit_down()
    page = resident.page
    resident.open(portal_2021)

    resident.reach(page.locator("input[name=q]").first)
    page.keyboard.type("합동 순찰")
    resident.press("검색")
    expect(page.locator(".result-item")).to_have_count(1)
    expect(page.locator(".result-item mark").first).to_have_text("합동 순찰")

    resident.enter(page.locator(".result-item a"))
    expect(page.locator("h1")).to_have_text("민·관·경 합동 순찰대")

    resident.enter(page.locator(".facts a").first)
    expect(page.locator("h1")).to_have_text("방범 순찰대 운영 및 캠페인 추진")

    resident.enter(page.locator(".neighbours a[rel=next]"))
    expect(page.locator("h1")).to_have_text("누구나 안전 교육 지원")


def test_the_menu_opens_and_closes_on_phones(
    portal_2021: str, open_page: Open, accessible: Check
) -> None:
    page = open_page(390)
    page.goto(portal_2021)
    button = page.get_by_role("button", name="메뉴")
    link = page.get_by_role("link", name="전체 계획", exact=True)
    expect(link).to_be_hidden()

    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    accessible(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_high_contrast_stays_until_it_is_switched_back(portal_2021: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{portal_2021}/2021/pillar/safety/")
    switch = page.get_by_role("button", name="고대비 화면")

    switch.click()
    expect(page).to_have_url(f"{portal_2021}/2021/pillar/safety/")
    expect(page.locator("html")).to_have_attribute("data-krds-mode", "high-contrast")
    page.goto(f"{portal_2021}/guide/")
    expect(page.locator("html")).to_have_attribute("data-krds-mode", "high-contrast")

    page.get_by_role("button", name="고대비 화면").click()
    expect(page.locator("html")).not_to_have_attribute("data-krds-mode", "high-contrast")


def test_print_shows_only_the_document(portal_2021: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{portal_2021}/2021/plan/")
    expect(page.get_by_role("button", name="인쇄하기")).to_be_visible()

    page.emulate_media(media="print")

    for hidden in (".site-menu", ".print-button", ".breadcrumb-list", "footer a"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#line-50")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_all_works_without_javascript(portal_2021: str, open_page: Open, width: int) -> None:
    page = open_page(width, java_script_enabled=False)
    page.goto(portal_2021)

    expect(page.get_by_role("link", name="전체 계획", exact=True).first).to_be_visible()
    page.locator("#home-search-words").fill("순찰")
    page.locator("#home-search-words").press("Enter")
    expect(page.locator(".result-item")).to_have_count(2)
    page.get_by_role("button", name="고대비 화면").click()
    expect(page.locator("html")).to_have_attribute("data-krds-mode", "high-contrast")
    page.goto(f"{portal_2021}/2021/plan/")
    expect(page.get_by_role("button", name="인쇄하기")).to_be_hidden()


def test_staff_see_the_line_number_in_the_document(portal_2021: str, sit_down: SitDown) -> None:
    reader = sit_down("demo-reader")
    page = reader.page

    reader.open(f"{portal_2021}/2021/initiative/crime-patrol/")
    expect(page.locator(".staff-note")).to_contain_text("50행")

    reader.press("로그아웃")
    reader.open(f"{portal_2021}/2021/initiative/crime-patrol/")
    expect(page.locator(".staff-note")).to_have_count(0)


def test_the_admin_works_under_the_content_security_policy(
    portal_2021: str, open_page: Open
) -> None:
    UserFactory(username="root", is_staff=True, is_superuser=True)
    page = open_page(1280)
    page.goto(f"{portal_2021}/staff/sign-in/?next=/admin/")
    page.locator("[name=username]").fill("root")
    page.locator("[name=password]").fill("예시 비밀번호 1")
    page.locator("[name=password]").press("Enter")

    for heading in ("안전", "복지", "소통", "문화"):
        expect(page.get_by_role("link", name=heading, exact=True).first).to_be_visible()
    page.goto(f"{portal_2021}/admin/safety/activity/")
    expect(page.locator("#result_list tbody tr")).to_have_count(12)
    page.get_by_role("link", name="민·관·경 합동 순찰대").click()
    expect(page.locator("body")).to_contain_text("joint-patrol")
    page.goto(f"{portal_2021}/admin/office/department/add/")
    page.locator("[name=name]").fill("예시안전과")
    page.locator("[name=_save]").click()
    expect(page.locator("#result_list")).to_contain_text("예시안전과")
