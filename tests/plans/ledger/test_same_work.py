"""Another form with the same work: the user is asked before it is counted twice."""

from typing import Any

import pytest
from django.test import Client

from gwonseon.office.models import User
from plans.ledger.actions import add_record, void_record
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.ledger import entry, officer_of, recordable
from tests.plans.ledger.forms import add_url, errors, filled

pytestmark = pytest.mark.django_db


def again(desk: Client, activity: Activity, **values: Any) -> Any:
    """Send a new form for the same day, and return the response."""
    values = {"happened_on": "2021-03-02", "quantity": "3", "confirm": ""} | values
    return desk.post(add_url(activity), filled(desk, add_url(activity), **values))


@pytest.mark.parametrize("button", [{"confirm": ""}, {"draft": ""}])
def test_recording_the_same_work_again_needs_confirmation(
    desk: Client, activity: Activity, button: dict[str, str]
) -> None:
    again(desk, activity, note="글", **button)
    first = Record.objects.get()

    answer = again(desk, activity, note="오타를 고친 글", **button)

    assert f"같은 내용의 2021. 3. 2. 실적(번호 {first.pk})이(가) 이미 있습니다." in errors(answer)
    assert f'href="{first.get_absolute_url()}"' in answer.text
    assert "오타를 고친 글</textarea>" in answer.text
    assert "따로 한 일입니다" in answer.text
    assert Record.objects.count() == 1

    again(desk, activity, note="오타를 고친 글", another="on", **button)
    assert Record.objects.count() == 2


@pytest.mark.parametrize(
    "other", [{"happened_on": "2021-03-03"}, {"quantity": "4"}, {"people": "2"}]
)
def test_other_work_needs_no_confirmation(
    desk: Client, activity: Activity, other: dict[str, str]
) -> None:
    again(desk, activity)
    again(desk, activity, **other)
    assert Record.objects.count() == 2


def test_the_same_work_by_a_colleague_needs_no_confirmation(
    desk: Client, client: Client, activity: Activity, officer: User
) -> None:
    again(desk, activity)
    client.force_login(officer_of(activity))
    again(client, activity)
    assert Record.objects.count() == 2


def test_voided_work_can_be_recorded_again(desk: Client, activity: Activity, officer: User) -> None:
    record = add_record(activity=activity, entry=entry(quantity=3), by=officer, confirm=True)
    void_record(record=record, reason="예시", by=officer)
    again(desk, activity)
    assert Record.objects.confirmed().count() == 1


def test_other_details_or_hours_are_other_work(client: Client) -> None:
    activity = recordable(record_kind="patrol")
    client.force_login(officer_of(activity))
    common = {"quantity": "", "starts": "19:00"}
    url = add_url(activity)

    def post(**values: str) -> Any:
        values = filled(client, url, happened_on="2021-03-02", **common) | values
        return client.post(url, values)

    post(**{"detail-residents": "3"})
    post(**{"detail-residents": "4"})
    post(starts="21:00")
    assert Record.objects.count() == 3
    assert "이미 있습니다" in errors(post(starts=""))
    assert "이미 있습니다" in errors(post())
    assert Record.objects.count() == 3


def test_the_same_form_sent_again_gets_a_message(desk: Client, activity: Activity) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", quantity="3", confirm="")
    desk.post(add_url(activity), values)
    page = desk.post(add_url(activity), values, follow=True).text
    assert "이미 저장되어 있는 실적이라 또 적지 않았습니다." in page
    assert Record.objects.count() == 1
