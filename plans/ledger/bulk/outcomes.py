"""Outcomes: what happens to each line of an uploaded table; shown first, then done as shown.

A line that the same person uploads again belongs to the same record (`TableReader.token_of`),
whatever happened to that record since. If the record was voided, the line may be written again:
its token is then made from the record that voids it, so it is new, and always the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID, uuid5

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.office.models import User
from plans.ledger.actions import RecordEntry, new_record, said_by
from plans.ledger.bulk.reading import LINES, Taken
from plans.ledger.duplicates import what_was_done, work_of_days
from plans.ledger.models import Record
from plans.ledger.versions.content import Said
from plans.tree.models import Activity


class Outcome(models.TextChoices):
    """What happens to a line."""

    NEW = "new", gettext_lazy("새로 씀")
    VOIDED = "voided", gettext_lazy("취소된 것을 새로 씀")
    DRAFT = "draft", gettext_lazy("작성중인 것을 확정")
    CHANGED = "changed", gettext_lazy("작성중(그 뒤 고침) · 그대로 둠")
    CONFIRMED = "confirmed", gettext_lazy("이미 있음(확정)")
    CORRECTED = "corrected", gettext_lazy("이미 있음(정정됨)")


# Outcomes that are written, and outcomes that no button changes.
WRITTEN = {Outcome.NEW, Outcome.VOIDED}
LEFT_ALONE = {Outcome.CHANGED, Outcome.CONFIRMED, Outcome.CORRECTED}


@dataclass
class OutcomeLine:
    """A line of a table with its outcome, and the record that it wrote before, if any."""

    taken: Taken
    outcome: Outcome = Outcome.NEW
    record: Record | None = None
    # Whether the record was edited since and now differs from the line (a correction is no edit).
    is_changed: bool = False
    # Another record of the activity with the same content, from no line of this table.
    twin: Record | None = None

    @property
    def entry(self) -> RecordEntry:
        """The line's content, as an entry of the ledger."""
        return self.taken.entry


def lines_of(
    taken: Sequence[Taken], activity: Activity, by: User, *, lock: bool = False
) -> list[OutcomeLine]:
    """Return each line with its outcome.

    2 queries, 1 more where any record was corrected; the same again for each time that lines were
    voided; 2 to find records with the same content. With `lock`, nobody else can change the
    records in this transaction.
    """
    lines = [OutcomeLine(one) for one in taken]
    open_lines = lines
    while open_lines:
        there = records_of([line.entry.token for line in open_lines], lock=lock)
        ends = ends_of(there.values())
        struck_out = []
        for line in open_lines:
            record = there.get(line.entry.token)
            if record is None:
                continue
            end = ends[record.pk]
            if end.state == Record.State.VOID:
                line.outcome = Outcome.VOIDED
                line.entry.token = uuid5(LINES, f"{line.entry.token} {end.pk}")
                struck_out.append(line)
            else:
                line.record = record
                said = said_by(new_record(activity, line.entry, by), line.entry)
                corrected = record.state == Record.State.CORRECTED
                line.is_changed = not corrected and says_something_else(record, said)
                changed = record.is_draft and line.is_changed
                line.outcome = Outcome.CHANGED if changed else Outcome(record.state)
        open_lines = struck_out
    find_twins(lines, activity, by)
    return lines


def find_twins(lines: Sequence[OutcomeLine], activity: Activity, by: User) -> None:
    """Set `twin` of each line that may be written: another record with its content (2 queries)."""
    days = {line.entry.facts["happened_on"] for line in lines if line.outcome not in LEFT_ALONE}
    ours = [line.record.pk for line in lines if line.record]
    there = work_of_days(activity, days, leave_out=ours)
    for line in lines:
        if line.outcome not in LEFT_ALONE:
            done = what_was_done(new_record(activity, line.entry, by), line.entry.detail)
            line.twin = next(iter(there.get(done, [])), None)


def records_of(tokens: Sequence[UUID], *, lock: bool) -> dict[UUID, Record]:
    """Return the records that have one of the tokens, with their versions (2 queries)."""
    rows = Record.objects.filter(token__in=tokens).prefetch_related("versions").order_by("pk")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return {one.token: one for one in rows}


def ends_of(records: Iterable[Record]) -> dict[int, Record]:
    """Return the record that now replaces each record, or the record itself, by key."""
    ends = {one.pk: one for one in records}
    replaced = {one.pk: one.pk for one in ends.values() if one.state == Record.State.CORRECTED}
    while replaced:
        after = Record.objects.filter(corrects__in=replaced).exclude(state=Record.State.DRAFT)
        first = {one: replaced[one.corrects_id] for one in after}
        ends |= {key: one for one, key in first.items()}
        replaced = {one.pk: key for one, key in first.items()}
    return ends


def says_something_else(record: Record, said: Said) -> bool:
    """Return whether a record was edited by hand since its line was written."""
    versions = list(record.versions.all())
    return versions[-1].said != said if versions else record.version > 0


def lines_stamp(lines: Sequence[OutcomeLine]) -> str:
    """Return a hash of the lines' outcomes, to check that they are still as shown."""
    told = [
        (
            line.taken.row.number,
            line.outcome.value,
            line.record and (line.record.pk, line.record.version),
            line.twin and line.twin.pk,
        )
        for line in lines
    ]
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def counts_of(lines: Iterable[OutcomeLine]) -> Counter[Outcome]:
    """Return how many lines have each outcome."""
    return Counter(line.outcome for line in lines)


def sentence_of(counts: Counter[Outcome], *, confirmed: bool) -> str:
    """Return a message that says how many lines had each outcome."""
    done = {
        Outcome.NEW: _("새 실적 %(count)s건을 확정했습니다."),
        Outcome.VOIDED: _("취소되었던 %(count)s건을 새로 적어 확정했습니다."),
        Outcome.DRAFT: _("작성중이던 %(count)s건을 확정했습니다."),
    }
    saved = {
        Outcome.NEW: _("새 실적 %(count)s건을 작성중으로 저장했습니다."),
        Outcome.VOIDED: _("취소되었던 %(count)s건을 새로 적어 작성중으로 저장했습니다."),
        Outcome.DRAFT: _("작성중이던 %(count)s건은 그대로 두었습니다."),
    }
    left = {
        Outcome.CHANGED: _("그 뒤에 고친 작성중 %(count)s건은 그대로 두었습니다."),
        Outcome.CONFIRMED: _("이미 확정된 %(count)s건은 그대로 두었습니다."),
        Outcome.CORRECTED: _("이미 정정된 %(count)s건은 그대로 두었습니다."),
    }
    told = (done if confirmed else saved) | left
    parts = [said % {"count": counts[one]} for one, said in told.items() if counts[one]]
    if confirmed and any(counts[one] for one in done):
        parts.append(_("진행에 더해집니다."))
    elif not confirmed and any(counts[one] for one in saved):
        parts.append(_("확정해야 진행에 더해집니다."))
    return " ".join(parts)
