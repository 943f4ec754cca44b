"""Locking a row that is read with what it names."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T", bound=Model)


def lock_row(rows: QuerySet[T], key: Any) -> T:
    """Lock a row, and return what it says now with what it names (2 queries).

    The lock comes in a statement of its own. From one that joins, PostgreSQL drops a row whose
    foreign key another transaction changes while the lock is waited for: it would not be found.
    """
    rows.model.objects.select_for_update().order_by().values_list("pk").get(pk=key)
    return rows.get(pk=key)
