"""What was done with an update: who, when, what changed, and for which reason it was returned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gwonseon.office.models import User
from gwonseon.versions import Difference
from plans.tracking.models import Update, text_labels

State = Update.State


@dataclass(frozen=True)
class UpdateStep:
    """What somebody did with an update, and when; `note` is the reason of a return.

    `changes` are the texts that differ from those of the step before.
    """

    what: str
    by: str
    at: datetime
    note: str
    changes: list[Difference]


def steps_of(update: Update) -> list[UpdateStep]:
    """Return what was done with an update, latest first (2 queries)."""
    events = list(update.events.select_related("pgh_context").order_by("pgh_id"))
    people = User.objects.in_bulk({doer_of(one) for one in events})
    steps = [
        step_of(before, one, str(people[doer_of(one)]))
        for before, one in zip([None, *events], events, strict=False)
    ]
    return steps[::-1]


def step_of(before: Any, event: Any, by: str) -> UpdateStep:
    """Return the step that led from one event of an update to the next; None before the first."""
    state = before.state if before else ""
    return UpdateStep(
        what=what_was_done(state, event.state),
        by=by,
        at=event.pgh_created_at,
        note=event.returned_for if event.state != state else "",
        changes=changes_between(before, event) if before else [],
    )


def changes_between(before: Any, after: Any) -> list[Difference]:
    """Return the texts that differ between two events of an update."""
    sides = (
        Difference(label, getattr(before, name), getattr(after, name))
        for name, label in text_labels().items()
    )
    return [one for one in sides if one.differs]


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
