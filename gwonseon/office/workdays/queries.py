"""The working days around a day: public holidays, and the office's own table."""

from datetime import date
from functools import lru_cache

import holidays

from gwonseon.office.workdays.days import Calendar
from gwonseon.office.workdays.models import Holiday

# What is late for longer is late by as many weekdays.
YEARS_BACK = 3
YEARS_AHEAD = 1


def calendar_around(day: date) -> Calendar:
    """Return the working days of the years around a day (1 query)."""
    off: dict[date, str] = {}
    for year in range(day.year - YEARS_BACK, day.year + YEARS_AHEAD + 1):
        off |= public_holidays(year)
    rows = list(Holiday.objects.all())
    off |= {one.on: one.name for one in rows if not one.is_worked}
    return Calendar(off, frozenset(one.on for one in rows if one.is_worked))


@lru_cache(maxsize=50)
def public_holidays(year: int) -> dict[date, str]:
    """Return Korea's public holidays of a year with substitute ones, by day."""
    return dict(holidays.country_holidays("KR", years=year, language="ko"))
