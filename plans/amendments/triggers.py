"""Triggers that let a promise in a published plan change only by an applied amendment.

A change of a promised column needs a Change of this node and column, with exactly the old and the
new value, in an amendment that is applied in the same transaction. An amendment is applied once:
the database writes the transaction's number into it, and then refuses any change of it.

An amendment is in force from a day (시행일) within its plan's year and not later than its decision.
If that day is earlier than the request, the amendment must have a reason, unless it only sets
values for the first time. It must also have one if its day is earlier than another change of the
same promise, because it would change what was decided there. Nodes that it ends, end on its day.

Nodes are checked once for each statement. The plans are locked (FOR SHARE) before their state is
read, so that no change gets in while a plan is being published.
"""

from pgtrigger import Delete, Insert, Update

from gwonseon.triggers import (
    Function,
    SharedTrigger,
    after_statement,
    before_row,
)
from plans.amendments.promised_fields import FILLED_IN, PROMISES, TOGETHER
from plans.tree.models import Goal, Node, Pillar

# Further columns that must not change in a published plan: an item's end, which only an amendment
# sets, and the columns of its URL and of the document's own words, which never change.
FIXED = ("retired_on", "source_text", "slug", "lineage", "plan_id")
WORDING = ("vision_title", "vision_text")
FIXED_BESIDE = {Pillar: ("code", *WORDING), Goal: WORDING}

