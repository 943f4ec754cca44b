"""Fixture of a client that may edit facilities."""

import pytest
from django.test import Client

from gwonseon.office.roles import EDITOR
from tests.factories.office import staff


@pytest.fixture
def officer(client: Client, db: None) -> Client:
    """Return a client signed in as a department's editor."""
    client.force_login(staff(EDITOR))
    return client
