"""Access log entries for staff who see or write records of personal kinds."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from gwonseon.office.access_log.actions import log_access
from gwonseon.office.models import PersonalAccess
from plans.ledger.forms.entries import EntryForms
from plans.ledger.kinds import RecordKind, kind_of, kinds
from plans.ledger.models import Record

What = PersonalAccess.What


def log_personal(
    request: HttpRequest, shown: Iterable[Record | None], what: What, reason: str = ""
) -> None:
    """Log that personal records are shown: one row for each person concerned.

    Every view that shows records to staff calls it; records of other kinds are ignored. Makes 1
    query, and 1 more for each kind whose records name the person concerned.
    """
    log_access(request=request, what=what, subjects=subjects_of(shown), reason=reason)


def log_form(request: HttpRequest, forms: EntryForms) -> None:
    """Log the persons that a record's form shows.

    These are the persons of the edited record, of the user's last record whose values it starts
    with, of a record with the same content, and of the choices it lists.
    """
    if forms.kind.is_personal:
        offered = [subject_name(one) for one in forms.detail.offered_rows()] if forms.detail else []
        subjects = [*subjects_of([forms.written, forms.last, forms.twin]), *offered]
        log_access(request=request, what=What.VIEW, subjects=subjects)


def log_record(request: HttpRequest, shown: Record, *beside: Record | None) -> None:
    """Log the persons that a record's page shows: of the record, its versions, and `beside`."""
    subjects = [*subjects_of([shown, *beside]), *subjects_of_versions(shown)]
    log_access(request=request, what=What.VIEW, subjects=subjects)


@contextmanager
def logged(request: HttpRequest, what: What, *records: Record | None) -> Iterator[list[Record]]:
    """Log a write to records inside the block: the log and the write succeed or fail together.

    The persons are read before; append written records to the list, and theirs are read after.
    """
    subjects, written = subjects_of(records), []
    with transaction.atomic():
        yield written
        log_access(request=request, what=what, subjects=[*subjects, *subjects_of(written)])


def subjects_of(records: Iterable[Record | None]) -> list[str]:
    """Return the names of the persons that records are about, in the records' order."""
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


def subjects_by_record(kind: RecordKind, records: Sequence[Record]) -> dict[int, str]:
    """Return the persons that records of a kind are about, by record key (1 query).

    A record that voids another has no detail: it is about the person of the voided record.
    """
    keys = {key for one in records for key in (one.pk, one.corrects_id)}
    details = kind.detail.objects.filter(record__in=keys - {None}).select_related(kind.subject)
    return {one.pk: subject_name(getattr(one, kind.subject)) for one in details}


def subjects_of_versions(record: Record) -> list[str]:
    """Return the persons that any version of a record names (2 queries, if its kind has any)."""
    kind = kind_of(record.kind)
    if not (kind.is_personal and kind.subject):
        return []
    field = kind.detail._meta.get_field(kind.subject)
    keys = [one.said["detail"].get(field.attname) for one in record.versions.all()]
    rows = field.related_model.objects.in_bulk({key for key in keys if key})
    return [subject_name(row) for row in rows.values()]


def subject_name(row: Model) -> str:
    """Return how the access log names the person of a row: model name and number."""
    return f"{row._meta.verbose_name} {row}"
