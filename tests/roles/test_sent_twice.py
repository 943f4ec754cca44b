"""A form that is sent twice, by a double click or after a lost response, adds one row only."""

from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from pghistory.models import Event

from gwonseon.office.models import PersonalAccess
from gwonseon.office.roles import PLANNER
from tests.factories.office import staff
from tests.roles.conftest import Numbers, SignIn
from tests.roles.test_writes import WRITES
from tests.transactions import undone

pytestmark = [pytest.mark.django_db, pytest.mark.long]

OURS = ("office", "plans", "safety", "welfare", "civic", "culture", "otp_totp", "otp_static")
# One role that may send each route's form; routes only for the author are tested with the author.
SENDERS = {route: min(allowed) for route, (_data, allowed) in WRITES.items() if allowed}


def tables() -> list[type[Model]]:
    """Return all models but those of events and logs."""
    models = [one for label in OURS for one in apps.get_app_config(label).get_models()]
    logs = (Event, PersonalAccess)
    return [one for one in models if not one._meta.proxy and not issubclass(one, logs)]


def rows() -> dict[str, int]:
    """Return how many rows each table has (1 query)."""
    names = [model._meta.db_table for model in tables()]
    counts = (f"SELECT '{name}', count(*) FROM {name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


def test_every_form_sent_twice_adds_one_row(
    client: Client, numbers: Numbers, sign_in: SignIn, subtests: pytest.Subtests
) -> None:
    desk = Client()
    desk.force_login(staff(PLANNER))
    for route, sender in SENDERS.items():
        with subtests.test(route), undone():
            sign_in(client, sender)
            url = route.format(**numbers)
            send_twice(client, url, WRITES[route][0](desk, url, numbers))


def send_twice(client: Client, url: str, data: dict[str, Any]) -> None:
    """Send a form again, as a double click does, and check that no table grows."""
    client.post(url, data)
    before = rows()
    for one in data.values():
        if isinstance(one, UploadedFile):
            one.seek(0)

    answer = client.post(url, data)

    assert answer.status_code < 500
    assert rows() == before
