"""Lock a row that is read together with rows of other tables."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from gwonseon.refusals import RefusedError

T = TypeVar("T", bound=Model)


def lock_row(rows: QuerySet[T], key: Any) -> T:
    """Lock the row of a key, and return it newly read with its related rows (2 queries).

    The lock is a separate statement. In a statement with a join, PostgreSQL drops the row if
    another transaction changes its foreign key while this one waits for the lock: the row would
    not be found. Raises RefusedError for a row that was deleted meanwhile.
    """
    rows_of_key = rows.model.objects.filter(pk=key).order_by().values_list("pk")
    if not rows_of_key.select_for_update():
        raise RefusedError("그 사이에 지워졌습니다. 목록을 다시 열어 확인해 주세요.")
    return rows.get(pk=key)
