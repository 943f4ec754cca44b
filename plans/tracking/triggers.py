"""Triggers that keep what was approved, and what is in a closed period, as they are.

Whoever writes an update locks its period against being closed meanwhile.
"""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import Function, before_row, changed, refuses
from plans.triggers import raise_public_state

# Taken for each row: closing takes the period with FOR UPDATE, and one waits for the other.
OPEN = Function(
    "plans_update_in_open_period",
    """
DECLARE
    found text;
BEGIN
    SELECT state INTO found FROM plans_period
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.period_id ELSE NEW.period_id END FOR KEY SHARE;
    IF found <> 'open' THEN
        RAISE EXCEPTION 'the period is not open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'update_in_open_period';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END """,
)
APPROVED_STAYS = refuses(
    "plans_hold_update", "approved_update_stays", "an approved update stays as it is: %"
)
# An initiative's update is for all its activities: none of these has one of its own.
ONE_LEVEL = Function(
    "plans_update_at_one_level",
    """
BEGIN
    PERFORM FROM plans_initiative WHERE id = coalesce(
        NEW.initiative_id, (SELECT initiative_id FROM plans_activity WHERE id = NEW.activity_id)
    ) FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM plans_update u JOIN plans_activity a ON a.initiative_id = coalesce(
            NEW.initiative_id, (SELECT initiative_id FROM plans_activity WHERE id = NEW.activity_id)
        )
        WHERE u.period_id = NEW.period_id AND (
            NEW.activity_id IS NULL AND u.activity_id = a.id
            OR NEW.initiative_id IS NULL AND u.initiative_id = a.initiative_id
        )
    ) THEN
        RAISE EXCEPTION 'the initiative or an activity has an update already'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'update_at_one_level';
    END IF;
    RETURN NEW;
END """,
)
PLANNED_ONLY = refuses(
    "plans_hold_period", "opened_period_stays", "a period stays once it was opened: %"
)

# The calendar for residents has a period's days, which never change.
PERIOD_TRIGGERS = [
    raise_public_state(operation=Insert | Delete),
    before_row(
        "hold_days",
        PLANNED_ONLY,
        Update,
        condition=changed("plan_id", "kind", "number", "first_on", "last_on")
        + " OR OLD.state <> 'planned' AND NEW.state = 'planned'",
    ),
    before_row("hold_opened", PLANNED_ONLY, Delete, condition="OLD.state <> 'planned'"),
]
SAID = changed("results", "next_steps", "problems", "evidence", "author_id", "writers")
UPDATE_TRIGGERS = [
    before_row("in_open_period", OPEN, Insert | Update | Delete),
    before_row("at_one_level", ONE_LEVEL, Insert),
    before_row(
        "hold_target",
        APPROVED_STAYS,
        Update,
        condition=changed("period_id", "activity_id", "initiative_id"),
    ),
    before_row(
        "hold_approved",
        APPROVED_STAYS,
        Update,
        condition=f"OLD.state IN ('approved', 'confirmed') AND {SAID}",
    ),
    before_row(
        "hold_deleted", APPROVED_STAYS, Delete, condition="OLD.state IN ('approved', 'confirmed')"
    ),
]
