"""Released photos in reports: the latest of each initiative, within its period's days."""

from base64 import b64encode
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gwonseon.office.roles import PLANNER
from plans.ledger.models import Evidence, Record
from plans.ledger.releases.models import PhotoRelease
from plans.reports.building import build
from plans.reports.document import Picture
from plans.reports.formats.html import html_of
from plans.reports.formats.registry import WRITERS
from plans.reports.kinds.extras import released_photos
from plans.reports.requests import Format, Inclusion, ReportKind, ReportRequest
from plans.reports.sources import source_of
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory, photo, recordable
from tests.factories.office import staff
from tests.factories.tracking import first_quarter
from tests.factories.tree import ActivityFactory, PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def released(activity: Activity, day: str) -> PhotoRelease:
    """Return a released photo of a confirmed record of a day."""
    record = RecordFactory(activity=activity, happened_on=date.fromisoformat(day))
    shown = Evidence.of("예시.jpg", Evidence.Type.PHOTO, photo().read(), record=record)
    shown.save()
    facts = {"confirmed_by": record.written_by, "confirmed_at": record.written_at}
    Record.objects.filter(pk=record.pk).update(
        state=Record.State.CONFIRMED, confirmed_on=record.happened_on, **facts
    )
    return PhotoRelease.objects.create(
        evidence=shown, alt=f"{day}에 찍은 공원", caption="예시 설명", released_by=record.written_by
    )


def test_the_latest_photos_of_the_period_are_shown_to_staff(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = PlanFactory(year=2021)
    other = ActivityFactory(initiative__goal__pillar__plan=plan)
    activity = recordable()
    planner = staff(PLANNER)
    first_quarter(activity.plan, by=planner)
    days = ("2021-02-01", "2021-03-02", "2021-01-04", "2021-03-20")
    found = [released(activity, day) for day in days]
    late = released(Activity.objects.get(pk=other.pk), "2021-02-10")
    request = ReportRequest(
        ReportKind.PROGRESS,
        activity.plan,
        on=date(2021, 3, 10),
        parts=frozenset({Inclusion.PHOTOS}),
    )
    assert request.is_internal

    document = build(request)
    pictures = [one for one in document.blocks if isinstance(one, Picture)]
    assert {one.alt for one in pictures} == {one.alt for one in (found[0], found[1], late)}
    assert pictures[0].caption.startswith("예시 설명 · ")
    source = source_of(request)
    with django_assert_num_queries(1):
        assert len(released_photos(source, request)) == 3

    # The page shows a photo at its address, and a file holds it.
    address = reverse("ledger:evidence", args=[found[1].evidence_id])
    client.force_login(planner)
    chosen = {"year": 2021, "kind": "progress", "on": "2021-03-10", "parts": ["photos"]}
    page = client.get(reverse("reports:choose"), chosen).text
    assert f'<img src="{address}" alt="{found[1].alt}">' in page
    assert "data:" not in page
    file = html_of(document).decode()
    assert f"data:image/jpeg;base64,{b64encode(pictures[0].content).decode()}" in file
    assert address not in file
    for name in (Format.HWPX, Format.PDF, Format.TXT, Format.XLSX):
        assert WRITERS[name].write(document)

    nothing = build(replace(request, parts=frozenset()))
    assert not any(isinstance(one, Picture) for one in nothing.blocks)
