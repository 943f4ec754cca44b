"""Fixtures of a user who records findings, and of their client."""

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
    """Return a client signed in as the officer of the activity's department."""
    client.force_login(officer)
    return client
