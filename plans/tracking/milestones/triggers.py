"""Triggers of milestones: weights of an activity add up, and residents' pages are renewed."""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import Function, at_commit
from plans.triggers import PUBLIC_STATE

WEIGHTS = Function(
    "plans_milestone_weights",
    """
DECLARE
    of_activity bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.activity_id ELSE NEW.activity_id END;
BEGIN
    IF (
        SELECT count(weight) > 0 AND (count(weight) < count(*) OR sum(weight) <> 100)
        FROM plans_milestone WHERE activity_id = of_activity
    ) THEN
        RAISE EXCEPTION 'weights of milestones do not add up to 100: activity %', of_activity
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_weights_add_up';
    END IF;
    RETURN NULL;
END """,
)

MILESTONE_TRIGGERS = [
    PUBLIC_STATE,
    at_commit("weights", WEIGHTS, operation=Insert | Update | Delete),
]
