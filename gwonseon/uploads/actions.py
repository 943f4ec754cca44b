"""Keeping a checked table for its preview, and taking it to be written once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
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
    of_a_kind = {"kind": place.kind, "scope": place.scope, "uploaded_by": by}
    Upload.objects.filter(**of_a_kind).delete()
    kept = [asdict(row) for row in rows]
    return Upload.objects.create(**of_a_kind, rows=kept, unchanged=unchanged)


def kept_upload(place: Place, number: int, by: User) -> Upload | None:
    """Return what somebody uploaded and has not written yet (1 query)."""
    rows = Upload.objects.filter(kind=place.kind, scope=place.scope, uploaded_by=by)
    return rows.filter(pk=number).first()


def take_upload(place: Place, number: int, by: User) -> Upload:
    """Lock an upload and take it away: what it says is written in this transaction.

    1 query, and 1 to delete it. Raises RefusedError where it is gone.
    """
    rows = Upload.objects.select_for_update()
    rows = rows.filter(kind=place.kind, scope=place.scope, uploaded_by=by)
    upload = rows.filter(pk=number).first()
    if upload is None:
        raise RefusedError(GONE)
    Upload.objects.filter(pk=number).delete()
    return upload
