"""Reading the access log, the latest first, page after page."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gwonseon.office.models import PersonalAccess

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class AccessPage:
    """One page: its rows, and the numbers from which the page after and before it begins."""

    rows: list[PersonalAccess]
    before: int | None = None
    after: int | None = None


def page_of(
    found: QuerySet[PersonalAccess], before: int | None = None, after: int | None = None
) -> AccessPage:
    """Return the rows older than `before`, or the nearest ones newer than `after` (1 query).

    Every page costs the same, however far back it is.
    """
    if after is not None:
        rows = list(found.filter(pk__gt=after).order_by("pk")[: ROWS_PER_PAGE + 1])
        is_more = len(rows) > ROWS_PER_PAGE
        rows = rows[:ROWS_PER_PAGE][::-1]
        return AccessPage(rows, last_of(rows), rows[0].pk if is_more else None)
    older = found if before is None else found.filter(pk__lt=before)
    rows = list(older.order_by("-pk")[: ROWS_PER_PAGE + 1])
    is_more = len(rows) > ROWS_PER_PAGE
    rows = rows[:ROWS_PER_PAGE]
    newer = rows[0].pk if rows and before is not None else None
    return AccessPage(rows, last_of(rows) if is_more else None, newer)


def last_of(rows: list[PersonalAccess]) -> int | None:
    """Return the number of the oldest row."""
    return rows[-1].pk if rows else None
