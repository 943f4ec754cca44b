"""A calendar in the format of RFC 5545, as calendar programs read it."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from plans.reminders.calendars.models import Entry

A_DAY = timedelta(days=1)
# How often programs should ask; the entries are brought in line every hour.
REFRESH = timedelta(hours=1)


def calendar_of(entries: Iterable[Entry]) -> bytes:
    """Return a calendar with all-day events. It says the same as long as the entries do."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gwonseon//Reminders//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _("구정계획 기한"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    # For programs that do not know the one of RFC 7986.
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(event_of(entry))
    return calendar.to_ical()


def event_of(entry: Entry) -> Event:
    """Return an entry as an event of its whole day, which does not make the person busy."""
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.on)
    # Not its end, which the last day of the calendar, as of what never ends, does not have.
    event.add("duration", A_DAY)
    event.add("summary", entry.about)
    event.add("url", f"{settings.PORTAL_URL}{entry.url}")
    event.add("transp", "TRANSPARENT")
    return event
