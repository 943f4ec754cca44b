"""Closing freezes blockers for the staff; residents get nothing of them but their digest."""

import json
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from plans.tracking.blockers.actions import raise_blocker, resolve_blocker
from plans.tracking.blockers.models import Blocker
from plans.tracking.closing.models import Closing
from tests.factories.office import DepartmentFactory
from tests.factories.tracking import closed, reopened
from tests.plans.conftest import Read
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db


def blocker_of(quarter: Quarter, what: str, *, since: str = "2021-02-01") -> Blocker:
    """Return an open blocker that is there since a day; due on 2021-03-15."""
    values = {"what": what, "department": DepartmentFactory(), "due_on": date(2021, 3, 15)}
    facts = {"activity": quarter.activity, "by": quarter.officer}
    blocker = raise_blocker(**facts, values=values, token=uuid4())
    Blocker.objects.filter(pk=blocker.pk).update(raised_on=since)
    blocker.refresh_from_db()
    return blocker


def resolve(quarter: Quarter, blocker: Blocker, day: date) -> None:
    """Write that a blocker was resolved on a day."""
    facts = {"blocker": blocker, "day": day, "version": blocker.version, "by": quarter.officer}
    resolve_blocker(**facts, resolution="예시 추경")


def close(quarter: Quarter, number: int = 1) -> Closing:
    """Close a quarter, opened if it is not, and return its closing as it is saved."""
    return Closing.objects.get(pk=closed(quarter.period.plan, number, by=quarter.planner).pk)


def told(closing: Closing) -> list[tuple[str, str]]:
    """Return what each frozen blocker is, and the day on which it was resolved."""
    rows: list[dict[str, Any]] = closing.staff_content["blockers"]
    return [(one["what"], one["resolved_on"]) for one in rows]


def test_blockers_are_frozen_as_they_stood_on_the_last_day(quarter: Quarter) -> None:
    blocker_of(quarter, "예시 열린 것")
    for what, day in (("예시 풀린 것", date(2021, 3, 31)), ("예시 뒤에 풀린 것", date(2021, 4, 1))):
        resolve(quarter, blocker_of(quarter, what), day)
    blocker_of(quarter, "예시 뒤에 알린 것", since="2021-04-01")

    first, second = close(quarter), close(quarter, 2)

    assert told(first) == [
        ("예시 열린 것", ""),
        ("예시 풀린 것", "2021-03-31"),
        ("예시 뒤에 풀린 것", ""),
    ]
    assert first.staff_content["blockers"][1]["resolution"] == "예시 추경"
    assert first.staff_content["blockers"][2]["resolution"] == ""
    assert told(second) == [
        ("예시 열린 것", ""),
        ("예시 뒤에 풀린 것", "2021-04-01"),
        ("예시 뒤에 알린 것", ""),
    ]


def test_what_was_resolved_late_is_told_in_the_next_period(quarter: Quarter) -> None:
    blocker = blocker_of(quarter, "예시 늦게 적은 것")
    first = close(quarter)
    resolve(quarter, blocker, date(2021, 3, 20))

    second, third = close(quarter, 2), close(quarter, 3)

    assert told(first) == [("예시 늦게 적은 것", "")]
    assert told(second) == [("예시 늦게 적은 것", "2021-03-20")]
    assert told(third) == []


def test_staff_read_frozen_blockers_and_check_them(
    quarter: Quarter, client: Client, read: Read
) -> None:
    blocker = blocker_of(quarter, "예시 부지가 없음")
    first = close(quarter)
    client.force_login(quarter.officer)
    url = reverse("closing:version", args=[first.pk])
    shown = read(url)
    assert "예시 부지가 없음" in shown
    assert str(blocker.department) in shown
    assert "풀리지 않음" in shown

    reopened(first)
    resolve(quarter, blocker, date(2021, 3, 31))
    second = close(quarter)

    assert read(url) == shown
    assert told(second) == [("예시 부지가 없음", "2021-03-31")]
    sent = client.get(reverse("closing:staff_file", args=[first.pk])).content
    assert sha256(sent).hexdigest() == first.content["staff_digest"]
    assert first.content["staff_digest"] != second.content["staff_digest"]


def test_residents_get_only_a_digest_that_nobody_can_guess(
    quarter: Quarter, client: Client, read: Read
) -> None:
    blocker_of(quarter, "예시 부지가 없음")
    first, second = close(quarter), close(quarter, 2)
    sent = client.get(reverse("public:period_file", args=[2021, 1])).content

    assert sha256(sent).hexdigest() == first.digest
    whole = json.loads(sent)
    assert whole["staff_digest"] == first.content["staff_digest"]
    assert "staff_content" not in whole
    for text in (sent.decode(), read(reverse("public:period", args=[2021, 1]))):
        assert "예시 부지가 없음" not in text
        assert first.staff_content["salt"] not in text
    assert first.staff_content["blockers"] == second.staff_content["blockers"]
    assert first.content["staff_digest"] != second.content["staff_digest"]
