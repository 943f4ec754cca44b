"""The arithmetic of progress, with plain numbers."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.progress.arithmetic import Promise, Status, expected, percent, rolled_up, status

FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
BEFORE, AFTER = date(2020, 12, 1), date(2022, 12, 31)
amounts = st.decimals(0, 10_000, places=2)
days = st.integers(0, 364).map(lambda number: FIRST + timedelta(number))


def promise(target: str | None = None, *quarters: str, **period: date) -> Promise:
    return Promise(
        None if target is None else Decimal(target),
        2021,
        quarters=[Decimal(one) for one in quarters],
        **period,
    )


@pytest.mark.parametrize(
    ("given_promise", "on", "amount"),
    [
        (promise(), LAST, None),
        (promise("365"), FIRST, "1"),
        (promise("365"), date(2021, 6, 30), "181"),
        (promise("365"), LAST, "365"),
        (promise("10", starts_on=date(2021, 4, 1), ends_on=date(2021, 4, 10)), FIRST, "0"),
        (promise("10", starts_on=date(2021, 4, 1), ends_on=date(2021, 4, 10)), LAST, "10"),
        (promise("100", "0", "91", "0", "9"), date(2021, 3, 31), "0"),
        (promise("100", "0", "91", "0", "9"), date(2021, 4, 1), "1"),
        (promise("100", "0", "91", "0", "9"), date(2021, 6, 30), "91"),
        (promise("100", "0", "91", "0", "9"), date(2021, 9, 30), "91"),
        (promise("100", "0", "91", "0", "9"), LAST, "100"),
        (promise("100", "0", "91", "0", "9", starts_on=BEFORE), date(2021, 3, 31), "0"),
        (promise("100", "0", "91", "0", "9", starts_on=BEFORE), LAST, "100"),
        (promise("365", starts_on=BEFORE), FIRST, "1"),
        (promise("365", ends_on=AFTER), LAST, "365"),
    ],
)
def test_the_expected_amount_of_a_day(given_promise: Promise, on: date, amount: str | None) -> None:
    found = expected(given_promise, on)

    assert found == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("given_promise", "counted", "on", "stands"),
    [
        (promise(), "0", LAST, Status.NOT_STARTED),
        (promise(), "1", FIRST, Status.ON_COURSE),
        (promise("12"), "0", FIRST, Status.NOT_STARTED),
        (promise("12"), "0", date(2021, 3, 31), Status.LATE),
        (promise("12"), "2", date(2021, 3, 31), Status.ON_COURSE),
        (promise("12"), "12", date(2021, 3, 31), Status.GOING_ON),
        (promise("12"), "12", LAST, Status.DONE),
        (promise("12"), "11", LAST, Status.LATE),
        (promise("12", ends_on=AFTER), "12", LAST, Status.DONE),
        (promise("12", ends_on=date(2021, 6, 30)), "12", date(2021, 6, 30), Status.DONE),
    ],
)
def test_the_status_of_a_day(
    given_promise: Promise, counted: str, on: date, stands: Status
) -> None:
    assert status(given_promise, Decimal(counted), on, on_hold=False) == stands
    assert status(given_promise, Decimal(counted), on, on_hold=True) == Status.ON_HOLD


@given(st.decimals(1, 10_000, places=2), st.lists(days, min_size=2))
def test_the_expected_amount_only_grows_up_to_the_target(target: Decimal, on: list[date]) -> None:
    one = promise(str(target))
    amounts_by_day = [expected(one, day) for day in sorted(on)]

    assert amounts_by_day == sorted(amounts_by_day)
    assert expected(one, LAST) == target


@given(
    st.decimals(1, 10_000, places=2),
    st.lists(st.dates(BEFORE, AFTER), min_size=2, max_size=2).map(sorted),
    st.booleans(),
    days,
)
def test_a_period_is_limited_to_the_year(
    target: Decimal, period: list[date], has_quarters: bool, on: date
) -> None:
    quarters = [str(target), "0", "0", "0"] if has_quarters else []
    one = promise(str(target), *quarters, starts_on=period[0], ends_on=period[1])
    held = [max(min(day, LAST), FIRST) for day in period]
    of_the_year = promise(str(target), *quarters, starts_on=held[0], ends_on=held[1])

    assert expected(one, on) == expected(of_the_year, on)
    assert expected(one, LAST) == target
    assert expected(one, FIRST - timedelta(1)) == 0


@given(st.lists(st.tuples(st.decimals("0.01", 99, places=2), amounts), min_size=1))
def test_a_groups_rate_is_between_its_parts_and_at_most_100(
    parts: list[tuple[Decimal, Decimal]],
) -> None:
    rates = [min(rate, Decimal(100)) for _weight, rate in parts]

    assert min(rates) - Decimal("0.1") < rolled_up(parts) <= max(rates)


def test_a_group_without_parts_has_no_rate() -> None:
    assert rolled_up([]) is None


def test_a_rate_just_below_100_is_not_rounded_up() -> None:
    assert percent(Decimal("9999.99"), Decimal(10_000)) == Decimal("99.9")
    assert percent(Decimal(30), Decimal(12)) == Decimal(250)


def test_the_expected_amount_has_no_rounding_errors() -> None:
    april = Promise(Decimal(30), 2021, date(2021, 4, 1), date(2021, 4, 30))
    assert expected(april, date(2021, 4, 10)) == 10
    assert status(april, Decimal(9), date(2021, 4, 10), on_hold=False) == Status.LATE
    assert percent(Decimal(4), expected(april, date(2021, 4, 8))) == 50

    quarters = Promise(Decimal(120), 2021, quarters=[Decimal(30)] * 4)
    assert expected(quarters, date(2021, 1, 30)) == 10
    assert status(quarters, Decimal(0), date(2021, 1, 3), on_hold=False) == Status.LATE
    assert percent(Decimal(2), Fraction(20, 3)) == 30


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 89))
def test_pace_and_lateness_equal_a_calculation_in_integers(
    target: int, counted: int, days: int
) -> None:
    one = Promise(Decimal(target), 2021, quarters=[Decimal(target), *[Decimal(0)] * 3])
    on = date(2021, 1, 1) + timedelta(days=days)
    due = target * (days + 1) // 90
    told = status(one, Decimal(counted), on, on_hold=False)
    assert (told == Status.LATE) == (counted < target and counted < due)
    pace = percent(Decimal(counted), expected(one, on))
    assert pace == Decimal(counted * 90 * 1000 // (target * (days + 1))) / 10
