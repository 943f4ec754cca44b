"""Who records and puts right."""

import pytest
from django.test import Client

from gwonseon.office.models import User
from plans.tree.models import Activity
from tests.factories.ledger import officer_of


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """A client of the activity's department."""
    client.force_login(officer)
    return client
