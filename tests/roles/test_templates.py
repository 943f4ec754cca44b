"""No template makes a database query: views hand over lists that were read.

`tests/roles/test_pages.py` checks the same of the pages in its table, for every role.
"""

import pytest
from django.test import Client

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from tests.factories.office import staff
from tests.roles.addresses import addresses
from tests.roles.conftest import Numbers, read
from tests.roles.templates import Queries, queries_of_templates
from tests.roles.test_pages import TABLE

PILLARS = ("safety", "welfare", "civic", "culture")


@pytest.fixture
def urls(seeded: None, numbers: Numbers) -> list[str]:
    """Return the address of every page but the admin's."""
    every = [url for url in addresses(numbers).values() if not url.startswith("/admin/")]
    return list(dict.fromkeys([*every, *(url.format_map(numbers) for url in TABLE)]))


@pytest.mark.parametrize("reader", ["nobody", "author"])
def test_no_template_makes_a_query(
    urls: list[str], client: Client, author: User, reader: str
) -> None:
    if reader == "author":
        client.force_login(author)
    assert asked_by_templates(client, urls) == set()


def test_no_panels_template_makes_a_query(seeded: None, client: Client) -> None:
    urls = [f"/2021/pillar/{code}/" for code in PILLARS]
    assert asked_by_templates(client, urls) == set()

    client.force_login(staff(PLANNER))
    urls = [f"/staff/pillars/{code}/" for code in PILLARS]
    assert asked_by_templates(client, urls) == set()


def asked_by_templates(client: Client, urls: list[str]) -> Queries:
    """Return the queries that templates made while pages were requested."""
    with queries_of_templates() as found:
        for url in urls:
            read(client, url)
    return found
