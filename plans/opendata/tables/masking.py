"""Choose which monthly sums of personal records to publish, so that no other is revealed.

The rule, for the twelve months of one activity, whose year's sum other pages tell from five on:

1. Nothing is told while the year runs: who keeps yesterday's file would subtract it from today's.
2. A month below five is masked, also one without any.
3. If any is masked, the smallest of the others are masked, too (all that are equally small at
   once), until at least two are masked, together they are at least five, and they are not all
   equal.
4. If fewer than two months would be left to tell, none is told.

Dong are never told of personal records, so there is no second margin to subtract from.

Which months are masked depends only on the set of amounts. So the amounts of masked months can be
exchanged with each other and everything that is told stays as it is: as they are not all equal, no
masked month is certain, not even for who knows this rule. Where none is told, the year's sum could
be that of one month alone.
"""

from collections.abc import Sequence
from decimal import Decimal

from plans.progress.figures import SMALLEST_SHOWN

FEWEST_TOLD = 2
FEWEST_MASKED = 2


def told_months(amounts: Sequence[Decimal], *, is_over: bool) -> list[Decimal | None]:
    """Return the amounts of a year's months that may be published; None for a masked month.

    `is_over` is whether the year is.
    """
    if not is_over:
        return [None] * len(amounts)
    limit = largest_masked(amounts)
    if limit is None:
        return list(amounts)
    told = [None if one <= limit else one for one in amounts]
    is_enough = sum(one is not None for one in told) >= FEWEST_TOLD
    return told if is_enough else [None] * len(amounts)


def largest_masked(amounts: Sequence[Decimal]) -> Decimal | None:
    """Return the amount up to which months are masked; None where none is."""
    if min(amounts) >= SMALLEST_SHOWN:
        return None
    levels = sorted(set(amounts))
    small = [one for one in levels if one < SMALLEST_SHOWN]
    for level in levels[len(small) - 1 :]:
        if is_hidden_well([one for one in amounts if one <= level]):
            return level
    return levels[-1]


def is_hidden_well(masked: Sequence[Decimal]) -> bool:
    """Return whether nobody can work out the masked amounts from their sum."""
    is_many = len(masked) >= FEWEST_MASKED and sum(masked) >= SMALLEST_SHOWN
    return is_many and len(set(masked)) > 1


def told_total(amount: Decimal) -> Decimal | None:
    """Return the year's sum of personal records; None if it is too small to be published."""
    return None if amount < SMALLEST_SHOWN else amount
