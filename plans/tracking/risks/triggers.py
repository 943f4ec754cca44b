"""Triggers that keep risks: a closed one stays as it is, none is deleted, reviews stay in time."""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import Function, before_row, changed
from plans.tracking.triggers import OPEN

STAYS = Function(
    "plans_hold_risk",
    """
BEGIN
    RAISE EXCEPTION 'a risk is not deleted, and a closed one stays as it is: %', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_risk_stays';
END """,
)
REVIEW_STAYS = Function(
    "plans_hold_risk_review",
    """
BEGIN
    RAISE EXCEPTION 'a review stays about one risk and period: %', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_review_stays_about_one';
END """,
)

RISK_TRIGGERS = [
    before_row("hold_closed", STAYS, Update, condition="OLD.closed_on IS NOT NULL"),
    before_row("hold_deleted", STAYS, Delete),
]
REVIEW_TRIGGERS = [
    before_row("in_open_period", OPEN, Insert | Update | Delete),
    before_row("hold_target", REVIEW_STAYS, Update, condition=changed("risk_id", "period_id")),
]
