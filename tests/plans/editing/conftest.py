"""Who writes, and what is written."""

import pytest
from django.test import Client

from gwonseon.office.roles import PLANNER
from plans.tree.models import Activity
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory


@pytest.fixture
def activity(db: None) -> Activity:
    """An activity of the draft of 2029."""
    return ActivityFactory(title="순찰", initiative__goal__pillar__plan__year=2029)


@pytest.fixture
def planner(client: Client, db: None) -> Client:
    """A client signed in with 기획's account."""
    client.force_login(staff(PLANNER))
    return client
