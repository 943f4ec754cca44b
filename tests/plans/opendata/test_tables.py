"""The open data's tables as CSV and JSON, their schemas and their addresses."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker
from time_machine import travel

from gwonseon.office.models import Dong
from plans.opendata.tables.declaring import NUMBERS, DataTable
from plans.opendata.tables.every import TABLES, table_named
from plans.tracking.milestones.models import Milestone
from plans.tree.models import Plan
from tests.factories.amendments import amend
from tests.factories.ledger import FacilityFactory, RecordFactory, recordable
from tests.factories.tree import ActivityFactory, InitiativeFactory, PlanFactory, publish

pytestmark = pytest.mark.django_db
BY_NAME = pytest.mark.parametrize("table", TABLES, ids=[one.name for one in TABLES])


def rows_of(client: Client, name: str) -> list[dict[str, Any]]:
    """Return a table's rows, read as JSON."""
    answer = client.get(f"/data/v1/{name}.json")
    return json.loads(answer.getvalue(), parse_float=Decimal)["rows"]


def lines_of(client: Client, name: str) -> list[dict[str, str]]:
    """Return a table's rows, read as CSV."""
    text = client.get(f"/data/v1/{name}.csv").getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_every_table_is_as_its_schema_says(client: Client, closed_2021: Plan) -> None:
    FacilityFactory(name="=예시()", capacity=3)
    amend(closed_2021.activity_set.get(slug="joint-patrol"), title="예시 바뀐 순찰")
    for table in TABLES:
        schema = client.get(f"/data/v1/{table.name}.schema.json").json()
        Draft202012Validator.check_schema(schema)
        document = json.loads(client.get(f"/data/v1/{table.name}.json").getvalue())
        checker = Draft202012Validator(schema, format_checker=FormatChecker())
        errors = [one.message for one in checker.iter_errors(document)]
        assert errors[:3] == [], table.name
        rows = rows_of(client, table.name)
        assert rows or table.name == "milestones", table.name
        keys = [tuple(row[name] for name in table.key) for row in rows]
        assert len(keys) == len(set(keys)), table.name
        assert [as_csv(table, row) for row in rows] == lines_of(client, table.name), table.name


def as_csv(table: DataTable, row: dict[str, Any]) -> dict[str, str]:
    """Return a row as its line in CSV says it."""
    found = {}
    for column in table.columns:
        value = row[column.name]
        text = "" if value is None else str(value)
        if column.type not in NUMBERS and text.startswith(("=", "+", "-", "@")):
            text = f"'{text}"
        found[column.name] = text
    return found


def test_figures_by_month_and_dong_add_up(client: Client) -> None:
    activity = recordable()
    dong = Dong.objects.order_by("position").first()
    for day, place in (("2021-02-01", dong), ("2021-02-09", None), ("2021-05-04", dong)):
        RecordFactory(
            activity=activity, happened_on=date.fromisoformat(day), dong=place, confirmed=True
        )
    RecordFactory(activity=activity)

    (total,) = rows_of(client, "totals")
    assert (total["amount"], total["records"], total["is_hidden"]) == (3, 3, False)
    months = rows_of(client, "months")
    assert [row["amount"] for row in months] == [0, 2, 0, 0, 1, *[0] * 7]
    parts = rows_of(client, "months-by-dong")
    assert [(row["month"], row["dong"], row["amount"]) for row in parts] == [
        (2, dong.name, 1),
        (2, "", 1),
        (5, dong.name, 1),
    ]


def personal_months(numbers: list[int], year: int = 2021) -> None:
    """Confirm records of a personal kind: so many in each month from January on."""
    activity = recordable(year, record_kind="contact", measure="records")
    for month, number in enumerate(numbers, 1):
        for _one in range(number):
            RecordFactory(activity=activity, happened_on=date(year, month, 3), confirmed=True)


def test_small_months_of_personal_records_are_masked_with_another(client: Client) -> None:
    personal_months([6, 2, 7, 5, 6, 6, 6, 6, 6, 6, 6, 6])

    months = rows_of(client, "months")
    assert [row["amount"] for row in months] == [6, None, 7, None, *[6] * 8]
    assert {row["records"] for row in months} == {None}
    assert [row["is_hidden"] for row in months].count(True) == 2
    assert [row["amount"] for row in rows_of(client, "totals")] == [68]
    assert rows_of(client, "months-by-dong") == []


