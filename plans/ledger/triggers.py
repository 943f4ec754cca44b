"""Triggers that keep confirmed records unchanged, whoever writes.

A record belongs to an activity of a published plan, in that plan's year, has the activity's kind,
and its day is not before the activity was added nor after its end. A confirmed record changes in
one way only: when its replacement is confirmed, these triggers mark it 'corrected'. The detail and
the evidence of a confirmed record stay as well. Its findings move to its correction only. An
activity keeps its measure as long as it has any record, also a draft, and does not end before the
day of a confirmed one.

Everything is checked once for each statement. An activity is locked (FOR SHARE) before it is read,
so that its measure cannot change during the check.
"""

from pgtrigger import Delete, Insert, Referencing, Update

from gwonseon.triggers import Function, after_statement
from plans.triggers import HOLD_KEY, raise_public_state

FITS = Function(
    "plans_refuse_misfits",
    """
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
        AND NOT EXISTS (
            SELECT 1 FROM plans_change h JOIN plans_amendment m ON m.id = h.amendment_id
            WHERE h.lineage = a.lineage AND h.field = 'addition'
            AND m.plan_id = p.id AND m.state = 'applied' AND m.effective_on > r.happened_on
        )
        AND coalesce(c.activity_id, r.activity_id) = r.activity_id
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a record fits its activity and its plan: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'record_fits_its_activity';
    END IF;
END """,
    takes="records bigint[]",
    returns="void",
)
REPLACES = Function(
    "plans_mark_corrected",
    """
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
END """,
    takes="replaced bigint[]",
    returns="void",
)
ADDED = Function(
    "plans_hold_added_records",
    """
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
END """,
    calls=(FITS, REPLACES),
)
CHANGED = Function(
    "plans_hold_changed_records",
    """
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
END """,
    calls=(FITS, REPLACES),
)
DELETED = Function(
    "plans_hold_deleted_records",
    """
BEGIN
    IF EXISTS (SELECT 1 FROM old_rows WHERE state <> 'draft') THEN
        RAISE EXCEPTION 'a confirmed record stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END """,
)
DETAIL = Function(
    "plans_hold_detail",
    """
BEGIN
    IF EXISTS (
        SELECT 1 FROM detail_rows d JOIN plans_record r ON r.id = d.record_id
        WHERE r.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'what belongs to a confirmed record stays as it is: %', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END """,
)
# Writing how a finding was put right stays possible; what it is, and where, cannot change.
FINDINGS = Function(
    "plans_hold_changed_findings",
    """
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
                old_record.state = 'draft'
                OR new_record.corrects_id IS NOT DISTINCT FROM o.record_id
            )
        )
    ) THEN
        RAISE EXCEPTION 'what a confirmed record found stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_record_stays';
    END IF;
    RETURN NULL;
END """,
)
MEASURE = Function(
    "plans_hold_measure",
    """
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
END """,
)
ENDS = Function(
    "plans_hold_ends",
    """
BEGIN
    IF EXISTS (
        SELECT 1 FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN plans_record r ON r.activity_id = n.id AND r.state = 'confirmed'
        WHERE n.retired_on IS DISTINCT FROM o.retired_on AND r.happened_on > n.retired_on
    ) THEN
        RAISE EXCEPTION 'an activity does not end before its records'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_ends_after_its_records';
    END IF;
    RETURN NULL;
END """,
)

RECORD_TRIGGERS = [
    after_statement("hold_added", ADDED, operation=Insert),
    after_statement("hold_changed", CHANGED, operation=Update),
    after_statement("hold_deleted", DELETED, operation=Delete),
    HOLD_KEY,
    # Residents never see drafts.
    raise_public_state("year", operation=Insert | Update, condition="NEW.state <> 'draft'"),
]

# A detail's rows are written only while their record (`record_id`) is a draft. An update may move a
# row from one record to another: both must be drafts.
OLD_DETAILS, NEW_DETAILS = Referencing(old="detail_rows"), Referencing(new="detail_rows")
INSERTED = after_statement("hold_detail_insert", DETAIL, operation=Insert, rows=NEW_DETAILS)
MOVED_FROM = after_statement("hold_detail_update_from", DETAIL, operation=Update, rows=OLD_DETAILS)
MOVED_TO = after_statement("hold_detail_update_to", DETAIL, operation=Update, rows=NEW_DETAILS)
REMOVED = after_statement("hold_detail_delete", DETAIL, operation=Delete, rows=OLD_DETAILS)
DETAIL_TRIGGERS = [INSERTED, MOVED_FROM, MOVED_TO, REMOVED]

FINDING_TRIGGERS = [
    INSERTED,
    after_statement("hold_changed", FINDINGS, operation=Update),
    REMOVED,
    HOLD_KEY,
]
ACTIVITY_TRIGGERS = [
    after_statement("hold_measure", MEASURE, operation=Update),
    after_statement("hold_ends", ENDS, operation=Update),
]
