"""Triggers that keep what was spent in a closed period as it is, and what it is about."""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import before_row, changed, refuses
from plans.tracking.triggers import OPEN

STAYS = refuses(
    "plans_hold_spending",
    "spending_stays_about_one",
    "spending stays about one activity and period: %",
)

SPENDING_TRIGGERS = [
    before_row("in_open_period", OPEN, Insert | Update | Delete),
    before_row("hold_target", STAYS, Update, condition=changed("period_id", "activity_id")),
]
