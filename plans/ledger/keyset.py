"""Keyset pagination of records, newest first.

A page starts after a record, not after a number of rows: the last page then costs no more than
the first, and no row moves to another page while others write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from plans.ledger.models import Record, RecordQuerySet

PER_PAGE = 30


@dataclass(frozen=True)
class KeysetPage:
    """A page's records, and the marks of the newer and the older page (empty if none)."""

    records: list[Record]
    newer: str = ""
    older: str = ""


def mark_of(record: Record) -> str:
    """Return the mark of a record's position, for use in a URL."""
    return f"{record.happened_on}.{record.pk}"


def read_mark(mark: str) -> tuple[date, int] | None:
    """Return the day and key that a mark names, or None if it is not a mark."""
    day, _dot, key = mark.partition(".")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


def page_of(records: RecordQuerySet, query: Mapping[str, str], size: int = PER_PAGE) -> KeysetPage:
    """Return the page that the URL parameter `older` or `newer` asks for (1 query)."""
    backwards = "newer" in query
    place = read_mark(query.get("newer") or query.get("older") or "")
    rows = records.order_by(*(["happened_on", "pk"] if backwards else ["-happened_on", "-pk"]))
    if place:
        rows = rows.filter(beyond(*place, backwards=backwards))
    found = list(rows[: size + 1])
    more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    if not shown:
        return KeysetPage([])
    has_newer, has_older = (more, True) if backwards and place else (place is not None, more)
    return KeysetPage(
        shown,
        newer=mark_of(shown[0]) if has_newer else "",
        older=mark_of(shown[-1]) if has_older else "",
    )


def beyond(day: date, key: int, *, backwards: bool) -> Q:
    """Return the condition for rows after a position; its first half lets the index be used."""
    if backwards:
        return Q(happened_on__gte=day) & (Q(happened_on__gt=day) | Q(pk__gt=key))
    return Q(happened_on__lte=day) & (Q(happened_on__lt=day) | Q(pk__lt=key))
