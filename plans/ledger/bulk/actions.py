"""Actions that store a table of many days for its preview, and write all of it or nothing."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from gwonseon.constraints import refusing
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.rows import TableRow
from gwonseon.uploads.actions import Place, PreviewOutdatedError, take_upload
from gwonseon.uploads.models import Upload
from plans.ledger.actions import add_records, confirm_all, refusals_of, refuse_days
from plans.ledger.bulk.outcomes import WRITTEN, Outcome, counts_of, lines_of, lines_stamp
from plans.ledger.bulk.reading import TableReader
from plans.ledger.models import Record
from plans.tree.models import Activity

CHANGED = (
    "확인하는 동안 이 표의 실적이 달라져 아무것도 쓰지 않았습니다. 줄마다 어떻게 될지 다시 "
    "확인하고 저장하세요."
)


def table_place(activity: Activity) -> Place:
    """Return the place under which uploads of an activity's many days are stored."""
    return Place("records", str(activity.pk))


def kept_rows(upload: Upload, reader: TableReader) -> list[TableRow]:
    """Return the rows of a stored table.

    Raises RefusedError where its columns are no longer those that the activity asks for, because
    their values could not be saved.
    """
    rows = [TableRow(**row) for row in upload.rows]
    if any(not {*reader.needed} <= {*row.letters} <= {*reader.headers} for row in rows):
        raise RefusedError(
            "그 사이 이 활동의 기록 양식이나 재는 방법이 바뀌었습니다. 아무것도 쓰지 않았습니다. "
            "지금 양식에 옮겨 적어 다시 올리세요."
        )
    return rows


@transaction.atomic
def write_table(
    *, number: int, activity: Activity, by: User, confirm: bool, seen: str | None = None
) -> Counter[Outcome]:
    """Write all of a stored table, and return how many of its lines had each outcome.

    New lines are written, and lines whose record was voided are written again. With `confirm`,
    the user's drafts from this table are confirmed, too. `seen` is the stamp of the preview, None
    if nothing was shown.

    Each line is checked again. Raises RefusedError, and writes nothing, where the table is gone,
    a line is not valid any more, or an outcome differs from the preview.
    """
    upload = take_upload(table_place(activity), number, by)
    reader = TableReader(user=by, activity=activity)
    taken, problems = reader.read(kept_rows(upload, reader))
    if problems:
        first = problems[0]
        raise RefusedError(
            f"표를 올린 뒤 달라진 것이 있어 아무것도 쓰지 않았습니다. {first.place}: "
            f"{first.sentence} 고친 뒤 표를 다시 올리세요."
        )
    lines = lines_of(taken, activity, by, lock=True)
    if seen is not None and lines_stamp(lines) != seen:
        raise PreviewOutdatedError(CHANGED)
    entries = [line.entry for line in lines if line.outcome in WRITTEN]
    if entries:
        add_records(activity=activity, entries=entries, by=by, confirm=confirm)
    drafts = [line.record for line in lines if line.outcome == Outcome.DRAFT]
    if confirm and drafts:
        confirm_drafts(activity, drafts, by)
    return counts_of(lines)


def confirm_drafts(activity: Activity, drafts: Sequence[Record], by: User) -> None:
    """Confirm drafts that lines of a table wrote before; the drafts are locked already."""
    refuse_days(activity, [draft.happened_on for draft in drafts])
    with refusing(refusals_of(activity.record_kind)):
        confirm_all(drafts, by)
