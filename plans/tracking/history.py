"""What was done with an update: who, when, and for which reason it was returned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tracking.models import Update

State = Update.State


@dataclass(frozen=True)
class Step:
    """What somebody did with an update, and when; `note` is the reason of a return."""

    what: str
    by: str
    at: datetime
    note: str


def steps_of(update: Update) -> list[Step]:
    """Return what was done with an update, latest first (2 queries)."""
    events = list(update.events.select_related("pgh_context").order_by("pgh_id"))
    people = User.objects.in_bulk({doer_of(one) for one in events})
    before = ["", *(one.state for one in events)]
    steps = [
        Step(
            what=what_was_done(state, one.state),
            by=str(people[doer_of(one)]),
            at=one.pgh_created_at,
            note=one.returned_for if one.state != state else "",
        )
        for state, one in zip(before, events, strict=False)
    ]
    return steps[::-1]


def doer_of(event: Any) -> int:
    """Return the key of who made a change; the writer or decider where no request made it."""
    user = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return user or event.decided_by_id or event.author_id


def what_was_done(before: str, after: str) -> str:
    """Return what led from one state to another; `before` is empty for the first."""
    if not before:
        return _("작성")
    if before == after:
        return _("고침")
    if after == State.DRAFT:
        return _("제출 취소")
    if before == State.CONFIRMED:
        return _("다시 엶")
    return str(State(after).label)
