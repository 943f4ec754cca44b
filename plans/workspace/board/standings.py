"""How each activity stands on the board, counted from the ledger or as a closing froze it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse

from gwonseon.fields.numbers import grouped
from plans.progress.arithmetic import Status
from plans.progress.figures import Figure, Group
from plans.tracking.budget.models import Spending
from plans.tracking.budget.queries import Money, money_of
from plans.tracking.closing.models import Closing
from plans.tracking.closing.reading import FrozenActivity, FrozenGroup, decimal, tree_of
from plans.tracking.queries import department_of

# How bad a status is. 보류 and 지연 are as bad: none of them follows from the other.
BADNESS = {
    Status.DONE: 0,
    Status.GOING_ON: 0,
    Status.ON_COURSE: 1,
    Status.NOT_STARTED: 2,
    Status.ON_HOLD: 3,
    Status.LATE: 3,
}


@dataclass(frozen=True)
class Standing:
    """An activity: its status ("" if hidden), amounts (None if hidden or not set) and money.

    `expected` is what should be counted by the day. `has_text` is whether a closing froze an
    approved update.
    """

    lineage: str
    title: str
    url: str
    department: str
    status: str
    status_text: str
    rate: Decimal | None
    target: Decimal | None
    counted: Decimal | None
    expected: Fraction | None
    counted_text: str
    target_text: str
    unit: str
    money: Money
    has_text: bool = False

    @property
    def gap(self) -> Fraction | None:
        """What is missing of the expected amount; None if nothing is, or if it is not known."""
        if self.counted is None or self.expected is None:
            return None
        missing = self.expected - Fraction(self.counted)
        return missing if missing > 0 else None

    @property
    def gap_share(self) -> Fraction:
        """The gap in percent of the yearly target; 0 without a gap."""
        return self.gap * 100 / Fraction(self.target) if self.gap else Fraction(0)

    @property
    def gap_text(self) -> str:
        """The gap with its unit."""
        return f"{grouped(rounded(self.gap, 2))}{self.unit}" if self.gap else ""

    @property
    def expected_text(self) -> str:
        """The expected amount with its unit."""
        return "" if self.expected is None else f"{grouped(rounded(self.expected, 2))}{self.unit}"


@dataclass(frozen=True)
class PillarStanding:
    """A pillar or the whole plan, with its rates and activities."""

    key: str
    title: str
    rate: Decimal | None
    met_rate: Decimal | None
    activities: list[Standing] = field(default_factory=list)


@dataclass(frozen=True)
class Before:
    """What a closing froze of an activity: its status ("" if hidden) and rate."""

    status: str
    rate: Decimal | None


def rounded(amount: Fraction, places: int) -> Decimal:
    """Return an exact amount as a decimal number with at most some decimals."""
    return Decimal(round(amount * 10**places)) / 10**places


def standing_of(figure: Figure, spending: Spending | None) -> Standing:
    """Return how an activity stands by the ledger, for members of staff."""
    activity, department = figure.activity, department_of(figure.activity)
    return Standing(
        lineage=str(activity.lineage),
        title=figure.title,
        url=reverse("editing:node", args=[activity.plan.year, "activity", activity.pk]),
        department=str(department or ""),
        status=figure.status.value if figure.status else "",
        status_text=figure.status_text,
        rate=figure.rate,
        target=figure.target,
        counted=None if figure.is_masked else figure.counted,
        expected=figure.expected,
        counted_text=figure.counted_text,
        target_text=figure.target_text,
        unit=figure.unit,
        money=money_of(activity, spending),
    )


def pillar_of_figures(group: Group, spending: dict[int, Spending]) -> PillarStanding:
    """Return how a pillar or the whole plan stands by the ledger."""
    key = group.node.slug if group.node else "all"
    rows = [standing_of(one, spending.get(one.activity.pk)) for one in group.figures]
    return PillarStanding(key, group.title, group.rate, group.met_rate, rows)


def frozen_pillars(closing: Closing, data: Iterable[dict[str, Any]]) -> list[PillarStanding]:
    """Return the whole plan and its pillars as a closing froze them; `data` is in its order."""
    frozen = [FrozenActivity(one) for one in data]
    whole = tree_of(closing.content["groups"], frozen)
    return [frozen_pillar(one, closing) for one in (whole, *whole.parts)]


def frozen_pillar(group: FrozenGroup, closing: Closing) -> PillarStanding:
    """Return how a pillar or the whole plan stood when a period was closed."""
    rows = [
        frozen_standing(one, closing)
        for initiative in group.initiatives()
        for one in initiative.own
    ]
    key = group.data["slug"] or "all"
    return PillarStanding(key, group.data["title"], group.rate, group.met_rate, rows)


def frozen_standing(one: FrozenActivity, closing: Closing) -> Standing:
    """Return how an activity stood when a period was closed."""
    data = one.data
    expected = decimal(data["expected"])
    return Standing(
        lineage=data["lineage"],
        title=data["title"],
        url=reverse("closing:version", args=[closing.pk]),
        department=data["department"],
        status=data["status"],
        status_text=one.status_text,
        rate=one.rate,
        target=decimal(data["yearly_target"]),
        counted=decimal(data["counted"]),
        expected=None if expected is None else Fraction(expected),
        counted_text=one.counted_text,
        target_text=one.target_text,
        unit=data["unit"],
        money=frozen_money(one),
        has_text=bool(data["update"]),
    )


def frozen_money(one: FrozenActivity) -> Money:
    """Return an activity's planned, contracted and spent sums, as they were frozen in 원."""
    sums = (one.money.planned, one.money.contracted, one.money.spent)
    return Money(*(None if amount is None else int(amount) for amount in sums))


def has_slipped(now: Standing, before: Before | None) -> bool:
    """Return whether an activity's status or rate is worse than a closing froze it."""
    if before is None:
        return False
    if now.status and before.status and badness(now.status) > badness(before.status):
        return True
    return now.rate is not None and before.rate is not None and now.rate < before.rate


def badness(status: str) -> int:
    """Return how bad a status is; of one that is not known any more, 0."""
    return BADNESS.get(status, 0)
