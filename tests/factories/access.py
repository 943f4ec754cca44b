"""Rows of the access log, also such as were written long ago."""

from datetime import datetime

from django.db import connection

from gwonseon.office.models import PersonalAccess, User
from tests.triggers import without_trigger


def seen(by: User, subject: str = "사례 2021-0001", **facts: object) -> PersonalAccess:
    """Return a row of the log, of now."""
    given = {"what": PersonalAccess.What.VIEW, "page": "cases:case", "address": "192.0.2.7"}
    return PersonalAccess.objects.create(user=by, subject=subject, **given | facts)


def seen_at(
    moment: datetime, by: User, subject: str = "사례 2021-0001", **facts: object
) -> PersonalAccess:
    """Return a row of another moment, which only the table's owner could have made."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with without_trigger(PersonalAccess, "dated_by_the_database"):
            row = seen(by, subject, at=moment, **facts)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return row
