"""The steps of a reminder: how many working days before or after a due day it is sent.

A step is the last one that was reached, never an exact day: who was not told on its day is told on
the next one, once, and not for each step that passed.
"""

BEFORE = (7, 3, 1)
AFTER = (1, 3)
WAITING = (3,)
EVERY = 5


def step_before(left: int) -> str | None:
    """Return the step of something that is due in so many working days; None if it is far."""
    reached = [one for one in BEFORE if left <= one]
    return str(reached[-1]) if reached and left >= 0 else None


def step_after(days: int, first: tuple[int, ...] = AFTER) -> str | None:
    """Return the step of something late, or waiting, by so many working days; None if too early.

    The steps are those of `first`, and then every fifth day.
    """
    last = first[-1]
    if days >= last + EVERY:
        return f"late-{days - (days - last) % EVERY}"
    reached = [one for one in first if days >= one]
    return f"late-{reached[-1]}" if reached else None
