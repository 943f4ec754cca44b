"""Keep an uploaded table for its preview, and take it out once to write it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from gwonseon.uploads.models import Upload

GONE = "이미 반영했거나 더 새로 올린 것이 있습니다. 다시 올려 주세요."


@dataclass(frozen=True)
class Place:
    """The kind of table and its scope: see Upload."""

    kind: str
    scope: str = ""


@transaction.atomic
def keep_upload(*, place: Place, rows: Sequence[Any], by: User, unchanged: int = 0) -> Upload:
    """Keep rows (dataclasses) until their uploader writes them; replace the previous upload."""
    # Two uploads of one person at the same time run one after the other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    uploads_of(place, by).delete()
    kept = [asdict(row) for row in rows]
    return Upload.objects.create(**asdict(place), uploaded_by=by, rows=kept, unchanged=unchanged)


def uploads_of(place: Place, by: User) -> QuerySet[Upload]:
    """Return a person's upload in a place, as a query of one row or none."""
    return Upload.objects.filter(**asdict(place), uploaded_by=by)


def kept_upload(place: Place, number: int, by: User) -> Upload | None:
    """Return an upload that its person has not written yet, or None (1 query)."""
    return uploads_of(place, by).filter(pk=number).first()


def take_upload(place: Place, number: int, by: User) -> Upload:
    """Lock, delete and return an upload, for the transaction that writes its rows (2 queries).

    Raises RefusedError if it is gone.
    """
    upload = uploads_of(place, by).select_for_update().filter(pk=number).first()
    if upload is None:
        raise RefusedError(GONE)
    Upload.objects.filter(pk=number).delete()
    return upload


@dataclass
class Found:
    """The result of reading a table: rows to keep, or problems of single cells.

    `unchanged` counts further rows that are the same as in the database.
    """

    rows: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0


class PreviewOutdatedError(RefusedError):
    """Writing the table would now give another result than its preview showed."""
