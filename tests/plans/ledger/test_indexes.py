"""Queries on the whole ledger can use an index, so that its size does not matter."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.ledger.forms.entries import last_record
from plans.ledger.listing import RecordFilter
from plans.ledger.queries import recordable_by, recordable_with_last
from plans.progress.queries import by_dong, by_month, progress_of
from plans.tree.models import Activity, ActivitySupporter
from tests.factories.ledger import RecordFactory, officer_of, recordable
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db

DAY = date(2021, 3, 2)
LEDGER = '"plans_record"'


@pytest.fixture
def activity() -> Activity:
    return recordable()


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


# Columns of the index `record_sums`: a query of only these needs no table rows.
IN_THE_SUMS = {"activity_id", "happened_on", "quantity", "people", "dong_id", "state"}


def columns_of(index: str) -> list[str]:
    """Return an index's columns in the database, with its included columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname FROM pg_index i"
            " JOIN pg_attribute a ON a.attrelid = i.indexrelid"
            f" WHERE i.indexrelid = '{index}'::regclass ORDER BY a.attnum"
        )
        return [name for (name,) in cursor.fetchall()]


def asked_of_the_ledger(ask: Callable[[], object]) -> set[str]:
    """Return the columns of the ledger that the queries of a function use."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    (asked,) = [one["sql"] for one in queries if f"FROM {LEDGER}" in one["sql"]]
    return set(re.findall(rf'{LEDGER}\."(\w+)"', asked))


def test_months_dong_and_sums_use_only_columns_of_the_index(activity: Activity) -> None:
    assert {*columns_of("record_sums")} | {"state"} == IN_THE_SUMS
    progress = progress_of(activity.plan, DAY)
    for ask in (lambda: progress_of(activity.plan, DAY), *asks_of(progress)):
        assert asked_of_the_ledger(ask) <= IN_THE_SUMS


def asks_of(progress: object) -> tuple[Callable[[], object], ...]:
    return (lambda: by_month(progress), lambda: by_dong(progress))


def test_totals_of_the_list_use_only_columns_of_the_index(
    activity: Activity, officer: User
) -> None:
    RecordFactory.create_batch(3, activity=activity, written_by=officer, confirmed=True)
    form = RecordFilter({"year": "2021"}, user=officer)
    assert asked_of_the_ledger(form.totals) <= IN_THE_SUMS
    assert form.totals() == {"count": 3, "people": None, "quantity": None}


def test_a_year_is_filtered_by_a_range_of_days(officer: User) -> None:
    rows = RecordFilter({"year": "2021"}, user=officer).records()
    assert '"happened_on" BETWEEN 2021-01-01 AND 2021-12-31' in str(rows.query)
    assert '"year" =' not in str(rows.query)


def test_recordable_activities_are_found_without_reading_records(officer: User) -> None:
    for user in (officer, staff(PLANNER)):
        assert LEDGER not in str(recordable_by(user).query)


def test_the_last_record_of_a_user_has_its_own_index(activity: Activity, officer: User) -> None:
    assert columns_of("record_last_of_writer") == ["written_by_id", "activity_id", "id"]
    record = RecordFactory(activity=activity, written_by=officer)
    assert last_record(officer, activity) == record
    assert [one.last for one in recordable_with_last(officer)] == [record.pk]


def test_an_activity_owned_and_supported_is_listed_once(activity: Activity, officer: User) -> None:
    ActivitySupporter.objects.create(activity=activity, department=officer.department)
    assert list(recordable_by(officer)) == [activity]


def test_activities_recorded_last_are_listed_first(client: Client) -> None:
    first = ActivityFactory(initiative__goal__pillar__plan__year=2021)
    second, third = ActivityFactory.create_batch(2, initiative=first.initiative)
    publish(first.plan)
    planner = staff(PLANNER)
    client.force_login(planner)
    for activity, by in ((second, planner), (first, planner), (third, staff(PLANNER))):
        RecordFactory(activity=Activity.objects.get(pk=activity.pk), written_by=by)

    page = client.get("/staff/records/new/")

    assert page.context["activities"] == [first, second, third]
    assert page.context["recent"] == [first, second]
