"""Triggers that let only photos of confirmed records be released for reports."""

from pgtrigger import Insert, Update

from gwonseon.triggers import Function, after_statement
from plans.triggers import HOLD_KEY

# The records are locked, so that none is corrected or voided during the check.
RELEASED = Function(
    "plans_hold_releases",
    """
BEGIN
    PERFORM FROM plans_record WHERE id IN (
        SELECT e.record_id FROM plans_evidence e JOIN new_rows n ON n.evidence_id = e.id
    ) FOR SHARE;
    IF EXISTS (
        SELECT FROM new_rows n
        JOIN plans_evidence e ON e.id = n.evidence_id
        JOIN plans_record r ON r.id = e.record_id
        WHERE e.type <> 'image/jpeg' OR r.state <> 'confirmed'
    ) THEN
        RAISE EXCEPTION 'only photos of confirmed records are released'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'released_photo_is_of_what_counts';
    END IF;
    RETURN NULL;
END """,
)
RELEASE_TRIGGERS = [
    after_statement("hold_added", RELEASED, operation=Insert),
    after_statement("hold_changed", RELEASED, operation=Update),
    HOLD_KEY,
]
