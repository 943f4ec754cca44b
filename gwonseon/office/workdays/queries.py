"""The office's working days: public holidays, and the office's own table."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils import timezone
from holidays.countries import KR

from gwonseon.office.workdays.days import Calendar
from gwonseon.office.workdays.models import Holiday

# The years of which public holidays are known.
KNOWN = range(KR.start_year, KR.end_year + 1)
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


def office_calendar() -> Calendar:
    """Return the office's working days, of any year (1 query)."""
    rows = list(Holiday.objects.all())
    off = public_holidays() | {one.on: one.name for one in rows if not one.is_worked}
    return Calendar(off, frozenset(one.on for one in rows if one.is_worked))


@cache
def public_holidays() -> dict[date, str]:
    """Return all public holidays of Korea with substitute ones, by day.

    A process computes them once, in about 0.1 s: a due day may lie in any year.
    """
    return dict(KR(years=KNOWN, language="ko"))


def shown_years() -> range:
    """Return the years of which there is a list of days off."""
    return range(FIRST_LISTED, timezone.localdate().year + LISTED_AHEAD + 1)


def days_off_of(year: int) -> list[DayOff]:
    """Return the days off of a year, and the days that are worked all the same (1 query)."""
    public = {day: name for day, name in public_holidays().items() if day.year == year}
    own = Holiday.objects.filter(on__year=year).in_bulk()
    days = sorted(public.keys() | own.keys())
    return [DayOff(day, public.get(day, ""), own.get(day)) for day in days]
