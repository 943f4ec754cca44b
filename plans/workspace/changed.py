"""Changes by others of the user's own items since their last visit."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gwonseon.office.models import User
from plans.editing.history.queries import author_key
from plans.tree.access import plans_for
from plans.tree.models import Activity, Initiative

MOST = 20


@dataclass(frozen=True)
class Changed:
    """An item that somebody else changed: its title, when, by whom, and its history page."""

    title: str
    at: datetime
    by: str
    url: str


def changed_since(user: User, moment: datetime) -> list[Changed]:
    """Return the latest change by somebody else of each of the user's items, latest first.

    Makes 3 queries.
    """
    events = []
    for model in (Initiative, Activity):
        rows = model.pgh_event_model.objects.filter(person=user, pgh_created_at__gt=moment)
        rows = rows.filter(plan__in=plans_for(user).order_by())
        rows = rows.exclude(pgh_context__metadata__user=user.pk)
        rows = rows.select_related("pgh_context", "plan")
        events += rows.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    events.sort(key=lambda event: event.pgh_created_at, reverse=True)
    authors = {author_key(event) for event in events[:MOST]} - {None}
    names = {one.pk: str(one) for one in User.objects.filter(pk__in=authors)}
    return [
        Changed(
            event.corrected_title or event.title,
            event.pgh_created_at,
            names.get(author_key(event), ""),
            reverse(
                "editing:history",
                args=[event.plan.year, event.pgh_tracked_model._meta.model_name, event.pgh_obj_id],
            ),
        )
        for event in events[:MOST]
    ]
