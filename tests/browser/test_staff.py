"""Staff's pages in a real browser: the way of a change, with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from plans.tree.models import Activity, Initiative
from tests.browser.conftest import WIDTHS, Check
from tests.factories.amendments import planners, requested

Open = Callable[..., Page]

PAGES = [
    "/staff/",
    "/staff/?person=&state=published",
    "/staff/plans/",
    "/staff/plans/2021/",
    "/staff/plans/2021/next/",
    "/staff/plans/2021/amendments/",
    "/staff/plans/handover/",
    "/staff/account/",
]


@pytest.fixture
def sign_in(portal_2021: str, demo_password: str) -> Callable[[Page, str], None]:
    """Sign somebody in, with the keyboard alone."""

    def signed_in(page: Page, username: str) -> None:
        page.goto(f"{portal_2021}/staff/sign-in/")
        page.get_by_label("아이디").focus()
        page.keyboard.type(username)
        page.keyboard.press("Tab")
        page.keyboard.type(demo_password)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("내 업무")

    return signed_in


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_pages_are_accessible(
    portal_2021: str, open_page: Open, sign_in: Callable, accessible: Check, width: int
) -> None:
    activity = Activity.objects.get(slug="joint-patrol")
    amendment = requested(activity, planners()[0], title="새 제목")
    node = f"/staff/plans/2021/activity/{activity.pk}/"
    page = open_page(width)
    sign_in(page, "demo-planner")

    others = [node, f"{node}history/", f"{node}move/", f"{node}retire/"]
    change = f"/staff/plans/2021/amendments/{amendment.pk}/"
    for url in [*PAGES, *others, change]:
        page.goto(portal_2021 + url)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url


def press(page: Page, name: str, role: str = "button") -> None:
    """Go to a control as the keyboard does, and press Enter on it."""
    control = page.get_by_role(role, name=name).first
    control.focus()
    expect(control).to_be_focused()
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Type over what stands in a field."""
    page.get_by_label(label).first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_a_target_is_amended_and_a_resident_reads_it(
    portal_2021: str, open_page: Open, sign_in: Callable
) -> None:
    activity = Activity.objects.get(slug="joint-patrol")
    author, approver, resident = open_page(1280), open_page(1280), open_page(390)

    sign_in(author, "demo-safety")
    author.goto(f"{portal_2021}/staff/plans/2021/activity/{activity.pk}/")
    write(author, "단위", "회")
    write(author, "연간 목표", "12")
    press(author, "저장(약속은 변경안에 적기)")
    expect(author.locator("h1")).to_contain_text("작성 중")
    write(author, "변경 사유", "한 달에 한 번 돌기로 했습니다.")
    write(author, "근거", "예시 방침 제1호")
    press(author, "승인 신청")
    expect(author.locator("h1")).to_contain_text("승인 대기")

    sign_in(approver, "demo-planner")
    press(approver, "변경 결정하기", role="link")
    press(approver, "승인하고 반영")
    expect(approver.locator("h1")).to_contain_text("반영")

    resident.goto(f"{portal_2021}/2021/activity/joint-patrol/")
    expect(resident.locator("main")).to_contain_text("12회")
    expect(resident.locator("main")).to_contain_text("한 달에 한 번 돌기로 했습니다.")
    expect(resident.locator("main")).not_to_contain_text("예시 안전 축 총괄")


def test_the_tree_is_arranged_with_the_keyboard(
    portal_2021: str, open_page: Open, sign_in: Callable
) -> None:
    initiative = Initiative.objects.get(slug="crime-patrol")
    first, second = initiative.activities.order_by("position")
    page = open_page(1280)
    sign_in(page, "demo-planner")
    page.goto(f"{portal_2021}/staff/plans/2021/")

    press(page, f"「{second.shown_title}」 위로")

    expect(page.locator(f"#activity-{second.pk}")).to_be_focused()
    assert list(initiative.activities.order_by("position")) == [second, first]
