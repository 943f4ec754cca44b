"""Findings that must be put right by a day."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.ledger.models import Finding, Record
from plans.reminders.rules.registry import Due, Today
from plans.tree.access import owner_of


def findings_to_correct(today: Today) -> Iterator[Due]:
    """Yield the open findings with a day: for who is in charge, or the department they name.

    What was found is told in the portal only: it may be about a person.
    """
    rows = Finding.objects.filter(
        done_on=None, due_on__isnull=False, record__state=Record.State.CONFIRMED
    )
    for one in rows.select_related("record__activity__initiative"):
        activity = one.record.activity
        about = _("조치하기: %(activity)s") % {"activity": activity.shown_title}
        url = reverse("findings:finding", args=[one.pk])
        is_own = one.department_id in {None, owner_of(activity)}
        staff = today.staff
        people = staff.in_charge_of(activity) if is_own else staff.heads_of(one.department_id)
        for person in people:
            yield Due(person, f"finding:{one.pk}", one.due_on, about, url)
