"""The working days around a day: public holidays, and the office's own table."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from django.utils import timezone

from gwonseon.office.workdays.days import Calendar
from gwonseon.office.workdays.models import Holiday

# What is late for longer is late by as many weekdays.
YEARS_BACK = 3
YEARS_AHEAD = 1
# The years of which there is a list, up to so many years ahead.
FIRST_LISTED, LISTED_AHEAD = 2020, 5


@dataclass(frozen=True)
class DayOff:
    """A day of a year's list: a public holiday, a row of the office's table, or both."""

    on: date
    public_name: str
    own: Holiday | None

    @property
    def name(self) -> str:
        """Return the office's own name of the day, or the public holiday's."""
        return self.own.name if self.own else self.public_name

    @property
    def is_worked(self) -> bool:
        """Return whether the office works on the day all the same."""
        return bool(self.own and self.own.is_worked)


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


def shown_years() -> range:
    """Return the years of which there is a list of days off."""
    return range(FIRST_LISTED, timezone.localdate().year + LISTED_AHEAD + 1)


def days_off_of(year: int) -> list[DayOff]:
    """Return the days off of a year, and the days that are worked all the same (1 query)."""
    public = public_holidays(year)
    own = Holiday.objects.filter(on__year=year).in_bulk()
    days = sorted(public.keys() | own.keys())
    return [DayOff(day, public.get(day, ""), own.get(day)) for day in days]
