"""Working days are counted as somebody with a calendar counts them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwonseon.office.workdays.days import A_DAY, Calendar
from gwonseon.office.workdays.models import Holiday
from gwonseon.office.workdays.queries import office_calendar

# 2021: Monday 1 March is a public holiday; Friday 5 March is the office's own day off, and
# Saturday 6 March is worked for it.
CALENDAR = Calendar(
    {dt.date(2021, 3, 1): "삼일절", dt.date(2021, 3, 5): "예시", dt.date(2021, 3, 7): "예시"},
    frozenset({dt.date(2021, 3, 6)}),
)
DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2021, 3, 31))
CALENDARS = st.builds(
    Calendar, st.dictionaries(DAYS, st.just("예시"), max_size=20), st.frozensets(DAYS, max_size=20)
)


def march(day: int) -> dt.date:
    return dt.date(2021, 3, day)


@pytest.mark.parametrize(
    ("day", "is_workday", "reason"),
    [
        (1, False, "삼일절"),
        (2, True, ""),
        (5, False, "예시"),
        (6, True, ""),
        (7, False, "예시"),
        (13, False, ""),
    ],
)
def test_a_day_is_worked_or_not(day: int, is_workday: bool, reason: str) -> None:
    assert CALENDAR.is_workday(march(day)) == is_workday
    assert CALENDAR.reason(march(day)) == reason


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [(2, 2, 0), (2, 3, 1), (4, 8, 2), (5, 6, 1), (6, 7, 0), (8, 4, -2), (1, 31, 22)],
)
def test_days_between_are_those_after_the_first(first: int, last: int, count: int) -> None:
    assert CALENDAR.between(march(first), march(last)) == count


def test_working_days_are_added() -> None:
    assert CALENDAR.next_workday(dt.date(2021, 2, 26)) == march(2)
    assert CALENDAR.add(march(4), 0) == march(4)
    assert CALENDAR.add(march(4), 2) == march(8)


@settings(max_examples=50)
@given(CALENDARS, DAYS, DAYS)
def test_between_is_what_a_walk_counts(calendar: Calendar, one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    walked = [first + A_DAY * step for step in range(1, (last - first).days + 1)]
    count = sum(calendar.is_workday(day) for day in walked)

    assert calendar.between(first, last) == count
    assert calendar.between(last, first) == -count


@settings(max_examples=50)
@given(CALENDARS, DAYS, st.integers(0, 30))
def test_what_is_added_lies_between(calendar: Calendar, day: dt.date, count: int) -> None:
    assert calendar.between(day, calendar.add(day, count)) == count


def test_the_calendar_has_public_holidays_and_the_office_s_own(db: None) -> None:
    Holiday.objects.create(on=march(5), name="예시 임시공휴일")
    Holiday.objects.create(on=march(1), name="예시 비상근무", is_worked=True)

    calendar = office_calendar()

    assert calendar.is_workday(march(1))
    assert calendar.reason(march(5)) == "예시 임시공휴일"
    # 16 August 2021, a Monday, is a day off in place of Sunday 15.
    assert not calendar.is_workday(dt.date(2021, 8, 16))
    assert "광복절" in calendar.reason(dt.date(2021, 8, 16))


@pytest.mark.parametrize(
    ("eve", "after"), [("1995-01-30", "1995-02-02"), ("2100-02-08", "2100-02-11")]
)
def test_public_holidays_of_the_first_and_the_last_plan_count(
    db: None, eve: str, after: str
) -> None:
    """New Year of the Moon, in the years of the earliest and the latest plan."""
    calendar = office_calendar()

    assert calendar.between(dt.date.fromisoformat(eve), dt.date.fromisoformat(after)) == 1
