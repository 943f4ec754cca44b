"""Triggers that keep blockers: a resolved one stays as it is, and none is deleted."""

from pgtrigger import Delete, Update

from gwonseon.triggers import before_row, refuses

STAYS = refuses(
    "plans_hold_blocker", "resolved_blocker_stays", "a resolved blocker stays as it is: %"
)

BLOCKER_TRIGGERS = [
    before_row("hold_resolved", STAYS, Update, condition="OLD.resolved_on IS NOT NULL"),
    before_row("hold_deleted", STAYS, Delete),
]
