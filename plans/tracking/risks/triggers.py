"""Triggers that keep risks: a closed one stays as it is, none is deleted, reviews stay in time."""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import before_row, changed, refuses
from plans.tracking.triggers import OPEN

STAYS = refuses(
    "plans_hold_risk",
    "closed_risk_stays",
    "a risk is not deleted, and a closed one stays as it is: %",
)
REVIEW_STAYS = refuses(
    "plans_hold_risk_review",
    "risk_review_stays_about_one",
    "a review stays about one risk and period: %",
)

RISK_TRIGGERS = [
    before_row("hold_closed", STAYS, Update, condition="OLD.closed_on IS NOT NULL"),
    before_row("hold_deleted", STAYS, Delete),
]
REVIEW_TRIGGERS = [
    before_row("in_open_period", OPEN, Insert | Update | Delete),
    before_row("hold_target", REVIEW_STAYS, Update, condition=changed("risk_id", "period_id")),
]
