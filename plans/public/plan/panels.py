"""The panel of milestones on the residents' page of an activity."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.panels import Panel
from plans.tracking.milestones.queries import Schedule, schedule_of
from plans.tree.models import Activity, Initiative, Plan


def schedule_for(item: Plan | Initiative | Activity) -> Schedule | None:
    """Return an activity's milestones as they stand today (1 query); None for other items."""
    return schedule_of(item, timezone.localdate()) if isinstance(item, Activity) else None


MILESTONES = Panel("", _("추진일정"), "tracking/milestones/_panel.html", schedule_for)
