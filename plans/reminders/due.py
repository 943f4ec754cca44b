"""Find the reminders of a day, and the person who gets each of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from gwonseon.office.workdays.queries import office_calendar
from plans.reminders.models import Mute, ReminderSent
from plans.reminders.people import staff_on
from plans.reminders.rules.registry import Reminder, Rule, Today, rules


def today_of(day: date) -> Today:
    """Return the day with the office calendar and the staff, which the rules read."""
    return Today(day, office_calendar(), staff_on(day))


def reminders_on(today: Today) -> list[Reminder]:
    """Return all reminders of a day with their rule's code, also those already sent.

    What a person muted is left out. Who is absent is not told, but who stands in. The heads of a
    department are told of what stays open too long, also if the person has muted it.
    """
    muted = set(Mute.objects.values_list("person", "rule"))
    found: dict[tuple[int, str, str, str], Reminder] = {}
    for rule in rules:
        for one in rule.find(today):
            for told in told_by(rule, replace(one, rule=rule.code), today):
                if told.person in today.staff.names and (told.person, rule.code) not in muted:
                    found.setdefault(key_of(told), told)
    return list(found.values())


def told_by(rule: Rule, reminder: Reminder, today: Today) -> Iterator[Reminder]:
    """Yield a reminder for its person or stand-in, and for the heads if it is open too long."""
    yield reminder if rule.is_personal else instead(reminder, today)
    if rule.tells_head and is_unanswered(reminder, today):
        whose = today.staff.names.get(reminder.person, "")
        why = _("%(why)s (담당: %(name)s)") % {"why": reminder.why, "name": whose}
        url = reminder.for_head or reminder.url
        for head in today.staff.heads_of(today.staff.departments.get(reminder.person)):
            if head != reminder.person:
                yield instead(replace(reminder, person=head, why=why, url=url), today)


def instead(reminder: Reminder, today: Today) -> Reminder:
    """Return the reminder for the stand-in of an absent person, or the reminder unchanged."""
    person = today.staff.instead_of(reminder.person)
    if person == reminder.person:
        return reminder
    whose = today.staff.names.get(reminder.person, "")
    why = _("%(why)s (%(name)s 님 대신)") % {"why": reminder.why, "name": whose}
    return replace(reminder, person=person, why=why)


def is_unanswered(reminder: Reminder, today: Today) -> bool:
    """Return whether something stays open for so long that the head is told, too."""
    since = reminder.since
    return since is not None and today.since(since) >= settings.REMINDERS_HEAD_AFTER


def key_of(reminder: Reminder | ReminderSent) -> tuple[int, str, str, str]:
    """Return the key of a reminder: person, rule, thing and step. Each key is sent once."""
    person = reminder.person_id if isinstance(reminder, ReminderSent) else reminder.person
    return person, reminder.rule, reminder.thing, reminder.step


def by_person(reminders: Iterable[Reminder]) -> dict[int, list[Reminder]]:
    """Return reminders by who is told, the most urgent and the newest first."""
    found: dict[int, list[Reminder]] = {}
    for one in sorted(reminders, key=newest_first):
        found.setdefault(one.person, []).append(one)
    return found


def newest_first(reminder: Reminder) -> tuple[int, int]:
    """Return the sort key of a reminder in a digest: the most urgent first, then the newest."""
    since = reminder.since or date.max
    return -reminder.urgency, -since.toordinal()
