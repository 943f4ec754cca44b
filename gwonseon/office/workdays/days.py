"""Working days of the office: weekdays without the public holidays and the office's own."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

A_DAY = timedelta(days=1)
WEEK = 7
WEEKDAYS = 5


@dataclass(frozen=True)
class Calendar:
    """Days off by name, and days that are worked although they are days off elsewhere.

    It counts without walking through the days, so that thousands of due days cost little.
    """

    off: Mapping[date, str]
    worked: frozenset[date] = frozenset()

    @cached_property
    def _closed_weekdays(self) -> list[date]:
        return sorted(one for one in self.off if is_weekday(one) and one not in self.worked)

    @cached_property
    def _worked_weekends(self) -> list[date]:
        return sorted(one for one in self.worked if not is_weekday(one))

    def is_workday(self, day: date) -> bool:
        """Return whether the office works on a day."""
        return day in self.worked or (is_weekday(day) and day not in self.off)

    def reason(self, day: date) -> str:
        """Return the name of a day off; "" for a working day, or a weekend without a name."""
        return "" if day in self.worked else self.off.get(day, "")

    def between(self, first: date, last: date) -> int:
        """Return how many working days come after `first`, up to and with `last`.

        Negative if `last` is earlier: between Friday and Monday is one, and back it is minus one.
        """
        return self._number(last) - self._number(first)

    def add(self, day: date, count: int) -> date:
        """Return the day that is so many working days after a day."""
        for _number in range(count):
            day = self.next_workday(day)
        return day

    def next_workday(self, day: date) -> date:
        """Return the first working day after a day."""
        day += A_DAY
        while not self.is_workday(day):
            day += A_DAY
        return day

    def _number(self, day: date) -> int:
        """Return how many working days there were since year 1, up to and with a day."""
        weeks, rest = divmod(day.toordinal(), WEEK)
        weekdays = weeks * WEEKDAYS + min(rest, WEEKDAYS)
        closed = bisect_right(self._closed_weekdays, day)
        return weekdays - closed + bisect_right(self._worked_weekends, day)


def is_weekday(day: date) -> bool:
    """Return whether a day is a Monday to Friday."""
    return day.weekday() < WEEKDAYS
