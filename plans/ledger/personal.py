"""Logging who sees and writes records of somebody's personal matters."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from gwonseon.office.access_log.actions import log_access
from gwonseon.office.models import PersonalAccess
from plans.ledger.forms.entries import EntryForms
from plans.ledger.kinds import Kind, kind_of, kinds
from plans.ledger.models import Record

What = PersonalAccess.What


def log_personal(
    request: HttpRequest, shown: Iterable[Record | None], what: What, reason: str = ""
) -> None:
    """Log that records of somebody's personal matters are shown: a row for each person.

    Whoever shows records to staff calls it; what is about nobody's personal matters is left out.
    Makes 1 query, and 1 more for each kind whose records name whose matters they are.
    """
    log_access(request=request, what=what, subjects=subjects_of(shown), reason=reason)


def log_form(request: HttpRequest, forms: EntryForms) -> None:
    """Log whose personal matters a record's form shows.

    These are the written record's, the last one's, which it begins with, one that says the same,
    and those it offers.
    """
    if forms.kind.is_personal:
        offered = [subject_name(one) for one in forms.detail.offered_rows()] if forms.detail else []
        subjects = [*subjects_of([forms.written, forms.last, forms.twin]), *offered]
        log_access(request=request, what=What.VIEW, subjects=subjects)


def log_record(request: HttpRequest, shown: Record, *beside: Record | None) -> None:
    """Log whose personal matters a record's page shows: its own, its versions', those beside it."""
    subjects = [*subjects_of([shown, *beside]), *subjects_of_versions(shown)]
    log_access(request=request, what=What.VIEW, subjects=subjects)


@contextmanager
def logged(request: HttpRequest, what: What, *records: Record | None) -> Iterator[list[Record]]:
    """Log what is done with records inside: both are written, or neither.

    Whose they are is read before; append to the list what was written, and it is read after, too.
    """
    subjects, written = subjects_of(records), []
    with transaction.atomic():
        yield written
        log_access(request=request, what=what, subjects=[*subjects, *subjects_of(written)])


def subjects_of(records: Iterable[Record | None]) -> list[str]:
    """Return whose personal matters records are about, in their order."""
    by_kind: dict[str, list[Record]] = {kind.code: [] for kind in kinds if kind.is_personal}
    personal = [one for one in records if one is not None and one.kind in by_kind]
    for record in personal:
        by_kind[record.kind].append(record)
    named: dict[int, str] = {}
    for code, rows in by_kind.items():
        kind = kind_of(code)
        if rows and kind.subject:
            named |= subjects_by_record(kind, rows)
    return [
        named.get(one.pk) or named.get(one.corrects_id) or f"{Record._meta.verbose_name} {one.pk}"
        for one in personal
    ]


def subjects_by_record(kind: Kind, records: Sequence[Record]) -> dict[int, str]:
    """Return whose matters records of a kind are about, by the records' keys (1 query).

    Who strikes a record out writes no detail: then it is whom the record struck out is about.
    """
    keys = {key for one in records for key in (one.pk, one.corrects_id)}
    details = kind.detail.objects.filter(record__in=keys - {None}).select_related(kind.subject)
    return {one.pk: subject_name(getattr(one, kind.subject)) for one in details}


def subjects_of_versions(record: Record) -> list[str]:
    """Return whom a record was ever said to be about (2 queries, if its kind says so)."""
    kind = kind_of(record.kind)
    if not (kind.is_personal and kind.subject):
        return []
    field = kind.detail._meta.get_field(kind.subject)
    keys = [one.said["detail"].get(field.attname) for one in record.versions.all()]
    rows = field.related_model.objects.in_bulk({key for key in keys if key})
    return [subject_name(row) for row in rows.values()]


def subject_name(row: Model) -> str:
    """Return how the access log names whose matters a row is about: what it is, its number."""
    return f"{row._meta.verbose_name} {row}"
