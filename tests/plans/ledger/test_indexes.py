"""What is asked of the whole ledger is answered from an index, whatever the ledger's size."""

from collections.abc import Callable, Iterator
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


@pytest.fixture
def few_rows(activity: Activity, officer: User) -> Iterator[None]:
    """PostgreSQL reads a small table whole, unless it must not."""
    RecordFactory.create_batch(3, activity=activity, written_by=officer, confirmed=True)
    with connection.cursor() as cursor:
        # What it knows of the table is of this moment, not of other tests' rows.
        cursor.execute(f"ANALYZE {LEDGER}")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET enable_seqscan; RESET enable_bitmapscan")


def leave_alone(index: str) -> None:
    """Drop the ledger's other indexes in this transaction: of three rows any of them is as good.

    Those that hold what is unique stay.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index"
            f" WHERE indrelid = '{LEDGER}'::regclass AND NOT indisunique"
        )
        names = {name for (name,) in cursor.fetchall()}
        assert index in names
        cursor.execute("".join(f"DROP INDEX {name};" for name in names - {index}))


def reading(ask: Callable[[], object]) -> str:
    """Return how PostgreSQL reads the ledger when something is asked."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    (asked,) = [one["sql"] for one in queries if f"FROM {LEDGER}" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_months_dong_and_sums_are_counted_in_the_index_alone(
    few_rows: None, activity: Activity
) -> None:
    leave_alone("record_sums")
    progress = progress_of(activity.plan, DAY)
    for ask in (lambda: progress_of(activity.plan, DAY), *asks_of(progress)):
        assert "Index Only Scan using record_sums" in reading(ask)


def asks_of(progress: object) -> tuple[Callable[[], object], ...]:
    return (lambda: by_month(progress), lambda: by_dong(progress))


def test_totals_of_the_list_are_summed_in_the_index_alone(few_rows: None, officer: User) -> None:
    leave_alone("record_sums")
    form = RecordFilter({"year": "2021"}, user=officer)
    assert "Index Only Scan using record_sums" in reading(form.totals)
    assert form.totals() == {"count": 3, "people": None, "quantity": None}


def test_a_year_is_asked_for_by_its_days(officer: User) -> None:
    rows = RecordFilter({"year": "2021"}, user=officer).records()
    assert '"happened_on" BETWEEN 2021-01-01 AND 2021-12-31' in str(rows.query)
    assert '"year" =' not in str(rows.query)


def test_who_may_record_is_asked_without_the_ledger(officer: User) -> None:
    for user in (officer, staff(PLANNER)):
        assert LEDGER not in str(recordable_by(user).query)


def test_what_one_wrote_last_is_looked_up_in_an_index(
    few_rows: None, activity: Activity, officer: User
) -> None:
    leave_alone("record_last_of_writer")
    for ask in (
        lambda: list(recordable_with_last(officer)),
        lambda: last_record(officer, activity),
    ):
        assert "using record_last_of_writer" in reading(ask)


def test_what_is_owned_and_supported_is_offered_once(activity: Activity, officer: User) -> None:
    ActivitySupporter.objects.create(activity=activity, department=officer.department)
    assert list(recordable_by(officer)) == [activity]


def test_choosing_begins_with_what_one_wrote_last(client: Client) -> None:
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
