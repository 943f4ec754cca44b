"""Triggers that freeze an approved notice: what was approved is what was sent.

The state of an approved notice goes forward only, and no approved notice is deleted.
"""

from pgtrigger import Delete, Update

from gwonseon.triggers import before_row, refuses
from plans.triggers import PUBLIC_STATE

STAYS = refuses(
    "civic_hold_notice", "approved_notice_stays", "an approved notice stays as it is: %"
)
# The columns of an approved notice that may change; all others are frozen, also those to come.
MOVING = ("state", "finished_at", "left", "cancelled_by_id", "version")
WITHOUT_MOVING = f"- '{{{', '.join(MOVING)}}}'::text[]"
CHANGED = f"to_jsonb(OLD) {WITHOUT_MOVING} IS DISTINCT FROM to_jsonb(NEW) {WITHOUT_MOVING}"
BACKWARDS = """
    NEW.state IN ('draft', 'waiting')
    OR OLD.state IN ('done', 'cancelled')
    OR OLD.state = 'sending' AND NEW.state = 'approved'
"""
IS_APPROVED = "OLD.state NOT IN ('draft', 'waiting')"

NOTICE_TRIGGERS = [
    PUBLIC_STATE,
    before_row("hold_approved", STAYS, Update, condition=f"{IS_APPROVED} AND {CHANGED}"),
    before_row(
        "hold_state",
        STAYS,
        Update,
        condition=f"{IS_APPROVED} AND NEW.state <> OLD.state AND ({BACKWARDS})",
    ),
    before_row("hold_deleted", STAYS, Delete, condition=IS_APPROVED),
]
