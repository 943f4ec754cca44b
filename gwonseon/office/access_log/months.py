"""Months of the access log in Seoul time, each given as its first day."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

FIRST_YEAR = 2000


def month_of(moment: datetime) -> date:
    """Return the month that a moment is in."""
    return timezone.localdate(moment).replace(day=1)


def next_month(month: date) -> date:
    """Return the month after another."""
    return (month + timedelta(days=31)).replace(day=1)


def begins_at(day: date) -> datetime:
    """Return the first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def has_begun(month: date) -> bool:
    """Return whether there can be a log of a month: from FIRST_YEAR up to this month."""
    return month.year >= FIRST_YEAR and month <= timezone.localdate()


def is_over(month: date) -> bool:
    """Return whether a month has ended, so that it gets no more rows."""
    return next_month(month) <= timezone.localdate()


def months_between(first: date, last: date) -> list[date]:
    """Return the months from `first` to `last`, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    return months
