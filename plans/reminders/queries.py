"""Queries of digests."""

from datetime import date

from django.db.models import QuerySet

from gwonseon.office.models import User
from plans.reminders.collecting import not_told
from plans.reminders.due import by_person, reminders_on, today_of
from plans.reminders.models import Digest
from plans.reminders.rules.registry import Reminder


def digests_of(user: User) -> QuerySet[Digest]:
    """Return a person's digests with their lines, the newest first (2 queries)."""
    shown = Digest.objects.exclude(state__in=(Digest.State.EMPTY, Digest.State.MERGED))
    return shown.filter(person=user).order_by("-on").prefetch_related("lines")


def would_tell(on: date) -> dict[int, list[Reminder]]:
    """Return the reminders that a day's digests would have, by person, without writing any."""
    return by_person(not_told(reminders_on(today_of(on))))
