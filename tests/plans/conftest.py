"""Fixture of the 2021 plan that comes with the portal."""

import pytest
from django.core.management import call_command

from plans.tree.models import Plan


@pytest.fixture
def plan_2021(db: None) -> Plan:
    call_command("seed")
    return Plan.objects.get()
