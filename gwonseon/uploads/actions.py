"""What a table says, kept for its preview, and taken to be written once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from gwonseon.uploads.models import Upload

GONE = "이미 반영했거나 더 새로 올린 표가 있습니다. 표를 다시 올려 주세요."


@dataclass(frozen=True)
class Place:
    """Whose table an upload is and what it is about."""

    kind: str
    scope: str = ""


@transaction.atomic
def keep_upload(*, place: Place, rows: Sequence[Any], by: User, unchanged: int = 0) -> Upload:
    """Keep rows (dataclasses) until their uploader writes them; the last upload counts."""
    # Two uploads of one person wait for each other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    uploads_of(place, by).delete()
    kept = [asdict(row) for row in rows]
    return Upload.objects.create(**asdict(place), uploaded_by=by, rows=kept, unchanged=unchanged)


def uploads_of(place: Place, by: User) -> QuerySet[Upload]:
    """Return what somebody keeps in a place: one upload, or none."""
    return Upload.objects.filter(**asdict(place), uploaded_by=by)


def kept_upload(place: Place, number: int, by: User) -> Upload | None:
    """Return what somebody uploaded and has not written yet (1 query)."""
    return uploads_of(place, by).filter(pk=number).first()


def take_upload(place: Place, number: int, by: User) -> Upload:
    """Lock an upload and take it away: what it says is written in this transaction.

    1 query, and 1 to delete it. Raises RefusedError where it is gone.
    """
    upload = uploads_of(place, by).select_for_update().filter(pk=number).first()
    if upload is None:
        raise RefusedError(GONE)
    Upload.objects.filter(pk=number).delete()
    return upload


@dataclass
class Found:
    """What a table says: rows to be kept, or problems that stand in the way, cell by cell."""

    rows: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0


class ForeseenOtherwiseError(RefusedError):
    """What would become of a table is not any more what its preview showed."""
