"""Records with the same content: the user is asked before the same work is counted twice."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Model

from gwonseon.office.models import User
from plans.ledger.actions import RecordEntry, new_record
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record, RecordQuerySet
from plans.ledger.versions.content import fields_of, plain_values
from plans.tree.models import Activity

# Columns that identify the same work: times and texts may differ.
OF_THE_WORK = ("happened_on", "dong_id", "facility_id", "quantity", "people")


def what_was_done(record: Record, detail: Model | None) -> str:
    """Return a text that is equal for two records of the same work."""
    columns = [one.attname for one in fields_of(detail)] if detail else []
    return repr([plain_values(record, OF_THE_WORK), plain_values(detail, columns)])


def work_of_days(
    activity: Activity, days: Collection[date], *, leave_out: Iterable[int] = ()
) -> dict[str, list[Record]]:
    """Return the current records of some days by what was done, newest first (2 queries)."""
    return by_work(records_of_days(activity, days).exclude(pk__in=leave_out))


def records_of_days(activity: Activity, days: Collection[date]) -> RecordQuerySet:
    """Return the records of some days that are not replaced and do not void another."""
    rows = Record.objects.current().filter(activity=activity, happened_on__in=days)
    return rows.filter(strikes_out=False).order_by("-pk")


def by_work(rows: RecordQuerySet) -> dict[str, list[Record]]:
    """Return records grouped by what was done."""
    records = list(rows)
    detail = kind_of(records[0].kind).detail if records else None
    details = detail.objects.filter(record__in=records) if detail else []
    beside = {one.record_id: one for one in details}
    there: dict[str, list[Record]] = {}
    for one in records:
        there.setdefault(what_was_done(one, beside.get(one.pk)), []).append(one)
    return there


def twin_of(activity: Activity, entry: RecordEntry, by: User) -> Record | None:
    """Return a record of the same person with the same content, or None (3 queries at most).

    Work at another time is other work. A record that this form itself wrote is not returned.
    """
    typed = new_record(activity, entry, by)
    own = records_of_days(activity, [typed.happened_on]).filter(written_by=by)
    alike = by_work(own).get(what_was_done(typed, entry.detail), [])
    alike = [one for one in alike if not start_at_other_times(one, typed)]
    if not alike or Record.objects.filter(token=entry.token).exists():
        return None
    return alike[0]


def start_at_other_times(one: Record, other: Record) -> bool:
    """Return whether both have a start time, and not the same one."""
    return None not in (one.starts_at, other.starts_at) and one.starts_at != other.starts_at
