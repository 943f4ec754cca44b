"""All parts of a file are read as the database was at one moment."""

import csv
import io
import threading
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client

from plans.ledger.models import Record
from plans.opendata.moment import one_moment
from plans.opendata.tables.figures import month_rows, total_rows
from tests.factories.ledger import RecordFactory, recordable

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_record_confirmed_meanwhile_is_in_all_parts_or_in_none(client: Client) -> None:
    activity = recordable()
    RecordFactory(activity=activity, confirmed=True)

    def confirm() -> None:
        try:
            RecordFactory(activity=activity, confirmed=True)
        finally:
            connection.close()

    with one_moment():
        (total,) = total_rows()
        other = threading.Thread(target=confirm)
        other.start()
        other.join()
        assert sum(row[6] for row in month_rows()) == total[5] == 1
    assert Record.objects.count() == 2
    with ZipFile(io.BytesIO(client.get("/data/v1/archive.zip").getvalue())) as archive:
        text = archive.read("tables/totals.csv").decode("utf-8-sig")
    assert [line["amount"] for line in csv.DictReader(io.StringIO(text))] == ["2"]
