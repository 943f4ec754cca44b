"""The reminder of reviews that wait for a decision."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.editing.reviews.actions import may_decide_review
from plans.editing.reviews.models import Review
from plans.reminders.rules.registry import Reminder, Rule, Today
from plans.reminders.rules.waiting_time import waited
from plans.tree.models import Initiative, Plan


def reviews_to_decide(today: Today) -> Iterator[Reminder]:
    """Yield a reminder of each review that waits for three working days (1 query)."""
    rows = Review.objects.filter(
        state=Review.State.REQUESTED,
        initiative__plan__status=Plan.Status.DRAFT,
        initiative__retired_on=None,
    )
    for one in rows.select_related(f"initiative__{Initiative.PILLAR_PATH}__plan"):
        told = waited(one.requested_at, today)
        if told is None:
            continue
        step, why = told
        plan = one.initiative.plan
        able = [who for who in today.staff.known if may_decide_review(who, one, one.initiative)]
        for person in today.staff.nearest(able):
            yield Reminder(
                person,
                f"review:{one.pk}",
                step,
                _("%(plan)s 검토하기: %(title)s")
                % {"plan": plan, "title": one.initiative.shown_title},
                why,
                reverse("editing:review", args=[plan.year, one.initiative_id]),
            )


RULE = Rule("reviews", gettext_lazy("추진과제 검토하기"), finds=reviews_to_decide)
