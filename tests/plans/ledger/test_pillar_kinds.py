"""Kinds of the pillars: the input that they refuse, and the values that they compute."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from plans.facilities.models import FacilityKind
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, officer_of, recordable
from tests.plans.ledger.forms import add_url, errors, filled

pytestmark = pytest.mark.django_db


def page_for(client: Client, kind: str, **facts: Any) -> tuple[Activity, str]:
    """Sign in an officer, and return an activity of a kind with its form's address."""
    activity = recordable(record_kind=kind, **facts)
    client.force_login(officer_of(activity))
    place = FacilityFactory(kinds=FacilityKind.values)
    return activity, f"{add_url(activity)}?facility={place.pk}"


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("patrol", {"students": "0"}, "함께한 사람을 한 명 이상"),
        ("stall-check", {"stalls": "0", "methods": ["eye"], "bell": "works"}, "1"),
        ("stall-check", {"stalls": "3", "bell": "works"}, "점검 방법을 하나 이상"),
        (
            "readiness-check",
            {"season": "snow", "asset": "salt-box", "needed": "3", "ready": "4"},
            "쓸 수 있는 수가 있어야 할 수보다",
        ),
        ("air-measurement", {"place": "outside", "spot": "예시"}, "잰 값을 하나 이상"),
        ("air-measurement", {"place": "outside", "spot": "예시", "pm10": "-1"}, "0"),
        ("water-measurement", {"place": "tank", "spot": "예시", "ph": "15"}, "pH는 0에서 14까지"),
        ("counselling", {"counselled": "2", "placed": "3"}, "상담한 사람보다 많습니다"),
        ("daycare-visit", {"met": "16", "trained": "0"}, "15"),
        ("outing", {"volunteers": "0", "hours": "2"}, "1"),
        ("outing", {"volunteers": "1", "hours": "25"}, "24"),
        ("gathering", {"subject": "예시", "way": "online", "hours": "0"}, "0.5"),
        ("gathering", {"subject": "", "way": "online", "hours": "1"}, "주제"),
        ("upkeep", {"works": []}, "한 일을 하나 이상"),
        ("upkeep", {"works": ["mow"], "defects": "1", "fixed": "2"}, "찾은 고장보다"),
        ("performance", {"title": "가" * 101}, "100"),
    ],
)
def test_each_kind_refuses_impossible_input(
    client: Client, kind: str, typed: dict[str, Any], sentence: str
) -> None:
    _activity, url = page_for(client, kind)
    values = filled(client, url, happened_on="2021-03-02")
    values |= {f"detail-{name}": value for name, value in typed.items()}

    answer = client.post(url, values)

    assert sentence in errors(answer)
    assert not Record.objects.exists()


def test_a_patrols_people_are_the_sum_of_its_groups(client: Client) -> None:
    _activity, url = page_for(client, "patrol")
    values = filled(client, url, happened_on="2021-03-02", starts="21:00", ends="22:30")
    values |= {"detail-students": "12", "detail-police": "2"}

    client.post(url, values | {"findings-0-what": "깨진 보도", "findings-0-category": "road"})

    record = Record.objects.get()
    assert record.people == 14
    assert record.findings.get().category == "road"


@pytest.mark.parametrize(
    ("kind", "typed", "grade"),
    [
        ("air-measurement", {"place": "outside", "pm10": "30"}, "좋음"),
        ("air-measurement", {"place": "outside", "pm10": "30.5"}, "보통"),
        ("air-measurement", {"place": "outside", "pm25": "76"}, "매우나쁨"),
        ("air-measurement", {"place": "daycare", "pm25": "36"}, "기준 초과"),
        ("water-measurement", {"place": "tank", "ph": "8.5"}, "기준 이내"),
        ("water-measurement", {"place": "tank", "ph": "5.7"}, "기준 벗어남"),
        ("water-measurement", {"place": "tank", "coliforms": "0"}, "기준 이내"),
    ],
)
def test_a_measured_value_has_the_grade_of_its_day(
    client: Client, kind: str, typed: dict[str, Any], grade: str
) -> None:
    _activity, url = page_for(client, kind)
    values = filled(client, url, happened_on="2021-03-02") | {"detail-spot": "예시"}
    answer = client.post(url, values | {f"detail-{n}": v for n, v in typed.items()}, follow=True)

    assert f"· {grade}" in answer.text


def test_an_audit_is_confirmed_by_another_person(client: Client) -> None:
    activity, url = page_for(client, "audit")
    values = filled(client, url, happened_on="2021-03-02", confirm="")
    values |= {"detail-scope": "whole", "detail-subject": "예시"}
    values |= {"detail-department": activity.department_id}

    assert "다른 사람이 확정해야" in errors(client.post(url, values))
    client.post(url, {name: value for name, value in values.items() if name != "confirm"})
    record = Record.objects.get()
    client.post(f"{record.get_absolute_url()}confirm/", {"version": 0})
    record.refresh_from_db()
    assert record.is_draft

    client.force_login(officer_of(activity))
    client.post(f"{record.get_absolute_url()}confirm/", {"version": 0})
    record.refresh_from_db()
    assert record.state == Record.State.CONFIRMED


def test_oil_is_counted_in_litres(client: Client) -> None:
    _activity, url = page_for(client, "collection", measure="quantity", unit="L", counted="예시")
    values = filled(client, url, happened_on="2021-03-02", quantity="54.5")

    client.post(url, values | {"detail-cans": "3"})

    assert Record.objects.get().quantity == Decimal("54.5")
