"""Factories for rows of the access log, also for rows of the past."""

from datetime import datetime

from django.db import connection

from gwonseon.office.models import PersonalAccess, User
from tests.triggers import without_trigger


def seen(by: User, subject: str = "사례 2021-0001", **facts: object) -> PersonalAccess:
    """Add and return a row of the log with the present time."""
    given = {"what": PersonalAccess.What.VIEW, "page": "cases:case", "address": "192.0.2.7"}
    return PersonalAccess.objects.create(user=by, subject=subject, **given | facts)


def seen_at(
    moment: datetime, by: User, subject: str = "사례 2021-0001", **facts: object
) -> PersonalAccess:
    """Add and return a row with another time, which only the table's owner can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with without_trigger(PersonalAccess, "dated_by_the_database"):
            row = seen(by, subject, at=moment, **facts)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return row
