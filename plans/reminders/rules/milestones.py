"""Milestones that are due, and late ones."""

from collections.abc import Iterator

from django.urls import reverse

from plans.reminders.rules.registry import Due, Today
from plans.tracking.milestones.models import Milestone
from plans.tree.models import Activity


def milestones_to_do(today: Today) -> Iterator[Due]:
    """Yield the milestones of published plans that are not done, until the end of their year."""
    rows = Milestone.objects.filter(
        done_on=None, planned_on__year__gte=today.on.year, activity__plan__status="published"
    ).filter(activity__in=Activity.objects.in_force())
    for one in rows.select_related("activity__initiative"):
        for person in today.staff.in_charge_of(one.activity):
            yield Due(
                person,
                f"milestone:{one.pk}",
                one.planned_on,
                f"{one.activity.shown_title}: {one.title}",
                reverse("milestones:milestones", args=[one.activity_id]),
            )
