"""Bring the entries of calendars in line with what the rules find."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gwonseon.office.models import User
from plans.reminders.calendars.models import Entry, Feed
from plans.reminders.due import today_of
from plans.reminders.models import Mute
from plans.reminders.rules.registry import Due, rules

# A calendar program that asks within this time learns that an entry was cancelled.
CANCELLED_STAY = timedelta(days=400)
COLUMNS = ("on", "about", "url", "is_cancelled", "sequence", "changed_at")
LONGEST = Entry._meta.get_field("about").max_length

# Whose entry it is, and of which thing.
Key = tuple[int, str]


@transaction.atomic
def sync_entries(on: date, *, person: User | None = None) -> int:
    """Bring the calendar entries up to date for a day; return how many were written.

    The calendars are those of all active people with an address, or of one person. The addresses
    stay locked meanwhile, so that two runs at once write nothing twice. The number of queries does
    not depend on how many people or days there are; without any address it is two.
    """
    people = lock_people(person)
    written = bring_in_line(people, on) if people else 0
    Entry.objects.filter(is_cancelled=True, changed_at__lt=timezone.now() - CANCELLED_STAY).delete()
    return written


def lock_people(person: User | None) -> set[int]:
    """Lock the feeds of active people, or of one person; return the keys of these people."""
    feeds = Feed.objects.select_for_update(of=("self",)).filter(person__is_active=True)
    if person:
        feeds = feeds.filter(person=person)
    return set(feeds.order_by("person_id").values_list("person_id", flat=True))


def bring_in_line(people: set[int], on: date) -> int:
    """Add, change and cancel the entries of people; return how many."""
    wanted = dues_of(people, on)
    present = {(one.person_id, one.thing): one for one in Entry.objects.filter(person__in=people)}
    new = [
        Entry(person_id=one.person, thing=one.thing, on=one.on, about=about_of(one), url=one.url)
        for key, one in wanted.items()
        if key not in present
    ]
    changed = [one for key, one in present.items() if changes(one, wanted.get(key))]
    Entry.objects.bulk_create(new)
    Entry.objects.bulk_update(changed, COLUMNS)
    return len(new) + len(changed)


def dues_of(people: set[int], on: date) -> dict[Key, Due]:
    """Return what people have to do by a day, without the kinds that they turned off."""
    muted = set(Mute.objects.filter(person__in=people).values_list("person", "rule"))
    found: dict[Key, Due] = {}
    for rule, one in all_dues(on):
        if one.person in people and (one.person, rule) not in muted:
            found.setdefault((one.person, one.thing), one)
    return found


def all_dues(on: date) -> Iterator[tuple[str, Due]]:
    """Yield each rule's code with each due day that it finds."""
    today = today_of(on)
    for rule in rules:
        for one in rule.dues(today) if rule.dues else ():
            yield rule.code, one


def changes(entry: Entry, due: Due | None) -> bool:
    """Set an entry to what is due, or cancel it; return whether that changed anything."""
    before = (entry.on, entry.about, entry.url, entry.is_cancelled)
    entry.is_cancelled = due is None
    if due:
        entry.on, entry.about, entry.url = due.on, about_of(due), due.url
    if (entry.on, entry.about, entry.url, entry.is_cancelled) == before:
        return False
    entry.sequence += 1
    entry.changed_at = timezone.now()
    return True


def about_of(due: Due) -> str:
    """Return the description of a due day, cut to the length of the column."""
    return due.about[:LONGEST]
