"""Triggers that keep what was spent in a closed period as it is, and what it is about."""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import Function, before_row, changed
from plans.tracking.triggers import OPEN

STAYS = Function(
    "plans_hold_spending",
    """
BEGIN
    RAISE EXCEPTION 'spending stays about one activity and period: %', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'spending_stays_about_one';
END """,
)

SPENDING_TRIGGERS = [
    before_row("in_open_period", OPEN, Insert | Update | Delete),
    before_row("hold_target", STAYS, Update, condition=changed("period_id", "activity_id")),
]
