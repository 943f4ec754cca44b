"""Fixtures of the 2021 plan that comes with the portal, and to read a page's text."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from plans.tree.models import Plan

Read = Callable[[str], str]


@pytest.fixture
def plan_2021(db: None) -> Plan:
    call_command("seed")
    return Plan.objects.get()


@pytest.fixture
def read(client: Client) -> Read:
    """Return a function that gets a page, requires status 200, and returns its text."""

    def text_of(url: str) -> str:
        response = client.get(url)
        assert response.status_code == 200, url
        main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", main).split())

    return text_of
