"""Actions that write records. A record starts as a draft with its detail, findings, evidence and
first version; confirming it is the last write of a transaction, and after that the database
allows no change of them.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from gwonseon.constraints import Refusal, refusing
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.amendments.force import beginning_of
from plans.ledger.access import may_confirm, may_record
from plans.ledger.evidence import copy_evidence, drop_evidence
from plans.ledger.kinds import RecordKind, kind_of
from plans.ledger.models import Evidence, Finding, Record
from plans.ledger.versions.content import FACTS, OF_A_FINDING, Said, plain_values, said_of
from plans.ledger.versions.models import RecordVersion
from plans.tree.measures import MEASURE
from plans.tree.models import Activity

log = logging.getLogger(__name__)

# Columns of the shared row that stay empty for personal kinds.
NEVER_OF_PERSONS = ("dong_id", "facility_id", "note")

MEASURED_ANEW = (
    "그 사이 이 활동의 기록 양식이나 재는 방법이 바뀌었습니다. 적은 것을 확인하고 다시 저장하세요."
)
SENTENCES = {
    "record_fits_its_activity": (
        "그 사이 이 활동의 기록 양식이 바뀌었거나 활동이 끝났습니다. 활동을 다시 열어 기록하세요."
    ),
    "record_corrects_what_counts": (
        "이미 정정되었거나 취소된 실적입니다. 지금 실적을 열어 정정하세요."
    ),
    "confirmed_record_stays": "확정된 실적은 고칠 수 없습니다. 「정정」으로 바로잡으세요.",
    "record_confirmed_by_another": (
        "이 실적은 쓴 사람이 아닌 다른 사람이 확정해야 합니다. 작성중으로 저장하세요."
    ),
}
CONFIRMED_MEANWHILE = "그 사이에 확정된 실적은 고칠 수 없습니다. 「정정」으로 바로잡으세요."
CHANGED_MEANWHILE = (
    "그 사이에 다른 화면이나 다른 사람이 이 실적을 고쳤습니다. 지금 내용을 확인하고 "
    "다시 저장하세요."
)
BEING_CORRECTED = "이미 정정을 쓰고 있는 실적입니다. 작성중인 정정을 열어 마치거나 지우세요."
BEING_STRUCK_OUT = (
    "취소를 기다리는 실적입니다. 취소 요청을 열어 다른 사람이 확정하게 하거나 지우세요."
)
DISCARDED_MEANWHILE = "그 사이에 지워진 실적입니다. 적은 것을 새 실적으로 남기려면 다시 저장하세요."
STAYS_A_REQUEST = "취소 요청은 고치지 않습니다. 지우고 까닭을 적어 다시 취소하세요."
CORRECTED_BEFORE = "이 양식으로 이미 정정을 저장했습니다. 그 정정과 견주어 보세요."
SENT_TWICE = (
    "이 양식으로 {}을(를) 이미 저장했으니, 따로 한 일을 하나 더 적으려면 다시 저장하고, 그 실적을 "
    "고치려면 열어서 고치세요."
)


@dataclass
class RecordEntry:
    """The input for one record: its facts, its kind's detail, its findings and its evidence.

    `facts` is keyed by column name (see FACTS). Detail, findings and evidence are not saved and
    have no record yet. `kept` holds the keys of existing evidence that the new record keeps.
    """

    facts: Mapping[str, Any]
    detail: Model | None = None
    findings: Sequence[Finding] = ()
    evidence: Sequence[Evidence] = ()
    kept: Sequence[int] = ()
    token: UUID = field(default_factory=uuid4)


class RecordSentTwiceError(RefusedError):
    """The same form token already wrote another record, perhaps a moment ago.

    `record` is that record if the same person wrote it for the same activity, else None.
    """

    def __init__(self, record: Record | None = None) -> None:
        self.record = record
        super().__init__(
            SENT_TWICE.format(named(record))
            if record
            else "이미 다른 실적을 쓴 양식입니다. 새 실적으로 적으려면 다시 저장하세요."
        )


def named(record: Record) -> str:
    """Return the text by which messages name a record: its day and number."""
    return f"{record.happened_on:%Y. %-m. %-d.} 실적(번호 {record.pk})"


def refusals_of(code: str) -> dict[str, Refusal]:
    """Return the error messages for constraints that a record of a kind can break, by name."""
    return SENTENCES | {"plans_record_token_key": RecordSentTwiceError} | kind_of(code).refusals


class RecordChangedMeanwhileError(RefusedError):
    """The record changed after the user read it; `record` is what replaces it now."""

    def __init__(self, record: Record, sentence: str) -> None:
        super().__init__(sentence)
        self.record = record


def add_record(
    *, activity: Activity, entry: RecordEntry, by: User, confirm: bool = False
) -> Record:
    """Record work for an activity. Sending the same form twice gives one record.

    Makes 9 queries, and one more for each of detail, findings, evidence and confirmation.
    """
    return add_records(activity=activity, entries=[entry], by=by, confirm=confirm)[0]


def add_records(
    *, activity: Activity, entries: Sequence[RecordEntry], by: User, confirm: bool = False
) -> list[Record]:
    """Create many records: all or none, in as many queries as one record.

    Raises RecordSentTwiceError where one of the forms already wrote a record with other content.
    """
    if not may_record(by, activity):
        raise RefusedError("이 활동의 실적을 쓸 권한이 없습니다. 담당부서에 알려 주세요.")
    return post_records(activity=activity, entries=entries, by=by, confirm=confirm)


@transaction.atomic
def post_records(
    *, activity: Activity, entries: Sequence[RecordEntry], by: User, confirm: bool = False
) -> list[Record]:
    """Create records in a user's name without checking that the user may record by hand.

    For code that posts records itself: its own rules have already allowed `by` to do it.
    Otherwise the same as `add_records`.
    """
    there = sent_before(activity, entries, by, confirm=confirm)
    fresh = [entry for entry in entries if entry.token not in there]
    records = [new_record(activity, entry, by) for entry in fresh]
    refuse_days(activity, [record.happened_on for record in records])
    try:
        with refusing(refusals_of(activity.record_kind)):
            Record.objects.bulk_create(records)
            refuse_another_measure(activity)
            write_details(records, fresh)
            pairs = zip(records, fresh, strict=True)
            keep_versions([(one, entry.token, said_by(one, entry)) for one, entry in pairs], by)
            if confirm:
                confirm_all(records, by)
    except RecordSentTwiceError:
        return post_records(activity=activity, entries=entries, by=by, confirm=confirm)
    log.info("%s records of activity %s written by %s", len(records), activity.pk, by.pk)
    there |= {one.token: one for one in records}
    return [there[entry.token] for entry in entries]


def sent_before(
    activity: Activity, entries: Sequence[RecordEntry], by: User, *, confirm: bool
) -> dict[UUID, Record]:
    """Return the records that the user already wrote from the same forms, by token.

    1 query where there are none. Raises RecordSentTwiceError where a form was used by another user,
    for another activity, or now has other content.
    """
    rows = Record.objects.filter(token__in=[entry.token for entry in entries])
    there = {one.token: one for one in rows.prefetch_related("versions")}
    for entry in entries:
        sent = there.get(entry.token)
        if sent is None:
            continue
        if (sent.written_by_id, sent.activity_id) != (by.pk, activity.pk):
            raise RecordSentTwiceError
        said = said_by(new_record(activity, entry, by), entry, sent)
        there[entry.token] = same_record(sent, said, by, confirm=confirm)
    return there


def same_record(sent: Record, said: Said, by: User, *, confirm: bool) -> Record:
    """Return the record that the same form wrote before, and confirm it now if the form asks.

    Raises RecordSentTwiceError where the form's content was never the record's content.
    """
    ever = [one.said for one in sent.versions.all()]
    if said not in ever:
        raise RecordSentTwiceError(sent)
    if confirm and sent.is_draft and said == ever[-1]:
        return confirm_record(record=sent, version=sent.version, by=by)
    sent.was_there = True
    return sent


def said_by(record: Record, entry: RecordEntry, source: Record | None = None) -> Said:
    """Return the content that an entry gives to a record (1 query if evidence is kept)."""
    kept = source.evidence.filter(pk__in=entry.kept) if source and entry.kept else ()
    return said_of(record, entry.detail, entry.findings, [*kept, *entry.evidence])


def keep_versions(written: Sequence[tuple[Record, UUID, Said]], by: User) -> None:
    """Save the current content of drafts as versions by a user, each with its token (1 query)."""
    RecordVersion.objects.bulk_create(
        RecordVersion(record=record, number=record.version, by=by, token=token, said=said)
        for record, token, said in written
    )


def new_record(activity: Activity, entry: RecordEntry, by: User) -> Record:
    """Return an unsaved record made from an entry."""
    kind = kind_of(activity.record_kind)
    return Record(
        activity=activity,
        kind=kind.code,
        year=activity.plan.year,
        written_by=by,
        token=entry.token,
        **row_facts(kind, entry),
    )


def row_facts(kind: RecordKind, entry: RecordEntry) -> dict[str, Any]:
    """Return the shared row's columns from an entry: all of them, so that no old value stays."""
    facts = {name: entry.facts.get(name) for name in FACTS}
    if kind.is_personal:
        facts |= dict.fromkeys(NEVER_OF_PERSONS)
    return facts | {"note": facts["note"] or ""}


