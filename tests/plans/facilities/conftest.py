"""Who keeps the register."""

import pytest
from django.test import Client

from gwonseon.office.roles import EDITOR
from tests.factories.office import staff


@pytest.fixture
def officer(client: Client, db: None) -> Client:
    """A client signed in with a department's account."""
    client.force_login(staff(EDITOR))
    return client
