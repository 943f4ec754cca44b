"""Triggers that refuse to delete a hold of a published plan, or to change its beginning.

Its end may be set once, and does not change afterwards.
"""

from pgtrigger import Delete, Update

from gwonseon.triggers import Function, before_row, changed

STAYS = Function(
    "plans_hold_hold",
    """
BEGIN
    IF EXISTS (
        SELECT 1 FROM plans_activity a JOIN plans_plan p ON p.id = a.plan_id
        WHERE a.id = OLD.activity_id AND p.status = 'published'
    ) THEN
        RAISE EXCEPTION 'a hold stays as residents read it: %', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_stays';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END """,
)
BEGINNING = changed("id", "activity_id", "reason", "starts_on", "set_by_id", "set_at", "set_on")
END = changed("ends_on", "ended_by_id", "ended_at")

HOLD_TRIGGERS = [
    before_row(
        "hold_changed", STAYS, Update, condition=f"{BEGINNING} OR OLD.ends_on IS NOT NULL AND {END}"
    ),
    before_row("hold_deleted", STAYS, Delete),
]
