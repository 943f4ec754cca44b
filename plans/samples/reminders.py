"""Sample reminders: what the staff were told a week after the last quarter was due."""

from datetime import timedelta

from django.utils import timezone

from plans.reminders.collecting import make_digests
from plans.reminders.models import Digest
from plans.tracking.models import Period
from plans.tree.models import Plan

# Then heads are told, too.
LATE = timedelta(days=7)


def remind(plan: Plan) -> None:
    """Write the digests for a week after the last due day, shown in the portal only, if past."""
    day = Period.objects.filter(plan=plan).latest("due_on").due_on + LATE
    if day < timezone.localdate():
        make_digests(day)
        Digest.objects.filter(on=day).update(state=Digest.State.SHOWN)
