"""Lock a row that is read together with rows of other tables."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T", bound=Model)


def lock_row(rows: QuerySet[T], key: Any) -> T:
    """Lock the row of a key, and return it newly read with its related rows (2 queries).

    The lock is a separate statement. In a statement with a join, PostgreSQL drops the row if
    another transaction changes its foreign key while this one waits for the lock: the row would
    not be found.
    """
    rows.model.objects.select_for_update().order_by().values_list("pk").get(pk=key)
    return rows.get(pk=key)