LINEAGE_OF = Function(
    "plans_lineage_of",
    """
DECLARE
    found uuid;
BEGIN
    IF level = '' THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT lineage FROM plans_%s WHERE id = $1', level) INTO found USING node;
    RETURN found::text;
END """,
    takes="level text, node bigint",
    returns="text",
    options="STABLE",
)
ADDED = Function(
    "plans_hold_added",
    """
DECLARE
    broken text;
BEGIN
    PERFORM 1 FROM plans_plan WHERE id IN (SELECT plan_id FROM new_rows) FOR SHARE;
    SELECT n.title INTO broken
    FROM new_rows n JOIN plans_plan p ON p.id = n.plan_id AND p.status = 'published'
    WHERE NOT EXISTS (
        SELECT 1 FROM plans_change c JOIN plans_amendment a ON a.id = c.amendment_id
        WHERE a.plan_id = n.plan_id AND a.state = 'applied'
        AND a.transaction = pg_current_xact_id()::text::bigint
        AND c.lineage = n.lineage AND c.level = TG_ARGV[0] AND c.field = 'addition'
        AND c.content ->> 'parent' IS NOT DISTINCT FROM
            plans_lineage_of(TG_ARGV[1], (to_jsonb(n) ->> (TG_ARGV[1] || '_id'))::bigint)
        AND NOT EXISTS (
            SELECT 1 FROM unnest(string_to_array(TG_ARGV[2], ',')) AS col
            WHERE col NOT IN ('slug', 'lineage', 'plan_id', 'code')
            AND coalesce(c.content ->> col, '') <> coalesce(to_jsonb(n) ->> col, '')
        )
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a published plan grows by amendment only: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_plan_is_amended';
    END IF;
    RETURN NULL;
END """,
    calls=(LINEAGE_OF,),
)
CHANGED = Function(
    "plans_hold_changed",
    """
DECLARE
    broken text;
BEGIN
    PERFORM 1 FROM plans_plan
    WHERE id IN (SELECT plan_id FROM old_rows UNION SELECT plan_id FROM new_rows) FOR SHARE;
    SELECT o.title || ': ' || changed.field INTO broken
    FROM old_rows o
    JOIN new_rows n ON n.id = o.id
    JOIN plans_plan p ON p.id IN (o.plan_id, n.plan_id) AND p.status = 'published'
    CROSS JOIN LATERAL (
        SELECT col AS field, to_jsonb(o) ->> col AS before, to_jsonb(n) ->> col AS after
        FROM unnest(string_to_array(TG_ARGV[2], ',')) AS col
        UNION ALL
        SELECT 'parent',
            plans_lineage_of(TG_ARGV[1], (to_jsonb(o) ->> (TG_ARGV[1] || '_id'))::bigint),
            plans_lineage_of(TG_ARGV[1], (to_jsonb(n) ->> (TG_ARGV[1] || '_id'))::bigint)
    ) AS changed
    WHERE changed.before IS DISTINCT FROM changed.after
    AND NOT EXISTS (
        SELECT 1 FROM plans_change c JOIN plans_amendment a ON a.id = c.amendment_id
        WHERE a.plan_id = o.plan_id AND a.state = 'applied'
        AND a.transaction = pg_current_xact_id()::text::bigint
        AND c.lineage = o.lineage AND c.level = TG_ARGV[0] AND c.field = changed.field
        AND c.before IS NOT DISTINCT FROM changed.before
        AND c.after IS NOT DISTINCT FROM changed.after
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a published promise changes by amendment only: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_plan_is_amended';
    END IF;
    RETURN NULL;
END """,
    calls=(LINEAGE_OF,),
)
DELETED = Function(
    "plans_hold_deleted",
    """
BEGIN
    PERFORM 1 FROM plans_plan WHERE id IN (SELECT plan_id FROM old_rows) FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM old_rows o JOIN plans_plan p ON p.id = o.plan_id AND p.status = 'published'
    ) THEN
        RAISE EXCEPTION 'nothing of a published plan is deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_plan_is_amended';
    END IF;
    RETURN NULL;
END """,
)
PLAN = Function(
    "plans_hold_plan",
    """
BEGIN
    IF OLD.status = 'published' AND (
        TG_OP = 'DELETE'
        OR (NEW.status, NEW.year, NEW.vision, NEW.vision_text, NEW.frame)
        IS DISTINCT FROM (OLD.status, OLD.year, OLD.vision, OLD.vision_text, OLD.frame)
    ) THEN
        RAISE EXCEPTION 'a published plan stays published as it is: %', OLD.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_plan_is_amended';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END """,
)
# The SQL condition that two changes are of columns of one promise.
ONE_PROMISE = " OR ".join(f"e.field IN {columns} AND c.field IN {columns}" for columns in TOGETHER)
EFFECTIVE_DAY = Function(
    "plans_hold_effective_day",
    f"""
DECLARE
    first date;
    last date;
BEGIN
    SELECT make_date(year, 1, 1), make_date(year, 12, 31) INTO first, last
    FROM plans_plan WHERE id = one.plan_id;
    IF one.effective_on < first OR one.effective_on > greatest(first, least(last, one.decided_on))
    THEN
        RAISE EXCEPTION 'an amendment holds from a day of its year, until its decision: %', one.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'amendment_holds_within_its_year';
    END IF;
    IF EXISTS (
        SELECT 1 FROM plans_change c WHERE c.amendment_id = one.id
        AND c.field = 'retired_on' AND c.after IS DISTINCT FROM one.effective_on::text
    ) THEN
        RAISE EXCEPTION 'what an amendment ends, ends on its day: %', one.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'amendment_ends_on_its_day';
    END IF;
    IF one.effective_reason = ''
        AND one.effective_on < greatest(first, least(last, one.requested_on))
        AND EXISTS (
            SELECT 1 FROM plans_change c WHERE c.amendment_id = one.id
            AND NOT (
                c.field = ANY (string_to_array('{",".join(FILLED_IN)}', ','))
                AND coalesce(c.before, '') = ''
                AND NOT EXISTS (
                    SELECT 1 FROM plans_change e JOIN plans_amendment a ON a.id = e.amendment_id
                    WHERE a.plan_id = one.plan_id AND a.state = 'applied' AND a.id <> one.id
                    AND e.lineage = c.lineage AND (
                        e.field = c.field
                        OR a.effective_on > one.effective_on
                        AND (e.field = 'addition' OR {ONE_PROMISE})
                    )
                )
            )
        )
    THEN
        RAISE EXCEPTION 'an amendment that holds from an earlier day says why: %', one.id
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'amendment_backdated_with_its_reason';
    END IF;
END """,  # noqa: S608  names of our own columns
    takes="one plans_amendment",
    returns="void",
)
AMENDMENT = Function(
    "plans_hold_amendment",
    """
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'applied' THEN
        RAISE EXCEPTION 'an applied amendment stays as it is: %', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'applied_amendment_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    NEW.transaction := CASE NEW.state
        WHEN 'applied' THEN pg_current_xact_id()::text::bigint END;
    IF NEW.state = 'applied' THEN
        PERFORM plans_hold_effective_day(NEW);
    END IF;
    RETURN NEW;
END """,
    calls=(EFFECTIVE_DAY,),
)
CHANGE = Function(
    "plans_hold_change",
    """
DECLARE
    closed boolean;
BEGIN
    SELECT state NOT IN ('writing', 'returned', 'requested') INTO closed FROM plans_amendment
    WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.amendment_id ELSE OLD.amendment_id END FOR SHARE;
    IF closed OR TG_OP = 'UPDATE' AND NEW.amendment_id <> OLD.amendment_id THEN
        RAISE EXCEPTION 'the changes of a closed amendment stay as they are'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'applied_amendment_stays';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END """,
)


def promise_triggers(level: type[Node]) -> list[SharedTrigger]:
    """Return the triggers for the table of one level.

    Their arguments are the level, its parent's level and the columns to check.
    """
    columns = (*PROMISES[level], *FIXED, *FIXED_BESIDE.get(level, ()))
    told = (level._meta.model_name, level.PARENT, ",".join(columns))
    return [
        after_statement("hold_added", ADDED, *told, operation=Insert),
        after_statement("hold_changed", CHANGED, *told, operation=Update),
        after_statement("hold_deleted", DELETED, operation=Delete),
    ]


PLAN_TRIGGER = before_row("hold_plan", PLAN, Update | Delete)
AMENDMENT_TRIGGER = before_row("hold_amendment", AMENDMENT, Insert | Update | Delete)
CHANGE_TRIGGER = before_row("hold_change", CHANGE, Insert | Update | Delete)
