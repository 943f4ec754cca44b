"""Read the access log: in pages, newest first, and by month for its review."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Min, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from gwonseon.office.access_log.months import (
    begins_at,
    is_over,
    month_of,
    months_between,
    next_month,
)
from gwonseon.office.models import AccessReview, PersonalAccess, User

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class AccessPage:
    """One page: its rows, and the row ids at which the older and the newer page begin, or None."""

    rows: list[PersonalAccess]
    before: int | None = None
    after: int | None = None


def page_of(
    found: QuerySet[PersonalAccess], before: int | None = None, after: int | None = None
) -> AccessPage:
    """Return the rows older than `before`, or the nearest ones newer than `after` (1 query).

    Old pages are as fast as new ones.
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
    """Return the id of the oldest row, or None if there are no rows."""
    return rows[-1].pk if rows else None


# From 18 to 9 o'clock and at weekends, in Seoul time.
OUTSIDE_HOURS = Q(at__hour__lt=9) | Q(at__hour__gte=18) | Q(at__week_day__in=[1, 7])


@dataclass(frozen=True)
class LogMonth:
    """A month of the log: its number of rows, and its review or None."""

    month: date
    count: int
    review: AccessReview | None

    @property
    def is_over(self) -> bool:
        """Whether the month has ended, so that it can be reviewed."""
        return is_over(self.month)


@dataclass(frozen=True)
class PersonFigures:
    """How many rows one user has in a month: for each act, and outside office hours."""

    person: User
    by_act: Sequence[tuple[str, int]]
    outside: int

    @property
    def total(self) -> int:
        """The number of all rows."""
        return sum(count for _act, count in self.by_act)


def in_month(month: date) -> QuerySet[PersonalAccess]:
    """Return the rows of a month."""
    return PersonalAccess.objects.filter(
        at__gte=begins_at(month), at__lt=begins_at(next_month(month))
    )


def kept_months() -> list[date]:
    """Return the months from the log's first row up to this month, oldest first (1 query)."""
    first = PersonalAccess.objects.aggregate(first=Min("at"))["first"]
    return months_between(month_of(first), month_of(timezone.now())) if first else []


def unreviewed_months() -> list[date]:
    """Return the months that are over and not reviewed, oldest first (2 queries).

    Months without rows are included: the logging may be broken.
    """
    reviewed = set(AccessReview.objects.values_list("month", flat=True))
    return [month for month in kept_months() if is_over(month) and month not in reviewed]


def log_months() -> list[LogMonth]:
    """Return all months of the log, newest first (3 queries).

    A reviewed month has its count from the review; only rows of other months are counted.
    """
    reviews = {one.month: one for one in AccessReview.objects.select_related("reviewed_by")}
    months = kept_months()
    counts = {month: one.count for month, one in reviews.items()}
    counts |= counts_of([month for month in months if month not in reviews])
    return [LogMonth(month, counts.get(month, 0), reviews.get(month)) for month in reversed(months)]


def counts_of(months: Sequence[date]) -> dict[date, int]:
    """Return the number of rows by month (1 query). A month without rows is left out."""
    within = [Q(at__gte=begins_at(month), at__lt=begins_at(next_month(month))) for month in months]
    rows = PersonalAccess.objects.filter(reduce(or_, within, Q(pk__in=[])))
    by_month = rows.values_list(TruncMonth("at", output_field=DateField()))
    return dict(by_month.annotate(count=Count("pk")))


def figures_of(month: date, reader: User) -> list[PersonFigures]:
    """Return each user's figures of a month: `reader` first, then by most rows (2 queries)."""
    rows = (
        in_month(month)
        .values_list("user", "what")
        .annotate(count=Count("pk"), outside=Count("pk", filter=OUTSIDE_HOURS))
    )
    counts, outside = Counter(), Counter()
    for user, what, count, late in rows:
        counts[user, what] = count
        outside[user] += late
    people = User.objects.in_bulk(list(outside))
    figures = [
        PersonFigures(
            people[key], [(what.label, counts[key, what]) for what in PersonalAccess.What], late
        )
        for key, late in outside.items()
    ]
    return sorted(figures, key=lambda one: (one.person != reader, -one.total, one.person.pk))


def downloads_of(month: date) -> list[dict[str, Any]]:
    """Return a month's downloads, grouped by user, day and reason (1 query)."""
    rows = in_month(month).filter(what=PersonalAccess.What.DOWNLOAD)
    rows = rows.values("user__name", "user__username", "reason", day=TruncDate("at"))
    return list(rows.annotate(count=Count("pk"), at=Min("at")).order_by("at"))
