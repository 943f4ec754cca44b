"""Fixtures for editing: a draft's activity, and a client of 기획."""

import pytest
from django.test import Client

from gwonseon.office.roles import PLANNER
from plans.tree.models import Activity
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory


@pytest.fixture
def activity(db: None) -> Activity:
    """Return an activity of the draft of 2029."""
    return ActivityFactory(title="순찰", initiative__goal__pillar__plan__year=2029)


@pytest.fixture
def planner(client: Client, db: None) -> Client:
    """Return a client signed in as 기획."""
    client.force_login(staff(PLANNER))
    return client