def refuse_another_measure(activity: Activity) -> None:
    """Refuse if the activity's measure changed since the activity was read (1 query).

    Writing a record locks its activity from then on.
    """
    if not Activity.objects.filter(
        **{one: getattr(activity, one) for one in ("pk", *MEASURE)}
    ).exists():
        raise RefusedError(MEASURED_ANEW)


def refuse_days(activity: Activity, days: Sequence[date]) -> None:
    """Refuse days on which no work can be recorded for an activity (1 query)."""
    begins_on = beginning_of(activity)
    for day in days:
        refuse_day(activity, day, begins_on)


def refuse_day(activity: Activity, day: date, begins_on: date) -> None:
    """Refuse a day outside the plan's year or the activity's own days, or in the future.

    `begins_on` is the activity's `beginning_of`.
    """
    if day.year != activity.plan.year:
        raise RefusedError(
            f"{activity.plan.year}년 계획의 활동입니다. {activity.plan.year}년의 날짜를 적으세요."
        )
    if day < begins_on:
        raise RefusedError(
            f"{begins_on:%Y-%m-%d}부터 계획에 든 활동입니다. 그날이나 그 뒤의 날짜를 적으세요."
        )
    if activity.retired_on and day > activity.retired_on:
        raise RefusedError(
            f"{activity.retired_on:%Y-%m-%d}에 끝난 활동입니다. 그날까지의 날짜를 적으세요."
        )
    if day > timezone.localdate():
        raise RefusedError("아직 오지 않은 날입니다. 오늘이나 지난 날짜를 적으세요.")


