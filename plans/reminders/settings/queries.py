"""Read a person's own settings of reminders."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gwonseon.messaging.phones import masked
from gwonseon.messaging.sealing import unseal
from gwonseon.office.models import User
from plans.reminders.calendars.models import Feed
from plans.reminders.models import Absence, Mute, UrgentPhone
from plans.reminders.rules.registry import rules


@dataclass(frozen=True)
class Phone:
    """The number for urgent reminders without its middle, and since when."""

    number: str
    agreed_at: datetime


@dataclass(frozen=True)
class Settings:
    """A person's settings without the kinds of reminders; `feed` is the calendar, if any."""

    absences: list[Absence]
    phone: Phone | None
    feed: Feed | None


def settings_of(person: User) -> Settings:
    """Return a person's settings, with the absences that have not passed (3 queries)."""
    coming = absences_of(person).filter(last_on__gte=timezone.localdate())
    return Settings(
        absences=list(coming),
        phone=phone_of(person),
        feed=Feed.objects.filter(person=person).first(),
    )


def absences_of(person: User) -> QuerySet[Absence]:
    """Return a person's absences with who stands in."""
    return Absence.objects.filter(person=person).select_related("stand_in")


def phone_of(person: User) -> Phone | None:
    """Return the number for urgent reminders, masked (1 query)."""
    found = UrgentPhone.objects.filter(person=person).first()
    return Phone(masked(unseal(found.sealed)), found.agreed_at) if found else None


def wanted_of(person: User) -> list[str]:
    """Return the codes of the kinds of which a person is told (1 query)."""
    muted = set(Mute.objects.filter(person=person).values_list("rule", flat=True))
    return [rule.code for rule in rules if rule.code not in muted]


def urgent_kinds() -> list[str]:
    """Return what the kinds are called that may come by text message."""
    return [str(rule.label) for rule in rules if rule.urgent]
