"""The steps at which people are told: never an exact day, so that a missed run catches up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reminders.steps import WAITING, step_after, step_before


@pytest.mark.parametrize(
    ("left", "step"),
    [(8, None), (7, "7"), (6, "7"), (4, "7"), (3, "3"), (2, "3"), (1, "1"), (0, "1"), (-1, None)],
)
def test_what_is_due_is_told_at_seven_three_and_one_day(left: int, step: str | None) -> None:
    assert step_before(left) == step


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (0, None),
        (1, "late-1"),
        (2, "late-1"),
        (3, "late-3"),
        (7, "late-3"),
        (8, "late-8"),
        (12, "late-8"),
        (13, "late-13"),
        (103, "late-103"),
    ],
)
def test_what_is_late_is_told_after_one_and_three_days_and_every_fifth(
    days: int, step: str | None
) -> None:
    assert step_after(days) == step


def test_what_waits_is_told_after_three_days_and_every_fifth() -> None:
    steps = [step_after(days, WAITING) for days in (2, 3, 7, 8, 13)]

    assert steps == [None, "late-3", "late-3", "late-8", "late-13"]


@given(st.sets(st.integers(-10, 60), min_size=1))
def test_a_missed_day_is_caught_up_once(days: set[int]) -> None:
    """Whichever days the clock runs on, each step is told at most once, and the last one is."""
    told = [step_after(day) if day > 0 else step_before(-day) for day in sorted(days)]
    changes = [one for before, one in zip([None, *told], told, strict=False) if one != before]

    assert len(changes) == len(set(changes))
    last = max(days)
    assert told[-1] == (step_after(last) if last > 0 else step_before(-last))
