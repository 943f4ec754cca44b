"""The styleguide in a real browser: focus, touch targets, contrast, print."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.urls import include, path
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gwonseon.krds.styleguide import styleguide
from tests.browser.conftest import WIDTHS, Check
from tests.browser.keyboard import FOCUS_IS_VISIBLE

Open = Callable[..., Page]

# The styleguide is only routed with DEBUG, so it is added here.
urlpatterns = [path("styleguide/", styleguide), path("", include("gwonseon.urls"))]

# Controls that must be large enough for touch; links inside sentences may be as small as a line.
TARGETS = """
  .krds-btn, .link-button, .menu-button, .brand, .search-box button, .search-box input,
  .contrast-switch button, .site-nav a, .breadcrumb-list a, .site-footer-links a,
  .krds-form-check label, .krds-input, .krds-form-select, .file-input, .pagination a,
  .error-summary a, .page-meta a, .neighbours a, .pillar-card, .initiative-item h3 a,
  .activity-item > a, .result-item h3 a
"""


@pytest.fixture
def address(settings: LazySettings, transactional_db: None, live_server: LiveServer) -> str:
    """Return the address of a portal with the styleguide."""
    settings.ROOT_URLCONF = __name__
    return live_server.url


def high_contrast(page: Page, address: str) -> None:
    page.context.add_cookies([{"name": "contrast", "value": "high", "url": address}])


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def focused(page: Page) -> str:
    """Return the id of the element that has focus."""
    return page.evaluate("document.activeElement.id")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_every_part_is_accessible(
    address: str, open_page: Open, accessible: Check, width: int, contrast: str
) -> None:
    page = open_page(width)
    if contrast == "high":
        high_contrast(page, address)
    page.goto(f"{address}/styleguide/")

    expect(page).to_have_title("오류: 모양 | 권선구 구정계획")
    accessible(page)


@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    address: str, open_page: Open, contrast: str
) -> None:
    page = open_page(1280)
    if contrast == "high":
        high_contrast(page, address)
    page.goto(f"{address}/styleguide/")
    reached: list[str] = []
    name = ""

    # From the error summary to the end, and from the top until the first element again. A native
    # date field is one element with several stops.
    while len(reached) < 2 or name != reached[0]:
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(() => { const it = document.activeElement; it.dataset.seen ??= Math.random();"
            " return it === document.body ? '' : it.dataset.seen; })()"
        )
        if name:
            reached.append(name)
            html = page.evaluate("document.activeElement.outerHTML")
            assert page.evaluate(FOCUS_IS_VISIBLE), html

    missed = page.eval_on_selector_all(
        "a[href], button, input:not([type=hidden], [type=radio]), select, textarea",
        "all => all.filter(one => !one.disabled && !one.dataset.seen && one.checkVisibility())"
        ".map(one => one.outerHTML)",
    )
    assert missed == []


def test_touch_targets_are_large_enough(address: str, open_page: Open) -> None:
    page = open_page(390, has_touch=True)
    page.goto(f"{address}/styleguide/")
    page.get_by_role("button", name="메뉴").click()

    small = page.eval_on_selector_all(
        TARGETS,
        "all => all.filter(one => one.checkVisibility() &&"
        " one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)",
    )
    assert small == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_an_open_menu_fits_the_screen(address: str, open_page: Open, width: int) -> None:
    page = open_page(width)
    page.goto(f"{address}/styleguide/")
    button = page.get_by_role("button", name="메뉴")
    if width < 1024:
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
    else:
        expect(button).to_be_hidden()

    expect(page.get_by_role("link", name="계획 원문")).to_be_visible()
    assert fits(page)


def test_escape_closes_the_menu_only_where_it_is_open(address: str, open_page: Open) -> None:
    page = open_page(390)
    page.goto(f"{address}/staff/sign-in/")
    page.locator("[name=username]").focus()

    page.keyboard.press("Escape")

    assert focused(page) == "id_username"


def test_the_skip_link_leads_to_the_content(address: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{address}/guide/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="본문 바로가기")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["height"] > 20
    page.keyboard.press("Enter")

    assert focused(page) == "main"


def test_the_summary_has_the_focus_and_leads_to_the_field(address: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{address}/styleguide/")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()

    for line, target in {
        "글: 필수": "id_bad-text",
        "단추로 하나 고르기: 필수": "id_bad-radio_0",
        "날짜와 시각: 필수": "id_bad-moment_0",
        "2번 이름: 필수": "id_lines-1-name",
    }.items():
        summary.get_by_role("link", name=line).first.focus()
        page.keyboard.press("Enter")
        assert focused(page) == target


def test_a_field_is_read_with_its_help_and_its_error(address: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{address}/styleguide/")

    expect(page.locator("#id_bad-text")).to_have_accessible_description(
        "한 줄로 적습니다. 예시: 우리 동네 텃밭 오류: 필수 항목입니다."
    )
    group = page.get_by_role("group", name="단추로 하나 고르기").last
    expect(group).to_have_accessible_description(
        "가장 가까운 것을 고릅니다. 오류: 필수 항목입니다."
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_a_refused_sign_in_is_accessible(
    address: str, open_page: Open, accessible: Check, width: int, contrast: str
) -> None:
    page = open_page(width)
    if contrast == "high":
        high_contrast(page, address)
    page.goto(f"{address}/staff/sign-in/")
    page.locator("[name=username]").fill("예시")
    page.locator("[name=password]").fill("틀림")
    page.get_by_role("button", name="로그인", exact=True).click()

    expect(page.get_by_role("alert")).to_be_focused()
    accessible(page)


def test_switching_the_contrast_keeps_typed_input(address: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{address}/staff/sign-in/")
    page.locator("[name=username]").fill("쓰던 글")
    switch = page.get_by_role("button", name="고대비 화면")

    switch.click()

    expect(page.locator("html")).to_have_attribute("data-krds-mode", "high-contrast")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[name=username]")).to_have_value("쓰던 글")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-krds-mode", "high-contrast")


def test_a_table_is_shown_row_by_row_on_phones(address: str, open_page: Open) -> None:
    page = open_page(390)
    page.goto(f"{address}/styleguide/")

    cells = page.get_by_role("row", name="예시 순찰").get_by_role("cell")
    boxes = [cell.bounding_box() for cell in cells.all()]

    assert len(boxes) == 2
    assert boxes[0]["y"] < boxes[1]["y"]
    assert {round(box["x"]) for box in boxes} == {16}


def test_print_is_white_in_high_contrast_too(address: str, open_page: Open) -> None:
    page = open_page(1280)
    high_contrast(page, address)
    page.goto(f"{address}/styleguide/")
    page.emulate_media(media="print")

    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('h1')).color]"
    )

    assert colours == ["rgb(255, 255, 255)", "rgb(19, 20, 22)"]
    for hidden in (".error-summary", ".site-search", ".neighbours", ".krds-pagination"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_the_kits_fonts_and_icons_load_from_our_server(address: str, open_page: Open) -> None:
    page = open_page(1280)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/styleguide/", wait_until="networkidle")

    loaded = page.evaluate("[...document.fonts].filter(one => one.status === 'loaded').length")
    assert loaded == 2
    assert [url for url in asked if not url.startswith(address)] == []
    assert any(url.endswith(".svg") for url in asked)


def test_nothing_moves_with_reduced_motion(address: str, open_page: Open) -> None:
    page = open_page(1280)
    page.goto(f"{address}/guide/")

    moving = page.eval_on_selector_all(
        "*", "all => all.filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert moving == 0
