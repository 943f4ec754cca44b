"""Database checks of records and their related rows, whoever writes."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model
from django.utils import timezone

from gwonseon.office.models import User
from plans.ledger import actions
from plans.ledger.models import Detail, Evidence, Finding, Inspection, Record
from plans.tree.models import Activity
from tests.factories.amendments import added
from tests.factories.ledger import RecordFactory, entry, recordable

pytestmark = pytest.mark.django_db


def add(activity: Activity, by: User, *, confirm: bool = False) -> Record:
    return actions.add_record(activity=activity, entry=entry(), by=by, confirm=confirm)


def refused(constraint: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert error.value.__cause__.diag.constraint_name == constraint


def evidence_of(record: Record) -> Evidence:
    evidence = Evidence.of("예시.pdf", Evidence.Type.DOCUMENT, b"%PDF-", record=record)
    evidence.save()
    return evidence


def inspection_of(record: Record) -> Inspection:
    return Inspection.objects.create(record=record, outcome="fine")


def finding_of(record: Record) -> Finding:
    return Finding.objects.create(record=record, what="예시 파손")


@pytest.mark.parametrize("write", [evidence_of, inspection_of, finding_of])
def test_related_rows_cannot_be_added_to_a_confirmed_record(
    activity: Activity, officer: User, write: Callable[[Record], Model]
) -> None:
    done, draft = add(activity, officer, confirm=True), add(activity, officer)
    row = write(draft)
    rows = type(row).objects.all()

    refused("confirmed_record_stays", lambda: write(done))
    refused("confirmed_record_stays", lambda: rows.update(record=done))
    actions.confirm_record(record=draft, version=0, by=officer)
    other = add(activity, officer)
    refused("confirmed_record_stays", lambda: rows.update(record=other))
    refused("confirmed_record_stays", rows.delete)

    assert rows.get().record_id == draft.pk


@pytest.mark.parametrize("change", [{"what": "다른 말"}, {"category": "x"}, {"spot": "x"}])
def test_findings_of_a_confirmed_record_keep_their_text(
    activity: Activity, officer: User, change: dict
) -> None:
    draft = add(activity, officer)
    finding_of(draft)
    actions.confirm_record(record=draft, version=0, by=officer)

    refused("confirmed_record_stays", lambda: Finding.objects.update(**change))
    Finding.objects.update(due_on=dt.date(2021, 4, 1), department=activity.department)


def test_findings_move_only_to_the_correction(activity: Activity, officer: User) -> None:
    done, other = add(activity, officer), add(activity, officer)
    finding_of(done)
    actions.confirm_record(record=done, version=0, by=officer)
    correction = actions.correct_record(record=done, entry=entry(), by=officer)

    refused("confirmed_record_stays", lambda: Finding.objects.update(record=other))
    Finding.objects.update(record=correction)


def test_the_database_refuses_a_day_before_the_activity_was_added(activity: Activity) -> None:
    june = dt.date(activity.plan.year, 6, 1)
    new = added(activity.initiative, "activity", "새 활동", on=june)
    may = june - dt.timedelta(days=1)

    for facts in ({"confirmed": True}, {}):
        write = partial(RecordFactory, activity=new, happened_on=may, **facts)
        refused("record_fits_its_activity", write)
    draft = RecordFactory(activity=new, happened_on=june)
    refused("record_fits_its_activity", partial(Record.objects.update, happened_on=may))

    assert Record.objects.get() == draft


@pytest.mark.parametrize("add_confirmed", [True, False])
def test_only_a_confirmed_correction_marks_a_record_corrected(
    activity: Activity, officer: User, add_confirmed: bool
) -> None:
    facts = {"state": "corrected"}
    if add_confirmed:
        refused(
            "confirmed_record_stays",
            lambda: RecordFactory(activity=activity, confirmed=True, **facts),
        )
        return
    add(activity, officer)
    facts |= {"confirmed_by": officer, "confirmed_at": timezone.now(), "confirmed_on": "2031-01-01"}
    refused("confirmed_record_stays", lambda: Record.objects.update(**facts))


@pytest.mark.parametrize("is_void", [True, False])
def test_a_replacement_that_comes_confirmed_marks_what_it_replaces(
    activity: Activity, is_void: bool
) -> None:
    done = RecordFactory(activity=activity, confirmed=True)
    void = {"state": "void", "strikes_out": True, "note": "예시"} if is_void else {}

    RecordFactory(activity=activity, confirmed=True, corrects=done, **void)

    done.refresh_from_db()
    assert done.state == "corrected"


@pytest.mark.parametrize("replaces_a_draft", [True, False])
def test_nothing_replaces_what_does_not_count(activity: Activity, replaces_a_draft: bool) -> None:
    record = RecordFactory(activity=activity, confirmed=not replaces_a_draft)
    if not replaces_a_draft:
        record = RecordFactory(
            activity=activity,
            confirmed=True,
            corrects=record,
            state="void",
            strikes_out=True,
            note="예시",
        )

    refused(
        "record_corrects_what_counts",
        lambda: RecordFactory(activity=activity, confirmed=True, corrects=record),
    )


def test_a_draft_of_a_replacement_marks_nothing(activity: Activity) -> None:
    done = RecordFactory(activity=activity, confirmed=True)

    RecordFactory(activity=activity, corrects=done)

    done.refresh_from_db()
    assert done.state == "confirmed"


def test_keys_of_checked_rows_cannot_change(activity: Activity, officer: User) -> None:
    draft = add(activity, officer)
    finding_of(draft)

    for model in (Record, Finding):
        refused("row_keeps_its_key", lambda model=model: model.objects.update(id=F("id") + 1))


def test_a_record_and_an_activity_with_equal_keys_are_not_confused(
    activity: Activity, officer: User
) -> None:
    """Rows of record N are not confused with rows of activity N."""
    done = RecordFactory(confirmed=True, activity=activity)
    other = recordable(year=2022, pk=done.pk)
    draft = RecordFactory(activity=other, pk=activity.pk)

    finding_of(draft)
    evidence_of(draft)
    inspection_of(draft)
    refused(
        "counted_activity_keeps_its_measure",
        lambda: Activity.objects.filter(pk=activity.pk).update(record_kind="other"),
    )
    Evidence.objects.all().delete()
    Record.objects.filter(pk=draft.pk).delete()
    Activity.objects.filter(pk=other.pk).update(record_kind="other")

    assert Record.objects.get() == done


def test_every_detail_table_has_its_triggers() -> None:
    """If a kind's `Meta` does not inherit `Detail.Meta`, confirmed rows could be changed."""
    tables = {one._meta.db_table for one in apps.get_models() if issubclass(one, Detail)}
    tables |= {Evidence._meta.db_table}
    every = dict.fromkeys(tables, 4) | {Finding._meta.db_table: 2}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger_hold_detail_%' GROUP BY 1"
        )
        held = dict(cursor.fetchall())

    assert held == every