def test_months_of_personal_records_are_told_once_the_year_is_over(client: Client) -> None:
    with travel(datetime(2021, 12, 31, 14, 59, tzinfo=UTC), tick=False):
        personal_months([6] * 12)
        assert [row["amount"] for row in rows_of(client, "months")] == [None] * 12
        assert [row["amount"] for row in rows_of(client, "totals")] == [72]
    with travel(datetime(2021, 12, 31, 15, 0, tzinfo=UTC), tick=False):
        assert [row["amount"] for row in rows_of(client, "months")] == [6] * 12


def test_a_small_sum_of_personal_records_is_masked(client: Client) -> None:
    personal_months([4])

    assert {row["amount"] for row in rows_of(client, "months")} == {None}
    assert [row["amount"] for row in rows_of(client, "totals")] == [None]


def test_the_number_of_queries_does_not_depend_on_rows(client: Client) -> None:
    first = recordable()
    RecordFactory(activity=first, confirmed=True)
    costs = {one.name: queries(client, one.name) for one in TABLES}
    for year in (2022, 2023):
        RecordFactory(activity=recordable(year), confirmed=True)
        FacilityFactory()

    assert {one.name: queries(client, one.name) for one in TABLES} == costs
    assert max(costs.values()) <= 12


def queries(client: Client, name: str) -> int:
    """Return how many queries a table's file makes."""
    with CaptureQueriesContext(connection) as found:
        client.get(f"/data/v1/{name}.csv").getvalue()
    return len(found)


def test_what_is_not_changed_is_not_sent_again(client: Client) -> None:
    activity = recordable()
    first = client.get("/data/v1/totals.csv")
    first.getvalue()
    again = client.get("/data/v1/totals.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])

    with connection.cursor() as cursor:
        RecordFactory(activity=activity, confirmed=True)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    later = client.get("/data/v1/totals.csv", headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]
    assert client.head("/data/v1/totals.csv").getvalue() == b""


def test_a_draft_plan_is_nowhere(client: Client) -> None:
    activity = ActivityFactory(initiative__goal__pillar__plan=PlanFactory(year=2021), target=None)
    Milestone.objects.create(activity=activity, title="예시", planned_on=date(2021, 3, 2))

    assert [one.name for one in TABLES if rows_of(client, one.name)] == []
    assert b"BEGIN:VEVENT" not in client.get("/data/calendar.ics").content


def test_what_ended_in_the_draft_was_never_part_of_the_plan(client: Client) -> None:
    shown = ActivityFactory(initiative__goal__pillar__plan=PlanFactory(year=2021))
    ActivityFactory(initiative=shown.initiative, retired_on=date(2021, 1, 2))
    ended = InitiativeFactory(goal=shown.initiative.goal, retired_on=date(2021, 1, 2))
    ActivityFactory(initiative=ended)
    publish(shown.plan)

    assert [row["slug"] for row in rows_of(client, "targets")] == [shown.slug]


@pytest.mark.parametrize("address", ["nothing.csv", "nothing.json", "nothing.schema.json", "x/"])
def test_an_unknown_table_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/data/v1/{address}").status_code == 404


def test_every_address_of_the_description_answers(client: Client) -> None:
    recordable()
    assert "모두 받기(ZIP)" in client.get("/data/").content.decode()
    description = client.get("/data/v1/openapi.json").json()
    for schema in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for address, operations in description["paths"].items():
        answer = client.get(address)
        said = operations["get"]["responses"]["200"]["content"]
        assert answer.status_code == 200, address
        assert "ETag" in answer, address
        media = answer["Content-Type"].partition(";")[0]
        assert media.replace("schema+json", "json") in said, address
        if answer.streaming:
            answer.getvalue()


def test_the_catalogue_names_every_file(client: Client) -> None:
    found = client.get("/data/v1/catalog.jsonld").json()

    addresses = [
        part["dcat:downloadURL"]["@id"]
        for one in found["dcat:dataset"]
        for part in one["dcat:distribution"]
    ]
    assert len(addresses) == 2 * len(TABLES) + 1
    assert all(one.startswith("http://testserver/data/v1/") for one in addresses)


@BY_NAME
def test_every_column_is_explained(client: Client, table: DataTable) -> None:
    page = client.get(f"/data/v1/{table.name}/").content.decode()

    assert table_named(table.name).title in page
    for column in table.columns:
        assert f"<code>{column.name}</code>" in page
