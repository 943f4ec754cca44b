"""A calendar in the format of RFC 5545, as calendar programs read it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Event

A_DAY = timedelta(days=1)
# How often programs should ask; the entries are brought in line every hour.
REFRESH = timedelta(hours=1)


class Day(Protocol):
    """The parts of a calendar entry that an event is made of: day, description and page.

    `uid` and `sequence` are those of RFC 5545.
    """

    uid: UUID
    sequence: int
    on: date
    about: str
    url: str
    is_cancelled: bool
    changed_at: datetime


def calendar_of(days: Iterable[Day], *, name: str, prodid: str) -> bytes:
    """Return a calendar file with all-day events. The same events give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", prodid)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for place in ("name", "x-wr-calname"):
        calendar.add(place, name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    # For programs that do not know the one of RFC 7986.
    calendar.add("x-published-ttl", "PT1H")
    for day in days:
        calendar.add_component(event_of(day))
    return calendar.to_ical()


def event_of(day: Day) -> Event:
    """Return a day as an event of its whole day, which does not make the person busy."""
    event = Event()
    event.add("uid", str(day.uid))
    event.add("sequence", day.sequence)
    event.add("status", "CANCELLED" if day.is_cancelled else "CONFIRMED")
    event.add("dtstamp", day.changed_at)
    event.add("dtstart", day.on)
    # Not its end, which the last day of the calendar, as of what never ends, does not have.
    event.add("duration", A_DAY)
    event.add("summary", day.about)
    event.add("url", f"{settings.PORTAL_URL}{day.url}")
    event.add("transp", "TRANSPARENT")
    return event
