"""Take the README's pictures from a running portal with demo staff and samples (`make seed`).

.venv/bin/python -m docs.take_pictures http://127.0.0.1:8000 the-demo-password
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium

FOLDER = Path(__file__).parent / "pictures"
# File name, address, width and height in CSS pixels.
RESIDENTS = [
    ("home", "/", 1280, 900),
    ("initiative", "/2021/initiative/crime-patrol/", 1280, 1000),
    ("document", "/2021/plan/", 1280, 1000),
    ("activity-phone", "/2021/activity/women-volunteers/", 390, 844),
    ("progress", "/2021/progress/", 1280, 1000),
    ("period", "/2021/periods/3/", 1280, 1000),
]
STAFF = [
    ("workspace", "/staff/?person=", 1280, 1000),
    ("board", "/staff/board/", 1280, 1000),
    ("tree", "/staff/plans/2021/", 1280, 1000),
    ("sheet-phone", "/staff/plans/2021/sheet/", 390, 844),
    ("reports", "/staff/reports/", 1280, 1000),
    ("pillar-phone", "/staff/pillars/safety/", 390, 844),
]
HEADS = [("reminders-phone", "/staff/reminders/", 390, 844)]
Picture = tuple[str, str, int, int]


def main(portal: str, password: str) -> None:
    """Open each page and save a screenshot of it."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=["--no-sandbox"]
        )
        take(browser, portal, RESIDENTS)
        take(browser, portal, STAFF, "demo-planner", password)
        take(browser, portal, HEADS, "demo-head", password)
        browser.close()


def take(
    browser: Browser, portal: str, pictures: list[Picture], account: str = "", password: str = ""
) -> None:
    """Save screenshots; with an account, signed in."""
    context = browser.new_context(reduced_motion="reduce", locale="ko-KR")
    page = context.new_page()
    if account:
        page.goto(f"{portal}/staff/sign-in/")
        page.locator("[name=username]").fill(account)
        page.locator("[name=password]").fill(password)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(f"{portal}/staff/")
    for name, address, width, height in pictures:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(portal + address)
        page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
