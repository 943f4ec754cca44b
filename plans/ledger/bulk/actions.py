"""Keeping a table of many days for its preview, and writing it: all of it or nothing."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.rows import Row
from plans.ledger.actions import add_records
from plans.ledger.bulk.models import RecordUpload
from plans.ledger.bulk.reading import TableReader
from plans.ledger.models import Record
from plans.tree.models import Activity


@transaction.atomic
def keep(*, activity: Activity, rows: Sequence[Row], by: User) -> RecordUpload:
    """Keep a checked table until its uploader writes it; the last one counts."""
    # Two uploads of one person wait for each other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    RecordUpload.objects.filter(uploaded_by=by).delete()
    kept = [asdict(row) for row in rows]
    return RecordUpload.objects.create(uploaded_by=by, activity=activity, rows=kept)


def kept_rows(upload: RecordUpload) -> list[Row]:
    """Return the rows of a kept table."""
    return [Row(**row) for row in upload.rows]


@transaction.atomic
def write_upload(*, number: int, activity: Activity, by: User, confirm: bool) -> list[Record]:
    """Write a kept table whole, and return its records; a line that was written before is that.

    Each line is checked once more. Raises RefusedError, and writes nothing, where the table is
    gone or one of its lines does not fit any more.
    """
    rows = RecordUpload.objects.select_for_update()
    upload = rows.filter(uploaded_by=by, activity=activity, pk=number).first()
    if upload is None:
        raise RefusedError("이미 반영했거나 더 새로 올린 표가 있습니다. 표를 다시 올려 주세요.")
    taken, problems = TableReader(user=by, activity=activity).read(kept_rows(upload))
    if problems:
        first = problems[0]
        raise RefusedError(
            f"표를 올린 뒤 달라진 것이 있어 아무것도 쓰지 않았습니다. {first.place}: "
            f"{first.sentence} 고친 뒤 표를 다시 올리세요."
        )
    entries = [one.entry for one in taken]
    written = add_records(activity=activity, entries=entries, by=by, confirm=confirm)
    upload.delete()
    return written
