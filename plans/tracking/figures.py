"""The counted figures of a period: what it adds to the year, as the ledger stands.

An amount is the difference of two sums: up to the period's last day, and up to the day before its
first. Where the period before is closed, its frozen sum takes the place of the second: what was
confirmed or corrected since for an earlier day counts here, and is named as late.

An amount of personal records is hidden if it is not the whole year's: it may be small, although the
year's sum is shown.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from plans.ledger.kinds import personal_codes
from plans.progress.arithmetic import Promise, expected
from plans.progress.figures import Figure, PlanProgress
from plans.progress.queries import counted_twice, progress_of
from plans.tracking.closing.models import Closing, Snapshot
from plans.tracking.models import Period
from plans.tree.access import owner_of
from plans.tree.models import Activity

DAY = timedelta(days=1)


@dataclass(frozen=True)
class PeriodFigure:
    """What an activity's period adds to the year so far, which is `figure`.

    `late` is the part of `amount` that belongs to earlier, closed periods; it may be negative.
    `target` is the part of the yearly target that falls into the period. `is_hidden` is whether
    `amount` and `late` would reveal personal matters.
    """

    figure: Figure
    amount: Decimal
    late: Decimal
    target: Fraction | None
    is_hidden: bool

    @property
    def activity(self) -> Activity:
        """The activity."""
        return self.figure.activity

    @property
    def amount_text(self) -> str:
        """The amount with its unit, or the text for a hidden number."""
        if self.figure.is_masked:
            return self.figure.counted_text
        return _("공개하지 않음") if self.is_hidden else self.written(self.amount)

    @property
    def late_text(self) -> str:
        """The late part with its unit; empty if there is none, or if it is hidden."""
        return "" if self.is_hidden or not self.late else self.written(self.late)

    @property
    def target_text(self) -> str:
        """The period's target with its unit, or 「목표 미설정」."""
        if self.target is None:
            return _("목표 미설정")
        return self.written(Decimal(round(self.target * 100)) / 100)

    def written(self, number: Decimal) -> str:
        """Return a number with the activity's unit."""
        return f"{grouped(number)}{self.figure.unit}"


@dataclass
class PeriodFigures:
    """A plan's progress at the end of a period, and what the period adds for each activity."""

    progress: PlanProgress
    of: dict[int, PeriodFigure]


def day_of(period: Period) -> date:
    """Return the day up to which a period is counted: its last day, or today while it runs."""
    return min(max(timezone.localdate(), period.first_on), period.last_on)


def figures_of(
    period: Period, *, on: date | None = None, open_to: int | None = None
) -> PeriodFigures:
    """Return the figures of a period, as the ledger stands (10 queries at most).

    They are counted up to `on`, a day of the period; without it, as far as the period has come.
    `open_to` is the key of the department that sees its own personal numbers.
    """
    day, eve = on or day_of(period), period.first_on - DAY
    keys = list(Activity.objects.filter(plan=period.plan_id).values_list("pk", flat=True))
    before, sums = counted_twice(keys, eve, day)
    progress = progress_of(period.plan, day, open_to=open_to, sums=sums)
    figures = progress.whole.figures
    frozen = frozen_before(period)
    found = {}
    for one in figures:
        known = one.gauge.amount(before.get(one.activity.pk, {}))
        start = known if frozen is None else frozen.get(one.activity.pk, Decimal(0))
        found[one.activity.pk] = PeriodFigure(
            figure=one,
            amount=one.counted - start,
            late=known - start,
            target=target_of(one.promise, period),
            is_hidden=is_hidden(one, period, open_to),
        )
    return PeriodFigures(progress, found)


def read_owners(figures: PeriodFigures) -> None:
    """Read the departments and people of all activities and initiatives (4 queries at most)."""
    activities = [one.activity for one in figures.of.values()]
    owners = ("department", "person")
    prefetch_related_objects(activities, *owners, *(f"initiative__{one}" for one in owners))


def is_hidden(figure: Figure, period: Period, open_to: int | None) -> bool:
    """Return whether an activity's amount in a period is hidden from a department."""
    is_own = open_to is not None and owner_of(figure.activity) == open_to
    if is_own or figure.activity.record_kind not in personal_codes():
        return False
    return figure.is_masked or period.first_on > period.plan.first_day


def target_of(promise: Promise, period: Period) -> Fraction | None:
    """Return the part of a yearly target that falls into a period; None without a target."""
    whole = expected(promise, period.last_on)
    return None if whole is None else whole - expected(promise, period.first_on - DAY)


def frozen_before(period: Period) -> dict[int, Decimal] | None:
    """Return the frozen sums of the period before, by activity key (2 queries).

    None if there is none, or if it is not closed.
    """
    closing = last_closing_before(period)
    if closing is None:
        return None
    rows = Snapshot.objects.filter(closing=closing).order_by()
    return dict(rows.values_list("activity", "counted"))


def last_closing_before(period: Period) -> Closing | None:
    """Return the latest closing of the period before, or None if that is not closed (1 query)."""
    rows = Closing.objects.filter(
        period__plan=period.plan_id,
        period__last_on=period.first_on - DAY,
        period__state=Period.State.CLOSED,
    )
    return rows.order_by("-version").first()
