"""Months of the access log, each named by its first day, as they pass in Seoul."""

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
    """Return whether there can be a log of a month: before the first year no portal kept one."""
    return month.year >= FIRST_YEAR and month <= timezone.localdate()


def is_over(month: date) -> bool:
    """Return whether a month has ended, so that nothing can come into it any more."""
    return next_month(month) <= timezone.localdate()


def months_between(first: date, last: date) -> list[date]:
    """Return the months from one to another, both among them."""
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    return months
