"""A case's number is never changed and never used again, whoever writes."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from gwonseon.office.models import User
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable
from welfare.cases.actions import move_case, open_case
from welfare.models import SupportCase

pytestmark = pytest.mark.django_db
MARCH = dt.date(2021, 3, 2)


@pytest.fixture
def activity() -> Activity:
    return recordable(record_kind="contact")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def case(activity: Activity, officer: User) -> SupportCase:
    return open_case(activity=activity, by=officer, opened_on=MARCH)


def refused(constraint: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert error.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    "other",
    [
        {"serial": 2},
        {"year": 2022, "opened_on": dt.date(2022, 3, 2)},
        {"opened_on": dt.date(2021, 3, 3)},
        {"opened_by": None},
        {"opened_at": dt.datetime(2021, 3, 2, tzinfo=dt.UTC)},
        {"token": uuid4()},
        {"id": 880_000},
    ],
)
def test_a_cases_number_and_opening_cannot_change(case: SupportCase, other: dict[str, Any]) -> None:
    refused("case_keeps_its_number", lambda: SupportCase.objects.update(**other))


def test_a_cases_activity_cannot_change(case: SupportCase) -> None:
    other = recordable(2022, record_kind="contact")
    refused("case_keeps_its_number", lambda: SupportCase.objects.update(activity=other))


def test_a_number_is_never_used_again(case: SupportCase, officer: User) -> None:
    refused("case_keeps_its_number", case.delete)
    with connection.cursor() as cursor:
        refused("case_keeps_its_number", lambda: cursor.execute("DELETE FROM welfare_supportcase"))

    assert str(open_case(activity=case.activity, by=officer)) == "2021-0002"


def test_a_number_has_its_plans_year(activity: Activity) -> None:
    def numbered(year: int, opened_on: dt.date) -> Callable[[], object]:
        facts = {"activity": activity, "serial": 7, "year": year, "opened_on": opened_on}
        return lambda: SupportCase.objects.create(**facts)

    refused("case_is_of_its_plans_year", numbered(2022, dt.date(2022, 3, 2)))
    refused("case_opened_in_its_year", numbered(2021, dt.date(2022, 3, 2)))
    numbered(2021, MARCH)()


def test_the_state_of_a_case_can_change(case: SupportCase, officer: User) -> None:
    move_case(case=case, state="closed", version=0, by=officer, closed_on=MARCH)

    assert move_case(case=case, state="review", version=1, by=officer).closed_on is None
