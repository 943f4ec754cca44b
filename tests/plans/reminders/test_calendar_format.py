"""Calendars by the rules of RFC 5545, read without the library that writes them."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings

from plans.reminders.calendars.models import Entry
from plans.reminders.calendars.writing import calendar_of

# RFC 5545, 3.1 and 3.3.11: what lines may be long, and which characters of a text are escaped.
MOST_OCTETS = 75
LINE = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=[^:;]+)*):(.*)")
ESCAPED = re.compile(r"\\(.)")
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[,;]")
# 3.6.1: what an event has once; RFC 7986 for the calendar.
OF_EVENT = {
    "UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "SEQUENCE", "STATUS", "URL", "TRANSP",
}  # fmt: skip
OF_CALENDAR = {
    "PRODID", "VERSION", "METHOD", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
}  # fmt: skip

CHANGED = datetime(2021, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
# Nothing of which may end a line, a value or an event; and long enough to be folded often.
HARD = "예시; 1단계, 「가」 \\n C:\\ 끝\r\nEND:VEVENT\n" + "길고 긴 이름 🌳 " * 20


def entry(number: int, about: str, **facts: object) -> Entry:
    """Return an entry that is not saved, of a day that somebody typed for "never"."""
    return Entry(uid=UUID(int=number), on=date.max, about=about, url="/staff/?a=1&b=2", **facts)


def unfolded(content: bytes) -> list[str]:
    """Return the lines of a calendar, each as long as it may be, put together again."""
    *folded, last = content.split(b"\r\n")
    assert last == b""
    lines: list[str] = []
    for one in folded:
        assert len(one) <= MOST_OCTETS
        # No character is cut in two, although one may be: not all programs put it together.
        text = one.decode()
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def parts(lines: list[str]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the values of a calendar, and of each of its events, by their names."""
    begin, *inside, end = lines
    assert (begin, end) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    calendar: list[tuple[str, str]] = []
    events: list[list[tuple[str, str]]] = []
    here = calendar
    for line in inside:
        if line == "BEGIN:VEVENT":
            assert here is calendar
            here = []
        elif line == "END:VEVENT":
            events.append(here)
            here = calendar
        else:
            name, parameters, value = LINE.fullmatch(line).groups()
            here.append((name + parameters, value))
    assert here is calendar
    for values in (calendar, *events):
        assert max(Counter(name for name, _value in values).values()) == 1
    return dict(calendar), [dict(one) for one in events]


def test_a_calendar_keeps_the_rules() -> None:
    entries = [
        entry(1, HARD, sequence=3, changed_at=CHANGED),
        entry(2, "예시 끝난 일", sequence=4, changed_at=CHANGED, is_cancelled=True),
    ]

    calendar, events = parts(
        unfolded(calendar_of(entries, name="예시 달력", prodid="-//Sample//KO"))
    )

    assert {name.partition(";")[0] for name in calendar} == OF_CALENDAR
    assert calendar["VERSION"] == "2.0"
    assert [{name.partition(";")[0] for name in one} for one in events] == [OF_EVENT, OF_EVENT]
    for number, one in enumerate(events, start=1):
        assert one["UID"] == str(UUID(int=number))
        assert one["DTSTAMP"] == "20210302T093015Z"
        assert one["DTSTART;VALUE=DATE"] == "99991231"
        assert one["DURATION"] == "P1D"
        assert one["URL"] == f"{settings.PORTAL_URL}/staff/?a=1&b=2"
        assert not UNESCAPED.search(one["SUMMARY"])
    assert [(one["STATUS"], one["SEQUENCE"]) for one in events] == [
        ("CONFIRMED", "3"),
        ("CANCELLED", "4"),
    ]
    said = ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], events[0]["SUMMARY"])
    assert said == HARD.replace("\r\n", "\n")