def write_details(records: Sequence[Record], entries: Sequence[RecordEntry]) -> None:
    """Save the details, findings and evidence of records (3 queries at most)."""
    details, findings, evidence = [], [], []
    for record, entry in zip(records, entries, strict=True):
        for row in (entry.detail, *entry.findings, *entry.evidence):
            if row is not None:
                row.record = record
        details += [entry.detail] if entry.detail is not None else []
        findings += entry.findings
        evidence += entry.evidence
    for rows in (details, findings, evidence):
        if rows:
            type(rows[0]).objects.bulk_create(rows)


def confirm_all(records: Sequence[Record], by: User) -> None:
    """Mark drafts confirmed, or void if they void a record (1 query each; 2 per correction).

    Findings of a corrected record move to its correction.
    """
    for record in records:
        if not may_confirm(by, record):
            raise RefusedError(SENTENCES["record_confirmed_by_another"])
        if record.corrects_id and not record.strikes_out:
            move_findings(record)
    facts = {
        "confirmed_by": by,
        "confirmed_at": timezone.now(),
        "confirmed_on": timezone.localdate(),
    }
    for strikes_out, state in ((False, Record.State.CONFIRMED), (True, Record.State.VOID)):
        ready = [one for one in records if one.strikes_out == strikes_out]
        for record in ready:
            for name, value in (facts | {"state": state}).items():
                setattr(record, name, value)
        if ready:
            Record.objects.filter(pk__in=[one.pk for one in ready]).update(**facts, state=state)


