"""Keeping a table of many days for its preview, and writing it: all of it or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.rows import Row
from plans.ledger.actions import add_records, confirm_all, in_words, refuse_days
from plans.ledger.bulk.models import RecordUpload
from plans.ledger.bulk.outcomes import WRITTEN, Outcome, counts_of, lines_of, stamp
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


def kept_rows(upload: RecordUpload, reader: TableReader) -> list[Row]:
    """Return the rows of a kept table.

    Raises RefusedError where its columns are not any more those that the activity asks for: what
    they say would have no place.
    """
    rows = [Row(**row) for row in upload.rows]
    if any(not {*reader.needed} <= {*row.letters} <= {*reader.headers} for row in rows):
        raise RefusedError(
            "그 사이 이 활동의 기록 양식이나 재는 방법이 바뀌었습니다. 아무것도 쓰지 않았습니다. "
            "지금 양식에 옮겨 적어 다시 올리세요."
        )
    return rows


class ForeseenOtherwiseError(RefusedError):
    """What would become of a table's lines is not any more what was shown."""

    def __init__(self) -> None:
        super().__init__(
            "확인하는 동안 이 표의 실적이 달라져 아무것도 쓰지 않았습니다. 줄마다 어떻게 될지 다시 "
            "확인하고 저장하세요."
        )


@transaction.atomic
def write_upload(
    *, number: int, activity: Activity, by: User, confirm: bool, seen: str | None = None
) -> Counter[Outcome]:
    """Write a kept table whole, and return how many of its lines had each outcome.

    What is new is written, and what was struck out is written again. To confirm is to confirm
    one's drafts of the table, too. `seen` is the stamp of what was shown; None where nothing was.

    Each line is checked once more. Raises RefusedError, and writes nothing, where the table is
    gone, one of its lines does not fit any more, or another outcome was shown.
    """
    rows = RecordUpload.objects.select_for_update()
    upload = rows.filter(uploaded_by=by, activity=activity, pk=number).first()
    if upload is None:
        raise RefusedError("이미 반영했거나 더 새로 올린 표가 있습니다. 표를 다시 올려 주세요.")
    reader = TableReader(user=by, activity=activity)
    taken, problems = reader.read(kept_rows(upload, reader))
    if problems:
        first = problems[0]
        raise RefusedError(
            f"표를 올린 뒤 달라진 것이 있어 아무것도 쓰지 않았습니다. {first.place}: "
            f"{first.sentence} 고친 뒤 표를 다시 올리세요."
        )
    lines = lines_of(taken, activity, by, lock=True)
    if seen is not None and stamp(lines) != seen:
        raise ForeseenOtherwiseError
    entries = [line.entry for line in lines if line.outcome in WRITTEN]
    if entries:
        add_records(activity=activity, entries=entries, by=by, confirm=confirm)
    drafts = [line.record for line in lines if line.outcome == Outcome.DRAFT]
    if confirm and drafts:
        confirm_drafts(activity, drafts, by)
    upload.delete()
    return counts_of(lines)


def confirm_drafts(activity: Activity, drafts: Sequence[Record], by: User) -> None:
    """Confirm the drafts that lines of a table are already; they are locked."""
    refuse_days(activity, [draft.happened_on for draft in drafts])
    with in_words(), transaction.atomic():
        confirm_all(drafts, by)
