"""Fixtures of the ledger: an activity, its officer, their client, and a folder for files."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from gwonseon.office.models import User
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Store uploaded files in the test's own folder, and return it."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def activity(db: None) -> Activity:
    return recordable(measure="quantity", unit="회", counted="예시로 센 것")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """Return a client signed in as the officer of the activity's department."""
    client.force_login(officer)
    return client
