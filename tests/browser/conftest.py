"""Fixtures for browser tests: real Chromium, a real server, and accessibility checks by axe."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as portal
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gwonseon.office.models import User
from plans.tree.models import Activity
from tests.browser import chromium
from tests.browser.accessibility import Accessibility, Check
from tests.browser.keyboard import Keyboard
from tests.civic.notices.conftest import Office

WIDTHS = [390, 1280]

# Playwright keeps an event loop in the thread that the tests run in.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

SitDown = Callable[..., Keyboard]


@pytest.fixture(scope="session", autouse=True)
def static_files_as_they_lie() -> None:
    """Let WhiteNoise serve static files from the project, because tests do not collect them."""
    portal.WHITENOISE_USE_FINDERS = portal.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the machine's Chromium, or the one that the tests installed."""
    return {"executable_path": str(chromium.executable()), "args": ["--no-sandbox"]}


@pytest.fixture
def portal_2021(
    settings: LazySettings,
    tmp_path: Path,
    transactional_db: None,
    live_server: LiveServer,
) -> str:
    """Return the address of a portal with the 2021 plan and demo staff."""
    settings.VAR = tmp_path
    settings.DEMO = True
    call_command("seed")
    return live_server.url


@pytest.fixture
def demo_password(portal_2021: str, settings: LazySettings) -> str:
    """Return the demo staff's password."""
    return (settings.VAR / "demo_password").read_text()


@pytest.fixture
def office(portal_2021: str) -> Office:
    """Return the demo staff, and the activity of the plan that counts notices."""
    activity = Activity.objects.get(slug="sms-information")
    author, head = (User.objects.get(username=f"demo-{role}") for role in ("officer", "head"))
    return Office(activity, author, head)


class Complaints(list[str]):
    """Errors that the browser reported: console errors, script errors, refused resources."""

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: message.type == "error" and self.append(message.text))
        page.on("pageerror", lambda error: self.append(str(error)))


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Collect errors that the browser reports, and fail the test on any."""
    found = Complaints()
    yield found
    assert found == []


@pytest.fixture
def open_page(browser: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page without animations; options are Playwright's."""
    contexts: list[BrowserContext] = []

    def opened(width: int, **options: Any) -> Page:
        viewport = {"width": width, "height": 900}
        context = browser.new_context(
            viewport=viewport, reduced_motion="reduce", locale="ko-KR", **options
        )
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def accessible() -> Check:
    """Return a check of a page: axe finds no violation, and nothing is wider than the screen."""
    return Accessibility().check


@pytest.fixture(scope="session")
def accessible_at_all_widths(accessible: Check) -> Check:
    """Check a page at every width; it keeps the last."""

    def check(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            accessible(page)

    return check


def sign_in(page: Page, user: User, address: str) -> None:
    """Give a page the session of a user, without the form."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


@pytest.fixture
def sit_down(
    portal_2021: str, demo_password: str, open_page: Callable[..., Page], accessible: Check
) -> SitDown:
    """Return a function that opens a page for keyboard use and signs a staff member in."""

    def sat(username: str = "", width: int = 1280) -> Keyboard:
        keyboard = Keyboard(open_page(width), accessible)
        if username:
            keyboard.open(f"{portal_2021}/staff/sign-in/")
            keyboard.write("아이디", username)
            keyboard.write("비밀번호", demo_password)
            keyboard.press("로그인")
            expect(keyboard.page.locator("h1")).to_have_text("내 업무")
        return keyboard

    return sat
