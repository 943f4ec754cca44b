"""Every page that no other test shows to axe, with few rows and the banner of samples."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from gwonseon.office.models import District, User
from tests.browser.conftest import Check, Complaints, sign_in
from tests.roles.addresses import addresses
from tests.roles.conftest import (
    Numbers,
    author,
    closings,
    department,
    exports,
    notices,
    numbers,
    people,
    read,
    records,
    seeded,
    updates,
)

__all__ = [
    "author",
    "closings",
    "department",
    "exports",
    "notices",
    "numbers",
    "people",
    "records",
    "seeded",
    "updates",
]

# Pages that other tests check, with more rows, states or contrast; but for some of them.
ELSEWHERE = (
    *("admin:", "budget:", "closing:", "editing:", "notices:", "progress:", "public:", "risks:"),
    *("sent_notices:", "tracking:"),
)
NOT_ELSEWHERE = (
    *("admin:index", "editing:addition", "editing:addition_add", "editing:pillar_add"),
    *("notices:notice_edit", "public:change", "public:changes"),
)


def shows_a_page(client: Client, url: str) -> bool:
    """Return whether an address answers with HTML."""
    answer = read(client, url)
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and is_html


def pages_of(user: User | None, urls: list[str]) -> list[str]:
    """Return the addresses that answer a user with a page."""
    client = Client()
    if user:
        client.force_login(user)
    return [url for url in urls if shows_a_page(client, url)]


@pytest.fixture
def urls(seeded: None, numbers: Numbers) -> list[str]:
    """Return an address of every route to check, in a portal with samples."""
    District.objects.update(is_sample=True)
    found = {route.name: url for route, url in addresses(numbers).items()}
    return [
        url
        for name, url in found.items()
        if name in NOT_ELSEWHERE or not name.startswith(ELSEWHERE)
    ]


@pytest.fixture
def readers(author: User, people: dict[str, User]) -> list[User | None]:
    """Return the people who see all pages between them; None is a resident."""
    return [None, author, *(people[column] for column in ("officer", "head", "admin"))]


def test_every_page_is_accessible(
    live_server: LiveServer,
    urls: list[str],
    readers: list[User | None],
    open_page: Callable[..., Page],
    complaints: Complaints,
    accessible_at_all_widths: Check,
) -> None:
    """Check every page with axe; pages of new routes are included automatically."""
    page = open_page(1280)
    for reader in readers:
        if reader:
            sign_in(page, reader, live_server.url)
        for url in pages_of(reader, urls):
            urls.remove(url)
            page.goto(live_server.url + url)
            accessible_at_all_widths(page)

    for refused in ("/staff/residents/nothing/", "/staff/plans/handover/"):
        page.goto(live_server.url + refused)
        accessible_at_all_widths(page)
    assert [one.split("status of ")[1] for one in complaints] == [
        "404 (Not Found)",
        "403 (Forbidden)",
    ]
    complaints.clear()
