"""The calendar of public days: ends of periods, planned milestones, and what else is registered."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils.translation import gettext as _

from gwonseon.registry import Registry
from plans.opendata.tables.nodes import public_activities
from plans.reminders.calendars.writing import calendar_of
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period
from plans.tree.models import Plan

# All ids of days without a node of their own are made from this one.
SPACE = UUID("0f6c7a52-7d1b-4b57-9a53-3c0f5b1d2e11")


class PublicDay(NamedTuple):
    """A day in the public calendar; `changed_at` is when the portal began to show it."""

    uid: UUID
    on: date
    about: str
    url: str
    changed_at: datetime
    sequence: int = 0
    is_cancelled: bool = False


# Functions that return the public days of another subject.
public_days: Registry[Callable[[], Iterable[PublicDay]]] = Registry()


def public_calendar() -> bytes:
    """Return the calendar (8 queries, and those of what is registered)."""
    days = [*ends_of_periods(), *planned_milestones()]
    days += [day for read in public_days for day in read()]
    name = _("구정계획 일정")
    return calendar_of(sorted(days), name=name, prodid="-//Gwonseon//Public days//KO")


def ends_of_periods() -> Iterator[PublicDay]:
    """Yield the last days of the periods of published plans (1 query)."""
    rows = Period.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related("plan")
    for one in rows:
        yield PublicDay(
            uid=uuid5(SPACE, f"period-{one.plan.year}-{one.kind}-{one.number}"),
            on=one.last_on,
            about=_("%(period)s 마지막 날") % {"period": one},
            url=reverse("public:periods", args=[one.plan.year]),
            changed_at=one.plan.published_at,
        )


def planned_milestones() -> Iterator[PublicDay]:
    """Yield the planned days of milestones of activities in force (6 queries)."""
    activities = {one.pk: one for one in public_activities() if one.retired_on is None}
    for one in Milestone.objects.filter(activity__in=activities).defer("evidence"):
        activity = activities[one.activity_id]
        yield PublicDay(
            uid=uuid5(activity.lineage, f"milestone-{one.pk}"),
            on=one.planned_on,
            about=f"{activity.shown_title}: {one.title}",
            url=activity.get_absolute_url(),
            changed_at=activity.plan.published_at,
        )
