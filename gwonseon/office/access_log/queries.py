"""Reading the access log: the latest first, page after page; and month by month, for its review."""

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


# From 18 to 9 o'clock and at weekends, as the clock goes in Seoul.
OUTSIDE_HOURS = Q(at__hour__lt=9) | Q(at__hour__gte=18) | Q(at__week_day__in=[1, 7])


@dataclass(frozen=True)
class LogMonth:
    """A month of the log: how many rows it has, and its review."""

    month: date
    count: int
    review: AccessReview | None

    @property
    def is_over(self) -> bool:
        """Whether it can be reviewed."""
        return is_over(self.month)


@dataclass(frozen=True)
class PersonFigures:
    """What one person did in a month: how often, act by act, and how often outside office hours."""

    person: User
    by_act: Sequence[tuple[str, int]]
    outside: int

    @property
    def total(self) -> int:
        """How often in all."""
        return sum(count for _act, count in self.by_act)


def in_month(month: date) -> QuerySet[PersonalAccess]:
    """Return the rows of a month."""
    return PersonalAccess.objects.filter(
        at__gte=begins_at(month), at__lt=begins_at(next_month(month))
    )


def kept_months() -> list[date]:
    """Return the months that the log goes back, this one included (1 query)."""
    first = PersonalAccess.objects.aggregate(first=Min("at"))["first"]
    return months_between(month_of(first), month_of(timezone.now())) if first else []


def unreviewed_months() -> list[date]:
    """Return the months that are over and that nobody has reviewed, the oldest first (2 queries).

    One without rows is among them: a log that falls silent may be broken.
    """
    reviewed = set(AccessReview.objects.values_list("month", flat=True))
    return [month for month in kept_months() if is_over(month) and month not in reviewed]


def log_months() -> list[LogMonth]:
    """Return the months that the log goes back, the newest first (3 queries).

    What was reviewed says how much it was; only the other months' rows are counted.
    """
    reviews = {one.month: one for one in AccessReview.objects.select_related("reviewed_by")}
    months = kept_months()
    counts = {month: one.count for month, one in reviews.items()}
    counts |= counts_of([month for month in months if month not in reviews])
    return [LogMonth(month, counts.get(month, 0), reviews.get(month)) for month in reversed(months)]


def counts_of(months: Sequence[date]) -> dict[date, int]:
    """Return how many rows months have (1 query); none for a month without any."""
    within = [Q(at__gte=begins_at(month), at__lt=begins_at(next_month(month))) for month in months]
    rows = PersonalAccess.objects.filter(reduce(or_, within, Q(pk__in=[])))
    by_month = rows.values_list(TruncMonth("at", output_field=DateField()))
    return dict(by_month.annotate(count=Count("pk")))


def figures_of(month: date, reader: User) -> list[PersonFigures]:
    """Return what each person did in a month, the reader first, then who did most (2 queries)."""
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
    """Return what was downloaded in a month, once for each person, day and reason (1 query)."""
    rows = in_month(month).filter(what=PersonalAccess.What.DOWNLOAD)
    rows = rows.values("user__name", "user__username", "reason", day=TruncDate("at"))
    return list(rows.annotate(count=Count("pk"), at=Min("at")).order_by("at"))
