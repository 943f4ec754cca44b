"""Write the digests of a day, all in one transaction and only once."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from plans.reminders.due import by_person, key_of, reminders_on, today_of
from plans.reminders.models import LONGEST_ABOUT, LONGEST_WHY, Digest, ReminderSent, Round
from plans.reminders.rules.registry import Reminder

# A day further ahead was made by a clock that was wrong then, and must not silence all until it.
MOVED_BACK = timedelta(days=7)

Key = tuple[int, str, str, str]


@transaction.atomic
def make_digests(on: date) -> int:
    """Write a working day's digests, and return how many.

    Does nothing if they were made already, or those of a day soon after: then the clock was moved
    back. Two that do this at once wait for each other at the day's row. What earlier days did not
    send goes into these digests, as far as it is still to do.
    """
    if Round.objects.filter(on__gt=on, on__lte=on + MOVED_BACK).exists():
        return 0
    _day, is_new = Round.objects.get_or_create(on=on)
    if not is_new:
        return 0
    found = reminders_on(today_of(on))
    unsent = take_over_unsent(on)
    new = by_person(not_told(found))
    close_unsent(unsent, merged_into=new)
    digests = Digest.objects.bulk_create(Digest(person_id=person, on=on) for person in new)
    ReminderSent.objects.bulk_create(
        line_of(one, digest) for digest in digests for one in new[digest.person_id]
    )
    return len(digests)


def take_over_unsent(on: date) -> list[Digest]:
    """Take the lines out of earlier days' digests that have not left; return those digests."""
    earlier = Digest.objects.unsent().filter(on__lt=on)
    unsent = list(earlier.select_for_update(of=("self",), no_key=True))
    ReminderSent.objects.filter(digest__in=unsent).delete()
    return unsent


def close_unsent(unsent: list[Digest], merged_into: dict[int, list[Reminder]]) -> None:
    """Close digests that have not left, by whether their persons are told something today."""
    persons = {one.person_id for one in unsent} & merged_into.keys()
    rows = Digest.objects.filter(pk__in=[one.pk for one in unsent])
    rows.filter(person__in=persons).update(state=Digest.State.MERGED)
    rows.exclude(person__in=persons).update(state=Digest.State.EMPTY)


def not_told(reminders: Iterable[Reminder]) -> list[Reminder]:
    """Return the reminders that nobody was told yet (1 query)."""
    found = list(reminders)
    told = told_keys({one.thing for one in found})
    return [one for one in found if key_of(one) not in told]


def told_keys(things: set[str]) -> set[Key]:
    """Return the keys of the reminder lines that were already written about these things."""
    rows = ReminderSent.objects.filter(thing__in=things)
    return set(rows.values_list("person", "rule", "thing", "step"))


def line_of(reminder: Reminder, digest: Digest) -> ReminderSent:
    """Return a reminder as a line of a digest."""
    return ReminderSent(
        digest=digest,
        person_id=reminder.person,
        rule=reminder.rule,
        thing=reminder.thing,
        step=reminder.step,
        urgency=reminder.urgency,
        about=reminder.about[:LONGEST_ABOUT],
        why=reminder.why[:LONGEST_WHY],
        url=reminder.url,
    )
