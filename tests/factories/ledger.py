"""Factories for records and facilities."""

import datetime as dt
from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR
from plans.facilities.models import Facility, FacilityKind
from plans.ledger.actions import RecordEntry
from plans.ledger.models import Record
from plans.tree.models import Activity, Plan
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, PlanFactory, publish


def recordable(year: int = 2021, **facts: Any) -> Activity:
    """Return an activity of a published plan with a department, so that work can be recorded."""
    facts = {"department": DepartmentFactory(), "unit": "회"} | facts
    plan = Plan.objects.filter(year=year).first() or PlanFactory(year=year)
    activity = ActivityFactory(initiative__goal__pillar__plan=plan, **facts)
    publish(plan)
    return Activity.objects.select_related(f"{Activity.PILLAR_PATH}__plan").get(pk=activity.pk)


def officer_of(activity: Activity) -> User:
    """Return a member of staff of the department that owns an activity."""
    return staff(EDITOR, department=activity.department)


def entry(day: str = "2021-03-02", **facts: Any) -> RecordEntry:
    """Return the entry of one day, as if typed in the form."""
    return RecordEntry({"happened_on": dt.date.fromisoformat(day), **facts})


def photo(name: str = "예시.jpg", size: tuple[int, int] = (40, 30), **saving: Any) -> UploadedFile:
    """Return a photo as an uploaded file."""
    content = BytesIO()
    Image.new("RGB", size, "green").save(content, saving.pop("format", "JPEG"), **saving)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


class FacilityFactory(DjangoModelFactory):
    """A facility."""

    class Meta:
        model = Facility

    name = factory.Sequence(lambda n: f"예시 시설 {n}")
    kinds = factory.LazyFunction(lambda: [FacilityKind.OTHER.value])
    dong = factory.LazyFunction(lambda: Dong.objects.order_by("position").first())


class RecordFactory(DjangoModelFactory):
    """A draft record of a `recordable` activity; `confirmed=True` makes it confirmed."""

    class Meta:
        model = Record

    class Params:
        confirmed = factory.Trait(
            state=Record.State.CONFIRMED,
            confirmed_by=factory.SelfAttribute("written_by"),
            confirmed_at=factory.LazyFunction(timezone.now),
            confirmed_on=factory.LazyFunction(timezone.localdate),
        )

    activity = factory.LazyFunction(recordable)
    kind = factory.SelfAttribute("activity.record_kind")
    year = factory.SelfAttribute("activity.plan.year")
    happened_on = factory.LazyAttribute(lambda record: dt.date(record.year, 3, 2))
    written_by = factory.SubFactory(UserFactory)
