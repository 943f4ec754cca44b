"""The 2021 plan with two closed quarters."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from plans.tracking.closing.models import Closing
from plans.tracking.closing.queries import closings_of, latest_of
from plans.tree.models import Plan
from tests.browser.closed_quarters import close_quarters


@pytest.fixture
def closings(db: None, settings: LazySettings, tmp_path: Path) -> list[Closing]:
    """Return the closings of the first two quarters; the second was reopened once."""
    settings.VAR, settings.DEMO = tmp_path, True
    call_command("seed")
    close_quarters()
    return latest_of(closings_of(Plan.objects.get(year=2021)))
