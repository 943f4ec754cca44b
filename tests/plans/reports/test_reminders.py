"""Owners of exports are told once that a worker made them, until they take them."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from gwonseon.office.models import User
from gwonseon.office.roles import READER
from plans.reminders.models import Absence
from plans.reports.exports.actions import ask, fail, make_next
from plans.reports.exports.models import KEPT, Export
from plans.reports.requests import Format, ReportKind, ReportRequest
from tests.factories.office import UserFactory, staff
from tests.factories.tree import ActivityFactory, publish
from tests.plans.reminders.conftest import found_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(settings: Settings, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    return staff(READER)


@pytest.fixture
def waiting(reader: User) -> Export:
    plan = publish(ActivityFactory(initiative__goal__pillar__plan__year=2021).plan)
    request = ReportRequest(ReportKind.AMENDMENTS, plan, on=date(2021, 12, 31))
    return ask(request=request, format=Format.CSV, token=uuid4(), by=reader)


def told(export: Export, days: int = 0) -> list[tuple[int, str]]:
    """Return who is told of exports so many days after it was asked for, and why."""
    day = timezone.localdate(export.asked_at) + timedelta(days=days)
    return [(one.person, one.why) for one in found_on(str(day), "exports")]


def test_the_owner_is_told_until_the_file_is_taken(
    client: Client, waiting: Export, reader: User
) -> None:
    assert not told(waiting)
    make_next(timezone.now())
    assert told(waiting) == [(reader.pk, "다 되었습니다")]
    assert not told(waiting, KEPT.days + 1)

    client.force_login(reader)
    client.get(waiting.get_absolute_url())
    assert told(waiting)
    assert b"".join(client.get(reverse("reports:file", args=[waiting.pk])).streaming_content)
    assert not told(waiting)


def test_the_owner_is_told_why_it_failed_until_that_is_read(
    client: Client, waiting: Export, reader: User
) -> None:
    fail(waiting, "예시 까닭")
    assert told(waiting) == [(reader.pk, "예시 까닭")]

    client.force_login(reader)
    assert "예시 까닭" in client.get(waiting.get_absolute_url()).text
    assert not told(waiting)


def test_nobody_else_is_told_nor_who_may_not_open_it(waiting: Export, reader: User) -> None:
    make_next(timezone.now())
    day = timezone.localdate(waiting.asked_at)
    Absence.objects.create(person=reader, stand_in=UserFactory(), first_on=day, last_on=day)

    assert told(waiting) == [(reader.pk, "다 되었습니다")]
    reader.groups.clear()
    assert not told(waiting)
