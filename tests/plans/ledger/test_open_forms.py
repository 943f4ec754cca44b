"""A kind or measure that changes while a record's form is open: no input is lost silently."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gwonseon.office.roles import PLANNER
from plans.editing.nodes.actions import save_node
from plans.facilities.models import FacilityKind
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.amendments import amend
from tests.factories.ledger import FacilityFactory, officer_of, recordable
from tests.factories.office import staff
from tests.plans.ledger.forms import add_url, errors, filled

pytestmark = pytest.mark.django_db

ANEW = "그 사이 이 활동의 기록 양식이나 재는 방법이 바뀌었습니다."


def desk_of(client: Client, activity: Activity) -> Client:
    client.force_login(officer_of(activity))
    return client


def change_kind(activity: Activity, kind: str) -> None:
    values = {"record_kind": kind}
    version = Activity.objects.get(pk=activity.pk).version
    save_node(node=activity, values=values, version=version, by=staff(PLANNER))


def hidden(answer: Any) -> dict[str, Any]:
    """Return the hidden values of a page's form."""
    form = answer.context["forms"].record
    return {name: form[name].value() for name in ("token", "version", "state", "asked")}


def test_after_a_change_of_kind_input_without_a_field_is_shown(client: Client) -> None:
    activity = recordable(record_kind="patrol", measure="records")
    desk = desk_of(client, activity)
    values = filled(desk, add_url(activity), happened_on="2021-03-02", note="글", confirm="")
    values |= {"detail-residents": "4", "starts": "19:00", "findings-0-what": "예시 파손"}
    change_kind(activity, "plain")

    answer = desk.post(add_url(activity), values)

    assert ANEW in errors(answer)
    assert not Record.objects.exists()
    assert "글</textarea>" in answer.text
    lost = dict(answer.context["forms"].unplaced)
    assert lost["주민(명)"] == "4"
    assert lost["시작 시각"] == "19:00"
    assert "예시 파손" in lost.values()
    assert "예시 파손" in answer.text

    desk.post(add_url(activity), values | hidden(answer))
    assert Record.objects.get().kind == "plain"


def test_after_a_change_of_kind_findings_and_facilities_are_asked_for(client: Client) -> None:
    activity = recordable(record_kind="plain")
    place = FacilityFactory(kinds=[FacilityKind.PARK])
    desk = desk_of(client, activity)
    values = filled(desk, add_url(activity), happened_on="2021-03-02", note="글", people="3")
    change_kind(activity, "inspection")

    answer = desk.post(add_url(activity), values)
    assert ANEW in errors(answer)
    assert ("인원(명)", "3") in answer.context["forms"].unplaced
    management = answer.context["forms"].findings.management_form
    values |= hidden(answer) | {one.html_name: one.value() for one in management}
    values |= {"detail-outcome": "fine", "detail-way": "regular"}

    answer = desk.post(add_url(activity), values)
    assert "어느 시설인지 고르세요." in errors(answer)
    assert f'<option value="{place.pk}"' in answer.text

    desk.post(add_url(activity), values | hidden(answer) | {"facility": str(place.pk)})
    assert Record.objects.get().facility == place


def test_after_a_change_of_measure_the_typed_quantity_is_shown(
    desk: Client, activity: Activity
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", quantity="15")
    amend(Activity.objects.get(), measure="records")

    answer = desk.post(add_url(activity), values)

    assert ANEW in errors(answer)
    assert answer.context["forms"].unplaced == [("수량(회)", "15")]
    assert not Record.objects.exists()
    desk.post(add_url(activity), values | hidden(answer))
    assert Record.objects.get().quantity is None


def test_after_a_change_of_unit_the_form_is_shown_again(desk: Client, activity: Activity) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", quantity="15")
    amend(Activity.objects.get(), unit="명")

    answer = desk.post(add_url(activity), values)

    assert ANEW in errors(answer)
    assert "수량(명)" in answer.text
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        *("", "plain", "[]", '["", "", "", ""]', "{", "9" * 5000, "[" * 100_000),
        '["plain", "quantity", "", "\\ud800"]',
        '["plain", {}, 1, null]',
    ],
)
def test_an_invalid_hidden_measure_is_refused(desk: Client, activity: Activity, asked: str) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", asked=asked)
    assert "기록하는 화면을 새로 열어" in errors(desk.post(add_url(activity), values))


@pytest.mark.parametrize(
    ("measured", "kind"),
    [
        ({"measure": "records"}, "plain"),
        ({"measure": "people"}, "plain"),
        ({"unit": "명"}, "plain"),
        ({"measure": "records"}, "inspection"),
    ],
)
def test_a_table_for_an_old_measure_or_kind_is_not_written(
    desk: Client, activity: Activity, measured: dict[str, str], kind: str
) -> None:
    address = reverse("ledger:records_add", args=[activity.pk])
    table = "추진일자\t수량(회)\t인원(명)\n2021-03-02\t5\t3"
    preview = desk.post(address, {"pasted": table}).url
    seen = desk.get(preview).context["seen"]
    amend(Activity.objects.get(), **measured)
    if kind != "plain":
        change_kind(Activity.objects.get(), kind)

    for answer in (
        desk.get(preview, follow=True),
        desk.post(preview, {"seen": seen, "confirm": "1"}, follow=True),
    ):
        assert answer.redirect_chain[-1][0] == address
        assert ANEW in answer.text
    assert not Record.objects.exists()
