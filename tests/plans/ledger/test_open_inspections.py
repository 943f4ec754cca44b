"""An inspection's facility and checklist when the facility changes while the form is open."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from gwonseon.office.models import User
from plans.facilities.models import Facility, FacilityKind
from plans.ledger.actions import add_record
from plans.ledger.models import Inspection, Record
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, entry, recordable
from tests.krds.markup import Markup
from tests.plans.ledger.forms import add_url, errors, filled, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(db: None) -> Activity:
    return recordable(record_kind="inspection")


@pytest.fixture
def place() -> Facility:
    return FacilityFactory(kinds=[FacilityKind.PARK])


def typed(desk: Client, activity: Activity, place: Facility) -> tuple[str, dict]:
    url = f"{add_url(activity)}?facility={place.pk}"
    values = filled(desk, url, happened_on="2021-03-02", note="글", confirm="")
    return url, values | {"detail-outcome": "repair", "detail-failed": ["보행로 포장"]}


def change(place: Facility, **facts: Any) -> None:
    Facility.objects.filter(pk=place.pk).update(**facts)


def test_a_facility_that_closed_meanwhile_is_asked_for_again(
    desk: Client, activity: Activity, place: Facility
) -> None:
    url, values = typed(desk, activity, place)
    other = FacilityFactory(kinds=[FacilityKind.PARK])
    change(place, closed_on=dt.date(2021, 3, 2))

    answer = desk.post(url, values)

    assert f"「{place}」은(는) 그 사이 폐쇄되었거나" in errors(answer)
    assert "글</textarea>" in answer.text
    assert Markup(answer.text).one("input", value="보행로 포장", checked="")
    desk.post(url, values | {"facility": str(other.pk)})
    record = Record.objects.get()
    assert (record.facility, record.inspection.failed) == (other, ["보행로 포장"])


def test_an_inspection_before_the_facility_closed_is_recorded(
    desk: Client, activity: Activity, place: Facility
) -> None:
    url, values = typed(desk, activity, place)
    change(place, closed_on=dt.date(2021, 3, 3))
    desk.post(url, values)
    assert Record.objects.get().facility == place


def test_the_checklist_is_that_of_the_form_that_was_filled_in(
    desk: Client, activity: Activity, place: Facility
) -> None:
    url, values = typed(desk, activity, place)
    change(place, kinds=["toilet"])

    desk.post(url, values)

    inspection = Record.objects.get().inspection
    assert inspection.failed == ["보행로 포장"]
    assert "수목 쓰러짐 우려" in inspection.passed
    assert "위생 기구" not in inspection.passed


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_saved_inspection_keeps_its_own_checklist(
    desk: Client, activity: Activity, officer: User, place: Facility, confirmed: bool
) -> None:
    sent = entry(facility_id=place.pk)
    sent.detail = Inspection(
        outcome="repair", passed=["전기·조명", "예전 항목"], failed=["보행로 포장"]
    )
    record = add_record(activity=activity, entry=sent, by=officer, confirm=confirmed)
    change(place, kinds=["toilet"])

    url = page_of(record, "edit")
    answer = desk.get(url)
    assert "위생 기구" not in answer.text
    assert "예전 항목" in answer.text
    desk.post(url, filled(desk, url, note="고친 글", draft=""))

    written = Record.objects.latest("pk")
    assert written.note == "고친 글"
    assert set(written.inspection.passed) == {"전기·조명", "예전 항목"}
    assert written.inspection.failed == ["보행로 포장"]
