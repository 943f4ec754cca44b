"""Triggers that keep blockers: a resolved one stays as it is, and none is deleted."""

from pgtrigger import Delete, Update

from gwonseon.triggers import Function, before_row

STAYS = Function(
    "plans_hold_blocker",
    """
BEGIN
    RAISE EXCEPTION 'a resolved blocker stays as it is: %', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'resolved_blocker_stays';
END """,
)

BLOCKER_TRIGGERS = [
    before_row("hold_resolved", STAYS, Update, condition="OLD.resolved_on IS NOT NULL"),
    before_row("hold_deleted", STAYS, Delete),
]
