"""Triggers that freeze an approved notice: what was approved is what was sent.

The state of an approved notice goes forward only, and no approved notice is deleted.
"""

from pgtrigger import Delete, Update

from gwonseon.triggers import Function, before_row, changed
from plans.triggers import PUBLIC_STATE

STAYS = Function(
    "civic_hold_notice",
    """
BEGIN
    RAISE EXCEPTION 'an approved notice stays as it is: %', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_notice_stays';
END """,
)
APPROVED_COLUMNS = (
    "activity_id",
    "department_id",
    "nature",
    "news",
    "pillars",
    "initiatives",
    "dongs",
    "title",
    "text",
    "words",
    "sender_id",
    "send_at",
    "expires_at",
    "author_id",
    "submitted_at",
    "approver_id",
    "approved_at",
    "recipients",
    "body",
    "unit_price",
    "dispatch_id",
)
BACKWARDS = """
    NEW.state IN ('draft', 'waiting')
    OR OLD.state IN ('done', 'cancelled')
    OR OLD.state = 'sending' AND NEW.state = 'approved'
"""
IS_APPROVED = "OLD.state NOT IN ('draft', 'waiting')"

NOTICE_TRIGGERS = [
    PUBLIC_STATE,
    before_row(
        "hold_approved",
        STAYS,
        Update,
        condition=f"{IS_APPROVED} AND {changed(*APPROVED_COLUMNS)}",
    ),
    before_row(
        "hold_state",
        STAYS,
        Update,
        condition=f"{IS_APPROVED} AND NEW.state <> OLD.state AND ({BACKWARDS})",
    ),
    before_row("hold_deleted", STAYS, Delete, condition=IS_APPROVED),
]