def move_findings(record: Record) -> None:
    """Move the findings of the corrected record to its correction (2 queries).

    Raises RefusedError where a finding would be found after the day it was put right.
    """
    findings = Finding.objects.filter(record=record.corrects_id)
    done = findings.filter(done_on__lt=record.happened_on).order_by("done_on").first()
    if done:
        raise RefusedError(
            f"「{done.what}」을(를) {done.done_on:%Y-%m-%d}에 조치했습니다. 찾은 날은 그날이나 그 "
            "앞의 날짜로 적으세요."
        )
    findings.update(record=record)


def lock_record(record: Record, by: User) -> Record:
    """Lock a record and return its current row. Refuse a user who may not write it."""
    rows = Record.objects.select_for_update(of=("self",))
    above = f"activity__{Activity.PILLAR_PATH}"
    record = rows.select_related(above, "activity__plan").filter(pk=record.pk).first()
    if record is None:
        raise RefusedError("그 사이에 지워진 실적입니다. 실적 목록을 다시 열어 확인하세요.")
    if not may_record(by, record.activity):
        raise RefusedError("이 활동의 실적을 쓸 권한이 없습니다. 담당부서에 알려 주세요.")
    return record


def lock_draft(record: Record, by: User, version: int) -> Record:
    """Lock a record; refuse if it is no draft or not in the version that the user saw."""
    record = lock_record(record, by)
    refuse_outdated(record, version)
    return record


def refuse_outdated(record: Record, version: int) -> None:
    """Refuse a record that is no draft any more, or whose version is not the one seen."""
    if not record.is_draft:
        refuse_replaced(record)
        raise RecordChangedMeanwhileError(record, CONFIRMED_MEANWHILE)
    if record.version != version:
        raise RecordChangedMeanwhileError(record, CHANGED_MEANWHILE)


def newest_of(record: Record) -> Record:
    """Return the record that is valid now: itself, or the last one that replaces it."""
    after = Record.objects.filter(corrects=record).first()
    return newest_of(after) if after else record


@transaction.atomic
def rewrite_record(
    *, record: Record, entry: RecordEntry, version: int, by: User, confirm: bool = False
) -> Record:
    """Rewrite a draft: the entry replaces all its content. The user becomes one of its authors.

    Sending the same form twice writes once. Raises RecordChangedMeanwhileError where the record is
    not the draft that the user saw.
    """
    record = lock_record(record, by)
    said = said_by(new_record(record.activity, entry, by), entry, record)
    newest = record.versions.filter(number=record.version, by=by)
    if newest.filter(token=entry.token, said=said).exists():
        return same_record(record, said, by, confirm=confirm)
    refuse_outdated(record, version)
    refuse_void_request(record)
    refuse_days(record.activity, [entry.facts["happened_on"]])
    kind = kind_of(record.kind)
    for name, value in row_facts(kind, entry).items():
        setattr(record, name, value)
    record.version += 1
    with refusing(refusals_of(kind.code)):
        record.save(update_fields=[*FACTS, "version"])
        if kind.detail:
            kind.detail.objects.filter(record=record).delete()
        record.findings.all().delete()
        drop_evidence(record.evidence.exclude(pk__in=entry.kept))
        write_details([record], [entry])
        keep_versions([(record, entry.token, said)], by)
        if confirm:
            confirm_all([record], by)
    return record


