"""Triggers that keep what was frozen: nobody changes or deletes it, and a decision stays."""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import before_row, refuses
from plans.triggers import raise_public_state

STAYS = refuses(
    "plans_hold_frozen", "frozen_stays", "what was frozen stays: % %", "TG_TABLE_NAME, OLD.id"
)
# Residents read closings. They and their snapshots are only ever added.
FROZEN_TRIGGERS = [
    raise_public_state(operation=Insert),
    before_row("hold_frozen", STAYS, Update | Delete),
]
REOPENING_TRIGGERS = [
    before_row("hold_decided", STAYS, Update, condition="OLD.decided_by_id IS NOT NULL"),
    before_row("hold_deleted", STAYS, Delete),
]
