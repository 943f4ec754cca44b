"""Who writes, and what is written."""

import pytest
from django.test import Client

from gwonseon.office.roles import PLANNER
from plans.tree.models import Activity
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory


@pytest.fixture
def activity(db: None) -> Activity:
    """An activity of a draft."""
    return ActivityFactory(title="순찰")


@pytest.fixture
def planner(client: Client, db: None) -> Client:
    """A client signed in with 기획's account."""
    client.force_login(staff(PLANNER))
    return client
