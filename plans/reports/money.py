"""Sums of money in a larger unit that still add up.

The whole is rounded to the unit, half up. The parts of a sum are rounded down, and then those that
lost most are raised by one until they add up to the sum; parts of a part in the same way. No value
differs from its exact one by a whole unit.
"""

from collections.abc import Sequence

from plans.tracking.closing.reading import FrozenActivity, FrozenGroup

NAMES = ("planned", "contracted", "spent")
Item = FrozenGroup | FrozenActivity


def rounded(amount: int, unit: int) -> int:
    """Return an amount in 원 in a larger unit, half up."""
    return (2 * amount + unit) // (2 * unit)


def apportioned(whole: int, parts: Sequence[int], unit: int) -> list[int]:
    """Return parts in 원 in a larger unit, adding up to `whole`, which is in that unit.

    `whole` is the exact sum rounded up or down. Of equal remainders the earlier part is raised.
    """
    down = [one // unit for one in parts]
    by_loss = sorted(range(len(parts)), key=lambda at: -(parts[at] % unit))
    for at in by_loss[: whole - sum(down)]:
        down[at] += 1
    return down


class Rounded:
    """The sums of a plan, a part of it, and all that is below, in a larger unit.

    Nothing is planned or reported: None. An activity without a planned budget is in no sum, so it
    is rounded by itself.
    """

    def __init__(self, top: FrozenGroup, unit: int) -> None:
        self.unit = unit
        self._found: dict[tuple[int, str], int | None] = {}
        for name in NAMES:
            exact = exact_of(top, name)
            self._set(top, name, None if exact is None else rounded(exact, unit))

    def of(self, item: Item, name: str) -> int | None:
        """Return the rounded sum of a group or an activity."""
        return self._found[id(item), name]

    def _set(self, item: Item, name: str, amount: int | None) -> None:
        """Set a rounded sum, and those of all that is below."""
        self._found[id(item), name] = amount
        if isinstance(item, FrozenActivity):
            return
        below = [*item.parts, *item.own]
        inside = [one for one in below if is_in_sum(one, name)]
        exact = [exact_of(one, name) for one in inside]
        shares = apportioned(amount, exact, self.unit) if inside else []
        for one, share in zip(inside, shares, strict=True):
            self._set(one, name, share)
        for one in below:
            if not is_in_sum(one, name):
                alone = exact_of(one, name)
                self._set(one, name, None if alone is None else rounded(alone, self.unit))


def is_in_sum(item: Item, name: str) -> bool:
    """Return whether a group's or activity's sum is part of the sum above it."""
    return item.money.planned is not None and exact_of(item, name) is not None


def exact_of(item: Item, name: str) -> int | None:
    """Return a sum in 원; None if nothing was planned or reported."""
    amount = getattr(item.money, name)
    return None if amount is None else int(amount)


def money_note(unit: int, label: str) -> str:
    """Return the sentence that says how sums of money are rounded."""
    if unit == 1:
        return f"단위: {label}."
    return f"단위: {label}. 합계를 반올림하고, 그 합계에 맞게 아래 값을 올리거나 버렸습니다."