def refuse_void_request(record: Record) -> None:
    """Refuse to edit a draft that voids a record: it holds only its reason."""
    if record.strikes_out:
        raise RefusedError(STAYS_A_REQUEST)


@transaction.atomic
def confirm_record(*, record: Record, version: int, by: User) -> Record:
    """Confirm a draft, so that it counts from now on."""
    record = lock_draft(record, by, version)
    refuse_days(record.activity, [record.happened_on])
    with refusing(refusals_of(record.kind)):
        confirm_all([record], by)
    log.info("record %s confirmed by %s", record.pk, by.pk)
    return record


@transaction.atomic
def correct_record(
    *, record: Record, entry: RecordEntry, by: User, confirm: bool = False
) -> Record:
    """Replace a confirmed record by another, either at once or as a draft.

    Raises RecordChangedMeanwhileError where the record is already replaced, and
    RecordSentTwiceError where the same form already wrote other content.
    """
    record = lock_record(record, by)
    new = new_record(record.activity, entry, by)
    new.corrects = record
    said = said_by(new, entry, record)
    sent = Record.objects.filter(token=entry.token).first()
    if sent:
        if (sent.written_by_id, sent.corrects_id) != (by.pk, record.pk):
            raise RecordSentTwiceError
        return same_record(sent, said, by, confirm=confirm)
    refuse_replaced(record)
    refuse_days(record.activity, [entry.facts["happened_on"]])
    entry = replace(entry, findings=new_findings(record, entry.findings))
    with refusing(refusals_of(record.kind)):
        new.save(force_insert=True)
        copy_evidence(record, new, entry.kept)
        write_details([new], [entry])
        keep_versions([(new, new.token, said)], by)
        if confirm:
            confirm_all([new], by)
    log.info("record %s corrected by %s", record.pk, by.pk)
    return new


def refuse_replaced(record: Record) -> None:
    """Refuse a record that does not count any more, or that a draft is to replace."""
    newest = newest_of(record)
    if newest == record and record.state == Record.State.CONFIRMED:
        return
    if newest.strikes_out and newest.is_draft:
        raise RefusedError(BEING_STRUCK_OUT)
    if newest.strikes_out or newest == record:
        raise RefusedError(SENTENCES["record_corrects_what_counts"])
    raise RecordChangedMeanwhileError(
        newest, BEING_CORRECTED if newest.is_draft else SENTENCES["record_corrects_what_counts"]
    )


def new_findings(record: Record, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that the record lacks; `move_findings` moves those that it has."""
    there = [plain_values(one, OF_A_FINDING) for one in record.findings.all()] if findings else []
    return [one for one in findings if plain_values(one, OF_A_FINDING) not in there]


@transaction.atomic
def void_record(*, record: Record, reason: str, by: User) -> Record:
    """Void a confirmed record: a replacement without numbers gives the reason.

    Where the kind requires another person, the replacement stays a draft until another person
    confirms it; until then the record counts.
    """
    record = lock_record(record, by)
    refuse_replaced(record)
    void = Record(
        activity=record.activity,
        kind=record.kind,
        year=record.year,
        happened_on=record.happened_on,
        note=reason,
        written_by=by,
        corrects=record,
        strikes_out=True,
    )
    with refusing(refusals_of(record.kind)):
        void.save(force_insert=True)
        keep_versions([(void, void.token, said_of(void, None, (), ()))], by)
        if not kind_of(record.kind).confirmed_by_another:
            confirm_all([void], by)
    log.info("record %s struck out by %s", record.pk, by.pk)
    return void


@transaction.atomic
def discard_record(*, record: Record, version: int, by: User) -> None:
    """Delete a draft with its detail, findings, evidence and versions."""
    record = lock_draft(record, by, version)
    drop_evidence(record.evidence.all())
    record.delete()
