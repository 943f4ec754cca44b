"""Made-up data: ten published years with 1,000,000 records, copied from one sample year.

One year is filled as `make seed` does it; SQL then copies each confirmed record, with its detail
and findings, to other days of all years. The copies are inserted with triggers turned off, to save
time.
"""

from typing import Any

FIRST_YEAR, LAST_YEAR = 2016, 2025
SAMPLE_YEAR = 2021
RECORDS = 1_000_000

# One in this many copies stays a draft, with its findings still open.
DRAFTS = 500

COPIES = """
CREATE TEMPORARY TABLE copies AS
SELECT nextval(pg_get_serial_sequence('plans_record', 'id')) AS id, source.id AS source,
    target.id AS activity, plan.year, copy AS number,
    make_date(plan.year, 1, 1) + ((copy * 7919 + source.id * 31) %% 365)::int AS day,
    (copy * 31 + source.id) %% %(drafts)s = 0 AS is_draft
FROM plans_record source
JOIN plans_activity AS own ON own.id = source.activity_id
JOIN plans_activity AS target ON target.slug = own.slug
JOIN plans_plan AS plan ON plan.id = target.plan_id
CROSS JOIN generate_series(1::bigint, %(copies)s) copy
WHERE source.state = 'confirmed' AND source.kind <> ALL (%(single)s);
ANALYZE copies;
INSERT INTO plans_record (id, activity_id, kind, year, happened_on, dong_id, facility_id, quantity,
    people, note, state, written_by_id, written_at, confirmed_by_id, confirmed_at, confirmed_on,
    version, token, strikes_out)
SELECT c.id, c.activity, r.kind, c.year, c.day, r.dong_id, r.facility_id, r.quantity, r.people,
    r.note, CASE WHEN c.is_draft THEN 'draft' ELSE 'confirmed' END, r.written_by_id, r.written_at,
    CASE WHEN NOT c.is_draft THEN r.confirmed_by_id END,
    CASE WHEN NOT c.is_draft THEN r.confirmed_at END,
    CASE WHEN NOT c.is_draft THEN r.confirmed_on END,
    0, gen_random_uuid(), false
FROM copies c JOIN plans_record r ON r.id = c.source
ORDER BY c.number, c.id;
"""
DETAILS = """
INSERT INTO {table} (record_id, {columns})
SELECT c.id, {columns} FROM copies c JOIN {table} d ON d.record_id = c.source
"""
FINDINGS = """
INSERT INTO plans_finding (record_id, category, what, spot, department_id, due_on, done_on,
    done_by_id, done_note)
SELECT c.id, f.category, f.what, f.spot, f.department_id, c.day + 14,
    CASE WHEN c.id %% %(drafts)s <> 0 THEN c.day + 7 END,
    CASE WHEN c.id %% %(drafts)s <> 0 THEN coalesce(f.done_by_id, r.written_by_id) END,
    CASE WHEN c.id %% %(drafts)s <> 0 THEN coalesce(nullif(f.done_note, ''), '예시') ELSE '' END
FROM copies c JOIN plans_finding f ON f.record_id = c.source JOIN plans_record r ON r.id = c.source
"""


def ten_years() -> None:
    """Create the plans, with departments and targets as in a sample, and publish them."""
    from plans.documents.importing import import_outline
    from plans.documents.notes import SHIPPED, read_notes, read_outline
    from plans.documents.reading import read_document
    from plans.samples import filling
    from plans.tree.writing import publish_plan

    path = SHIPPED / f"plan-{SAMPLE_YEAR}.txt"
    notes = read_notes(path.with_suffix(".toml"))
    outline = read_outline(read_document(path), notes=notes)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        plan = import_outline(year=year, outline=outline, by=None)
        filling.promise(plan)
        publish_plan(plan=plan, by=None)


def one_year() -> None:
    """Fill one of the years with sample records."""
    from plans.samples import filling
    from plans.tree.models import Plan

    filling.record(Plan.objects.get(year=SAMPLE_YEAR))


def million() -> int:
    """Copy the year's records up to a million, and return how many there are."""
    from django.db import connection

    from plans.ledger.models import Record

    single = single_kinds()
    sample = Record.objects.confirmed().exclude(kind__in=single).count()
    years = LAST_YEAR - FIRST_YEAR + 1
    values = {"copies": -(-RECORDS // (sample * years)), "drafts": DRAFTS, "single": single}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(COPIES, values)
        for model in details():
            columns = ", ".join(f'"{one.column}"' for one in model._meta.fields[1:])
            cursor.execute(DETAILS.format(table=model._meta.db_table, columns=columns))
        cursor.execute(FINDINGS, values)
        cursor.execute("DROP TABLE copies")
        cursor.execute("SET session_replication_role = DEFAULT")
        # As PostgreSQL would do overnight.
        cursor.execute("VACUUM ANALYZE")
    return Record.objects.count()


def single_kinds() -> list[str]:
    """Return the kinds of record whose detail belongs to one other row, and cannot be copied."""
    from plans.ledger.kinds import kinds

    return [
        one.code
        for one in kinds
        if one.detail and any(field.unique for field in one.detail._meta.fields[1:])
    ]


def details() -> list[Any]:
    """Return the detail models of all kinds of record."""
    from plans.ledger.kinds import kinds

    return list(dict.fromkeys(kind.detail for kind in kinds if kind.detail))
