"""The clock opens periods by its schedule."""

from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone

from gwonseon.celery import app
from gwonseon.office.roles import PLANNER
from plans.tracking.models import Period
from plans.tracking.periods import set_up_periods
from tests.factories.office import staff
from tests.factories.tree import PlanFactory


@pytest.mark.django_db
def test_the_schedule_names_a_tick_that_opens_what_is_due() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["open-periods"]
    app.loader.import_default_modules()
    plan = PlanFactory(year=2021, published=True)
    set_up_periods(plan=plan, kind=Period.Kind.HALF, by=staff(PLANNER))

    app.tasks[entry["task"]].apply(throw=True)

    assert timezone.localdate() > date(2022, 1, 1)
    assert {one.state for one in Period.objects.all()} == {Period.State.OPEN}
