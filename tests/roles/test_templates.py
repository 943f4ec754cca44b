"""No template makes a database query: views hand over lists that were read."""

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from tests.factories.office import staff
from tests.roles.addresses import addresses
from tests.roles.conftest import Numbers, SignIn
from tests.roles.test_pages import TABLE

PILLARS = ("safety", "welfare", "civic", "culture")
TEMPLATES = "/django/template/"
# Choices of a form are read when they are rendered; the district, if no view has read it.
ALLOWED = ("/django/forms/", "/gwonseon/office/context.py")


class Asked:
    """Wrapper of `execute` that collects queries made by templates, with the page."""

    def __init__(self) -> None:
        self.url = ""
        self.found: set[tuple[str, str]] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        files = [frame.filename for frame in traceback.extract_stack()]
        if any(TEMPLATES in one for one in files) and not any(
            part in one for one in files for part in ALLOWED
        ):
            self.found.add((self.url, sql.partition(" FROM ")[2] or sql))
        return execute(sql, *given)


@pytest.fixture
def urls(seeded: None, numbers: Numbers) -> list[str]:
    """Return the address of every page but the admin's."""
    every = [url for url in addresses(numbers).values() if not url.startswith("/admin/")]
    return list(dict.fromkeys([*every, *(url.format_map(numbers) for url in TABLE)]))


@pytest.mark.parametrize("column", ["nobody", "author", "officer", "admin"])
def test_no_template_makes_a_query(
    urls: list[str], client: Client, author: User, sign_in: SignIn, column: str
) -> None:
    if column == "author":
        client.force_login(author)
    else:
        sign_in(client, column)
    assert asked_by_templates(client, urls) == set()


def test_no_panels_template_makes_a_query(seeded: None, client: Client) -> None:
    urls = [f"/2021/pillar/{code}/" for code in PILLARS]
    assert asked_by_templates(client, urls) == set()

    client.force_login(staff(PLANNER))
    urls = [f"/staff/pillars/{code}/" for code in PILLARS]
    assert asked_by_templates(client, urls) == set()


def asked_by_templates(client: Client, urls: list[str]) -> set[tuple[str, str]]:
    """Return the queries that templates made while pages were requested."""
    asked = Asked()
    for asked.url in urls:
        with connection.execute_wrapper(asked):
            answer = client.get(asked.url)
        if answer.streaming:
            answer.getvalue()
    return asked.found
