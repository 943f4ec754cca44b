"""How progress is reckoned, from numbers alone.

Three rates, none of which is another:

- 달성률: counted ÷ target, not capped.
- 진행률: counted ÷ what was to be expected by the day.
- 이행률: of the activities with a target, the share whose target is met.

A group's rate is Σ weight × min(달성률, 100) ÷ Σ weight over what is below it and has a rate. What
has no target is named and never averaged in as 0. Percentages are cut after one decimal, so that
100 % is said only of what is met.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

FULL = Decimal(100)
TENTH = Decimal("0.1")
MONTHS_OF_A_QUARTER = 3


class Status(models.TextChoices):
    """Where an activity stands, in the words of Korean offices' reports."""

    NOT_STARTED = "not-started", _("미착수")
    ON_COURSE = "on-course", _("정상추진")
    LATE = "late", _("지연")
    DONE = "done", _("완료")
    GOING_ON = "going-on", _("계속추진")
    ON_HOLD = "on-hold", _("보류")


@dataclass(frozen=True)
class Promise:
    """What was promised of an activity for a plan's year: how much, by when.

    `quarters` are what each quarter adds, and add up to the target; empty where none are set. The
    period's days belong to it, both of them. It may begin before the year or end after it; the
    target is the year's own.
    """

    target: Decimal | None
    year: int
    starts_on: date | None = None
    ends_on: date | None = None
    quarters: Sequence[Decimal] = ()

    @property
    def first(self) -> date:
        """The first day of the year on which something is due."""
        return self.within_year(self.starts_on or date(self.year, 1, 1))

    @property
    def last(self) -> date:
        """The last day of the year on which something is due."""
        return self.within_year(self.ends_on or date(self.year, 12, 31))

    def within_year(self, day: date) -> date:
        """Return a day held within the year."""
        return max(min(day, date(self.year, 12, 31)), date(self.year, 1, 1))


def percent(part: Decimal, whole: Decimal | Fraction) -> Decimal:
    """Return a share in percent, cut after one decimal; nothing is rounded before it is cut."""
    tenths = Fraction(part) * 1000 // Fraction(whole)
    return (tenths * TENTH).quantize(TENTH)


def expected(promise: Promise, on: date) -> Fraction | None:
    """Return how much was to be expected by the end of a day, exactly; None without a target.

    Quarters' targets grow day by day within each quarter of the plan's year; else the target grows
    day by day over the period's days in that year.
    """
    if promise.target is None:
        return None
    if promise.quarters:
        return sum(
            (
                Fraction(amount) * elapsed(*quarter(promise.year, number), on)
                for number, amount in enumerate(promise.quarters)
            ),
            Fraction(0),
        )
    return Fraction(promise.target) * elapsed(promise.first, promise.last, on)


def elapsed(first: date, last: date, on: date) -> Fraction:
    """Return which share of a period is over at the end of a day, from 0 to 1.

    A third of 90 days has no end as a decimal, and what is cut at its edge would be one too low.
    """
    days = (last - first).days + 1
    return Fraction(min(max((on - first).days + 1, 0), days), days)


def quarter(year: int, number: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter; the first quarter is 0."""
    first = date(year, number * MONTHS_OF_A_QUARTER + 1, 1)
    last_month = first.month + MONTHS_OF_A_QUARTER - 1
    return first, date(year, last_month, monthrange(year, last_month)[1])


def status(promise: Promise, counted: Decimal, on: date, *, on_hold: bool) -> Status:
    """Return where an activity stands: the one rule.

    1. 보류, where somebody put it off.
    2. Without a target: 미착수 until anything is counted, then 정상추진.
    3. The target is met: 완료 once the period is over, before that 계속추진.
    4. Nothing counted and less than one to be expected: 미착수.
    5. Less than is to be expected, in whole units: 지연. Else 정상추진.
    """
    if on_hold:
        return Status.ON_HOLD
    if promise.target is None:
        return Status.ON_COURSE if counted else Status.NOT_STARTED
    if counted >= promise.target:
        return Status.DONE if on >= promise.last else Status.GOING_ON
    due = expected(promise, on) // 1
    if not counted and not due:
        return Status.NOT_STARTED
    return Status.LATE if counted < due else Status.ON_COURSE


def rolled_up(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return a group's rate from what is below it, each as (weight, rate); None without any."""
    parts = list(parts)
    whole = sum((weight for weight, _rate in parts), Decimal(0))
    if not whole:
        return None
    total = sum((weight * min(rate, FULL) for weight, rate in parts), Decimal(0))
    return (total / whole).quantize(TENTH, ROUND_DOWN)
