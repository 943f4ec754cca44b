"""Amendments of published plans that wait for a decision."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.amendments.approvers import approvers_by
from plans.amendments.models import Amendment
from plans.reminders.rules.registry import Reminder, Today
from plans.reminders.rules.waiting_time import waited
from plans.tree.models import Plan
from plans.tree.titles import first_of


def amendments_to_decide(today: Today) -> Iterator[Reminder]:
    """Yield a reminder of each amendment that waits for three working days (8 queries a plan)."""
    found: dict[Plan, list[Amendment]] = defaultdict(list)
    rows = Amendment.objects.waiting().select_related("plan").prefetch_related("changes")
    for one in rows:
        if waited(one.requested_at, today):
            found[one.plan].append(one)
    for plan, amendments in found.items():
        approvers = approvers_by(plan, amendments)
        for one in amendments:
            step, why = waited(one.requested_at, today)
            titles = list(dict.fromkeys(change.title for change in one.changes.all()))
            able = approvers[one.pk]
            for person in today.staff.nearest(able.whole or able.part):
                yield Reminder(
                    person,
                    f"amendment:{one.pk}",
                    step,
                    _("변경 결정하기: %(titles)s") % {"titles": first_of(titles)},
                    why,
                    reverse("amendments:amendment", args=[plan.year, one.pk]),
                )
