"""Fixtures of the open data: a portal with records and closed quarters."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from plans.tree.models import Plan
from tests.browser.closed_quarters import close_quarters


@pytest.fixture
def closed_2021(settings: LazySettings, tmp_path: Path, db: None) -> Plan:
    """Return the 2021 plan with two closed quarters, one of them closed twice."""
    settings.VAR = tmp_path
    settings.DEMO = True
    call_command("seed")
    close_quarters()
    return Plan.objects.get()
