"""Masked months cannot be worked out, not even by who knows the rule and the year's sum."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans.opendata.tables.masking import told_months, told_total

MONTHS = 12
# Small numbers meet the rule's limits more often.
amounts = st.one_of(st.integers(0, 8), st.integers(0, 60)).map(Decimal)
years = st.lists(amounts, min_size=MONTHS, max_size=MONTHS)


def view(year: list[Decimal]) -> tuple[list[Decimal | None], Decimal | None]:
    """Return all that is told of a year: its months, and its sum, as other pages tell it."""
    return told_months(year, is_over=True), told_total(sum(year))


def others(year: list[Decimal], month: int) -> list[list[Decimal]]:
    """Return years that differ from a year in one month; one may look the same when masked."""
    found = []
    for other in range(MONTHS):
        swapped = list(year)
        swapped[month], swapped[other] = year[other], year[month]
        found.append(swapped)
        for moved in (1, -1):
            shifted = list(year)
            shifted[month] += moved
            shifted[other] -= moved
            found.append(shifted)
        found.append([sum(year) if one == other else Decimal(0) for one in range(MONTHS)])
    one_more = list(year)
    one_more[month] += 1 if year[month] == 0 else -1
    found.append(one_more)
    return [one for one in found if one[month] != year[month] and min(one) >= 0]


@given(years)
@example([Decimal(4)] * MONTHS)
@example([Decimal(4), Decimal(4), *[Decimal(5)] * 10])
@example([Decimal(0)] * MONTHS)
@example([Decimal(0)] * 11 + [Decimal(9)])
@example([Decimal(1), *[Decimal(30)] * 11])
def test_no_masked_month_can_be_worked_out(year: list[Decimal]) -> None:
    """For each masked month, another amount is possible with the same published numbers."""
    seen = view(year)
    for month, told in enumerate(seen[0]):
        if told is None:
            assert any(view(other) == seen for other in others(year, month)), month


@given(years)
def test_what_is_told_is_true_and_not_small(year: list[Decimal]) -> None:
    told = told_months(year, is_over=True)

    assert all(
        one is None or (one == was and one >= 5) for one, was in zip(told, year, strict=True)
    )
    masked = [was for one, was in zip(told, year, strict=True) if one is None]
    assert not masked or (len(masked) > 1 and (sum(masked) >= 5 or len(masked) == MONTHS))


@given(years)
def test_nothing_is_told_while_the_year_runs(year: list[Decimal]) -> None:
    assert told_months(year, is_over=False) == [None] * MONTHS


@pytest.mark.parametrize(
    ("year", "masked"),
    [
        ([5] * 12, set()),
        # One small month would be the sum less the others: the next smallest is masked, too.
        ([3, 20, 9, *[20] * 9], {0, 2}),
        # All that are equally small are masked at once.
        ([3, 9, 9, *[20] * 9], {0, 1, 2}),
        # Two small ones are only masked with a third where they are fewer than five together.
        ([1, 2, 9, *[20] * 9], {0, 1, 2}),
        ([1, 4, 5, *[20] * 9], {0, 1}),
        # Equal ones are half of what is left.
        ([4, 4, 9, *[20] * 9], {0, 1, 2}),
        # Two small ones that are not five together, and nothing that would hide them.
        ([*[0] * 10, 2, 2], set(range(12))),
        # One month alone is not told; two are.
        ([3, *[9] * 10, 20], set(range(12))),
        ([3, *[9] * 9, 20, 20], set(range(10))),
        ([*[0] * 11, 9], set(range(12))),
    ],
)
def test_the_rule(year: list[int], masked: set[int]) -> None:
    told = told_months([Decimal(one) for one in year], is_over=True)

    assert {month for month, one in enumerate(told) if one is None} == masked


def test_a_years_sum_is_told_from_five_on() -> None:
    assert [told_total(Decimal(one)) for one in (0, 4, 5)] == [None, None, Decimal(5)]
