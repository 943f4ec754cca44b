"""Blockers that a department must resolve."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from plans.reminders.rules.registry import Due, Today
from plans.tracking.blockers.models import Blocker


def blockers_to_resolve(today: Today) -> Iterator[Due]:
    """Yield the open blockers for the heads of the departments that must act."""
    for one in Blocker.objects.open().select_related("activity"):
        for person in today.staff.heads_of(one.department_id):
            about = _("애로사항 풀기: %(activity)s") % {"activity": one.activity.shown_title}
            yield Due(person, f"blocker:{one.pk}", one.due_on, about, one.get_absolute_url())
