"""Calculate progress from numbers, without the database.

There are three different rates:

- 달성률: counted ÷ target, not capped.
- 진행률: counted ÷ the amount expected by the day.
- 이행률: the share of activities with a rate whose target is met.

A group's rate is Σ weight × min(달성률, 100) ÷ Σ weight over its parts that have a rate. A part
without a target is listed, and never counts as 0. Percentages are rounded down to one decimal, so
that 100 % means that the target is met.
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
    """The status of an activity, in the terms of Korean offices' reports."""

    NOT_STARTED = "not-started", _("미착수")
    ON_COURSE = "on-course", _("정상추진")
    LATE = "late", _("지연")
    DONE = "done", _("완료")
    GOING_ON = "going-on", _("계속추진")
    ON_HOLD = "on-hold", _("보류")


@dataclass(frozen=True)
class Promise:
    """The target and period of an activity for a plan's year.

    `quarters` are the four quarterly targets, whose sum is the target; empty if not set. The period
    includes its first and last day. It may begin before the year or end after it; the target is
    only for the year.
    """

    target: Decimal | None
    year: int
    starts_on: date | None = None
    ends_on: date | None = None
    quarters: Sequence[Decimal] = ()

    @property
    def first(self) -> date:
        """The first day of the period within the year."""
        return self.within_year(self.starts_on or date(self.year, 1, 1))

    @property
    def last(self) -> date:
        """The last day of the period within the year."""
        return self.within_year(self.ends_on or date(self.year, 12, 31))

    def within_year(self, day: date) -> date:
        """Return the day itself, or the nearest day of the year."""
        return max(min(day, date(self.year, 12, 31)), date(self.year, 1, 1))


def percent(part: Decimal, whole: Decimal | Fraction) -> Decimal:
    """Return a share in percent, rounded down to one decimal, from an exact calculation."""
    tenths = Fraction(part) * 1000 // Fraction(whole)
    return (tenths * TENTH).quantize(TENTH)


def expected(promise: Promise, on: date) -> Fraction | None:
    """Return the exact amount expected by the end of a day; None without a target.

    With quarterly targets, each is spread evenly over the days of its quarter. Else the target is
    spread evenly over the days of the period within the year.
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
    """Return the share of a period that has passed by the end of a day, from 0 to 1.

    It is a Fraction, because a decimal of one third is slightly too low and would be rounded down
    to the next lower unit.
    """
    days = (last - first).days + 1
    return Fraction(min(max((on - first).days + 1, 0), days), days)


def quarter(year: int, number: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter; the first quarter is 0."""
    first = date(year, number * MONTHS_OF_A_QUARTER + 1, 1)
    last_month = first.month + MONTHS_OF_A_QUARTER - 1
    return first, date(year, last_month, monthrange(year, last_month)[1])


def status(promise: Promise, counted: Decimal, on: date, *, on_hold: bool) -> Status:
    """Return the status of an activity, by the first rule that applies.

    1. On hold: 보류.
    2. Without a target: 미착수 until anything is counted, then 정상추진.
    3. The target is met: 완료 from the period's last day on, before that 계속추진.
    4. Nothing is counted and less than one unit is expected: 미착수.
    5. Less is counted than expected, in whole units: 지연. Else 정상추진.
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
    """Return a group's rate in percent from its parts' (weight, rate); None without parts."""
    parts = list(parts)
    whole = sum((weight for weight, _rate in parts), Decimal(0))
    if not whole:
        return None
    total = sum((weight * min(rate, FULL) for weight, rate in parts), Decimal(0))
    return (total / whole).quantize(TENTH, ROUND_DOWN)
