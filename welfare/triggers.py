"""Triggers that keep cases: none is deleted, and nothing about its opening is changed.

A case belongs to its plan's year. Its number, its activity, its form's token, and by whom and when
it was opened never change. No case is deleted, so that a number is never given to another
household. No contact is confirmed for a day after its case was closed; the case is locked before it
is checked, so that it cannot be closed at the same moment.
"""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import Function, before_row, changed, refuses

NUMBERED = Function(
    "welfare_hold_new_case",
    """
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM plans_activity a JOIN plans_plan p ON p.id = a.plan_id
        WHERE a.id = NEW.activity_id AND p.year = NEW.year
    ) THEN
        RAISE EXCEPTION 'a case is of its plan''s year: %', NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_is_of_its_plans_year';
    END IF;
    RETURN NEW;
END """,
)
STAYS = refuses(
    "welfare_hold_case",
    "case_keeps_its_number",
    "a case keeps its number, and how it was opened: %-%",
    "OLD.year, OLD.serial",
)
OPENING = changed(
    "id", "activity_id", "year", "serial", "opened_on", "opened_by_id", "opened_at", "token"
)

CONTACTED = Function(
    "welfare_hold_contact",
    """
BEGIN
    PERFORM 1 FROM welfare_contact c JOIN welfare_supportcase s ON s.id = c.case_id
    WHERE c.record_id = NEW.id FOR SHARE OF s;
    IF EXISTS (
        SELECT 1 FROM welfare_contact c JOIN welfare_supportcase s ON s.id = c.case_id
        WHERE c.record_id = NEW.id AND s.closed_on < NEW.happened_on
    ) THEN
        RAISE EXCEPTION 'nothing is done for a case after it was closed: record %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_before_its_case_closed';
    END IF;
    RETURN NEW;
END """,
)
# On the ledger's records: a contact's row is written before its record is confirmed.
HOLD_CONTACT = before_row(
    "hold_contact",
    CONTACTED,
    Update,
    condition="NEW.kind = 'contact' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'",
)

CASE_TRIGGERS = [
    before_row("hold_new", NUMBERED, Insert),
    before_row("hold_opening", STAYS, Update, condition=OPENING),
    before_row("hold_deleted", STAYS, Delete),
]
