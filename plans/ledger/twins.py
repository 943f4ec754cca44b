"""Records that say the same work: asked about before it is counted twice."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Model

from gwonseon.office.models import User
from plans.ledger.actions import Entry, new_record
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record, RecordQuerySet
from plans.ledger.versions.saying import fields_of, plain_values
from plans.tree.models import Activity

# What tells the same work: hours and words may be put otherwise.
OF_THE_WORK = ("happened_on", "dong_id", "facility_id", "quantity", "people")


def what_was_done(record: Record, detail: Model | None) -> str:
    """Return what two records of the same work have in common, in canonical form."""
    columns = [one.attname for one in fields_of(detail)] if detail else []
    return repr([plain_values(record, OF_THE_WORK), plain_values(detail, columns)])


def work_of_days(
    activity: Activity, days: Collection[date], *, leave_out: Iterable[int] = ()
) -> dict[str, list[Record]]:
    """Return the records of days that stand, by what was done, the newest first (2 queries)."""
    return by_work(records_of_days(activity, days).exclude(pk__in=leave_out))


def records_of_days(activity: Activity, days: Collection[date]) -> RecordQuerySet:
    """Return the records of days that neither are replaced nor strike one out."""
    rows = Record.objects.current().filter(activity=activity, happened_on__in=days)
    return rows.filter(strikes_out=False).order_by("-pk")


def by_work(rows: RecordQuerySet) -> dict[str, list[Record]]:
    """Return records by what was done."""
    records = list(rows)
    detail = kind_of(records[0].kind).detail if records else None
    details = detail.objects.filter(record__in=records) if detail else []
    beside = {one.record_id: one for one in details}
    there: dict[str, list[Record]] = {}
    for one in records:
        there.setdefault(what_was_done(one, beside.get(one.pk)), []).append(one)
    return there


def twin_of(activity: Activity, entry: Entry, by: User) -> Record | None:
    """Return a record that says what the same person is about to record again (3 queries at most).

    Work at another hour is other work. What the same form wrote is no twin but the record itself.
    """
    typed = new_record(activity, entry, by)
    own = records_of_days(activity, [typed.happened_on]).filter(written_by=by)
    alike = by_work(own).get(what_was_done(typed, entry.detail), [])
    alike = [one for one in alike if not at_other_hours(one, typed)]
    if not alike or Record.objects.filter(token=entry.token).exists():
        return None
    return alike[0]


def at_other_hours(one: Record, other: Record) -> bool:
    """Return whether both say when they began, and not the same."""
    return None not in (one.starts_at, other.starts_at) and one.starts_at != other.starts_at
