"""What was confirmed stays as it was confirmed, whoever writes.

A record is of an activity of a published plan, in that plan's year, of the activity's kind, and not
after the activity's end. A confirmed record changes in one way: the confirmation of what replaces it
marks it 'corrected', here and nowhere else. The detail and the evidence of a confirmed record stay
as well. What it found goes on to its correction alone. An activity is measured in one way as long as
it has any record, a draft among them.

Everything is checked once for each statement. An activity is locked (FOR SHARE) before it is read, so
that its measure cannot change while it is being counted.
"""

from django.db import migrations

from plans.ledger.holding import hold_detail
from plans.tree.holding import hold_key

FITS = """
CREATE FUNCTION plans_refuse_misfits(records bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    broken text;
BEGIN
    PERFORM 1 FROM plans_activity
    WHERE id IN (SELECT activity_id FROM plans_record WHERE id = ANY (records)) FOR SHARE;
    SELECT r.id::text INTO broken
    FROM plans_record r
    JOIN plans_activity a ON a.id = r.activity_id
    JOIN plans_plan p ON p.id = a.plan_id
    LEFT JOIN plans_record c ON c.id = r.corrects_id
    WHERE r.id = ANY (records)
    AND NOT (
        p.status = 'published' AND p.year = r.year AND a.record_kind = r.kind
        AND r.happened_on <= coalesce(a.retired_on, r.happened_on)
        AND coalesce(c.activity_id, r.activity_id) = r.activity_id
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a record fits its activity and its plan: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_fits_its_activity';
    END IF;
END $$
"""

REPLACES = """
CREATE FUNCTION plans_mark_corrected(replaced bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    marked integer;
BEGIN
    IF cardinality(replaced) = 0 THEN
        RETURN;
    END IF;
    UPDATE plans_record SET state = 'corrected' WHERE id = ANY (replaced) AND state = 'confirmed';
    GET DIAGNOSTICS marked = ROW_COUNT;
    IF marked <> cardinality(replaced) THEN
        RAISE EXCEPTION 'only what is confirmed is corrected: %', replaced
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_corrects_what_counts';
    END IF;
END $$
"""

ADDED = """
CREATE FUNCTION plans_hold_added_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM new_rows WHERE state = 'corrected') THEN
        RAISE EXCEPTION 'a record becomes corrected by its correction alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    PERFORM plans_refuse_misfits(ARRAY(SELECT id FROM new_rows));
    PERFORM plans_mark_corrected(ARRAY(
        SELECT corrects_id FROM new_rows
        WHERE state IN ('confirmed', 'void') AND corrects_id IS NOT NULL
    ));
    RETURN NULL;
END $$
"""

CHANGED = """
CREATE FUNCTION plans_hold_changed_records() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken text;
BEGIN
    SELECT o.id::text INTO broken
    FROM old_rows o JOIN new_rows n ON n.id = o.id
    WHERE (o.state <> 'draft' OR n.state = 'corrected')
    AND NOT (
        o.state = 'confirmed' AND n.state = 'corrected'
        AND to_jsonb(o) - 'state' = to_jsonb(n) - 'state'
        AND EXISTS (
            SELECT 1 FROM plans_record c WHERE c.corrects_id = o.id AND c.state <> 'draft'
        )
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a confirmed record stays as it is: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    PERFORM plans_refuse_misfits(ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE o.state = 'draft'
    ));
    PERFORM plans_mark_corrected(ARRAY(
        SELECT n.corrects_id FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE o.state = 'draft' AND n.state IN ('confirmed', 'void') AND n.corrects_id IS NOT NULL
    ));
    RETURN NULL;
END $$
"""

DELETED = """
CREATE FUNCTION plans_hold_deleted_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM old_rows WHERE state <> 'draft') THEN
        RAISE EXCEPTION 'a confirmed record stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END $$
"""

DETAIL = """
CREATE FUNCTION plans_hold_detail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM detail_rows d JOIN plans_record r ON r.id = d.record_id
        WHERE r.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'what belongs to a confirmed record stays as it is: %', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END $$
"""

# Whoever puts right what was found writes on; what it is, and where, stays as it was confirmed.
FINDINGS = """
CREATE FUNCTION plans_hold_changed_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM old_rows o
        JOIN new_rows n ON n.id = o.id
        JOIN plans_record old_record ON old_record.id = o.record_id
        JOIN plans_record new_record ON new_record.id = n.record_id
        WHERE (o.record_id, o.category, o.what, o.spot)
            IS DISTINCT FROM (n.record_id, n.category, n.what, n.spot)
        AND NOT (
            new_record.state = 'draft'
            AND (
                old_record.state = 'draft' OR new_record.corrects_id IS NOT DISTINCT FROM o.record_id
            )
        )
    ) THEN
        RAISE EXCEPTION 'what a confirmed record found stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END $$
"""

MEASURE = """
CREATE FUNCTION plans_hold_measure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN plans_record r ON r.activity_id = o.id
        WHERE (o.record_kind, o.measure, o.counted, o.unit)
            IS DISTINCT FROM (n.record_kind, n.measure, n.counted, n.unit)
    ) THEN
        RAISE EXCEPTION 'what was counted keeps its measure'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'counted_activity_keeps_its_measure';
    END IF;
    RETURN NULL;
END $$
"""

FUNCTIONS = {
    "plans_refuse_misfits(bigint[])": FITS,
    "plans_mark_corrected(bigint[])": REPLACES,
    "plans_hold_added_records()": ADDED,
    "plans_hold_changed_records()": CHANGED,
    "plans_hold_deleted_records()": DELETED,
    "plans_hold_detail()": DETAIL,
    "plans_hold_changed_findings()": FINDINGS,
    "plans_hold_measure()": MEASURE,
}
TRIGGERS = [
    ("hold_added", "plans_record", "INSERT", "NEW TABLE AS new_rows", "added_records"),
    (
        "hold_changed",
        "plans_record",
        "UPDATE",
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "changed_records",
    ),
    ("hold_deleted", "plans_record", "DELETE", "OLD TABLE AS old_rows", "deleted_records"),
    (
        "hold_changed",
        "plans_finding",
        "UPDATE",
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "changed_findings",
    ),
    (
        "hold_measure",
        "plans_activity",
        "UPDATE",
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "measure",
    ),
]
# What residents could notice; a draft they cannot.
PUBLIC = [
    ("plans_record", "INSERT OR UPDATE", "WHEN (NEW.state <> 'draft')"),
    ("plans_facility", "INSERT OR UPDATE OR DELETE", ""),
    ("plans_hold", "INSERT OR UPDATE OR DELETE", ""),
]


class Migration(migrations.Migration):
    dependencies = [("plans", "0014_keep_a_ledger")]
    operations = [
        *[
            migrations.RunSQL(sql, f"DROP FUNCTION {signature}")
            for signature, sql in FUNCTIONS.items()
        ],
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION plans_hold_{function}()",
                f"DROP TRIGGER {name} ON {table}",
            )
            for name, table, event, rows, function in TRIGGERS
        ],
        *hold_detail("plans_inspection"),
        *hold_detail("plans_evidence"),
        *hold_detail("plans_finding", ("insert", "delete")),
        hold_key("plans_record"),
        hold_key("plans_finding"),
        *[
            migrations.RunSQL(
                f"CREATE CONSTRAINT TRIGGER public_state AFTER {event} ON {table}"
                f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {condition}"
                " EXECUTE FUNCTION raise_public_state()",
                f"DROP TRIGGER public_state ON {table}",
            )
            for table, event, condition in PUBLIC
        ],
    ]
