"""What is read of updates: those of a period, what is missing, and what was said before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from plans.ledger.models import Record
from plans.tracking.figures import PeriodFigure, PeriodFigures
from plans.tracking.models import Period, Update, UpdateQuerySet
from plans.tree.models import Activity

Updates = dict[tuple[str, int], Update]


@dataclass(frozen=True)
class Line:
    """An activity in a period: its figures, and its update or that of its initiative, if any."""

    found: PeriodFigure
    update: Update | None

    @property
    def activity(self) -> Activity:
        """The activity."""
        return self.found.activity

    @property
    def is_done(self) -> bool:
        """Whether its update is approved."""
        done = {Update.State.APPROVED, Update.State.CONFIRMED}
        return self.update is not None and self.update.state in done

    @property
    def has_person(self) -> bool:
        """Whether somebody is in charge of the activity or of its initiative."""
        activity = self.activity
        return bool(activity.person_id or activity.initiative.person_id)


@dataclass(frozen=True)
class Missing:
    """What a period lacks: lines without an update, not approved, without a person; open drafts.

    `drafts` is the number of records of the period's days that nobody has confirmed.
    """

    unwritten: list[Line]
    unapproved: list[Line]
    unowned: list[Line]
    drafts: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is missing."""
        return not (self.unwritten or self.unapproved or self.unowned or self.drafts)


def updates_of(period: Period) -> UpdateQuerySet:
    """Return a period's updates with their people."""
    return Update.objects.filter(period=period).select_related("author", "decided_by")


def approved_updates(period: Period) -> UpdateQuerySet:
    """Return a period's updates that are approved."""
    return Update.objects.filter(period=period, state=Update.State.APPROVED)


def by_node(updates: Iterable[Update]) -> Updates:
    """Return updates by what they are about."""
    return {
        ("activity", one.activity_id) if one.activity_id else ("initiative", one.initiative_id): one
        for one in updates
    }


def update_of(activity: Activity, updates: Updates) -> Update | None:
    """Return the update about an activity or its initiative, or None."""
    own = updates.get(("activity", activity.pk))
    return own or updates.get(("initiative", activity.initiative_id))


def lines_of(period: Period, figures: PeriodFigures) -> list[Line]:
    """Return the plan's activities in a period, in the plan's order (1 query)."""
    updates = by_node(updates_of(period))
    return [Line(found, update_of(found.activity, updates)) for found in figures.of.values()]


def missing_of(period: Period, lines: list[Line]) -> Missing:
    """Return what a period lacks (1 query)."""
    days = (period.first_on, period.last_on)
    drafts = Record.objects.filter(
        state=Record.State.DRAFT, activity__plan=period.plan_id, happened_on__range=days
    )
    return Missing(
        unwritten=[one for one in lines if one.update is None],
        unapproved=[one for one in lines if one.update and not one.is_done],
        unowned=[one for one in lines if not one.has_person],
        drafts=drafts.count(),
    )


def is_late(period: Period) -> bool:
    """Return whether what is missing is late: the period is open and its last day has passed."""
    return period.is_open and timezone.localdate() > period.due_on


def said_before(period: Period, activity: Activity) -> Update | None:
    """Return the update of the same activity, or its initiative, in the period before (1 query)."""
    earlier = Update.objects.filter(
        period__plan=period.plan_id, period__last_on__lt=period.first_on
    ).select_related("period")
    rows = earlier.filter(activity=activity) | earlier.filter(initiative=activity.initiative_id)
    return rows.order_by("-period__first_on").first()
