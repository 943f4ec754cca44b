"""What is promised in a published plan changes by an applied amendment only, whoever writes.

A change of a promise needs, for this node and column, a row of an amendment that was applied in
the same transaction, with the very value that was and the very value that is now. An amendment is
applied once: the database writes the transaction's number on it, and lets nobody touch it again.

Everything is checked once for each statement. The plans are locked (FOR SHARE) before their state
is read, so that no change slips in while a plan is being published.
"""

from django.db import migrations

from plans.tree.holding import hold_key

# What residents rely on. Place among siblings, person, telephone, budget, audiences, supporters and
# dong may change without an amendment; what an address stands on may not change at all.
NODE = "title,corrected_title,certainty,text,weight,retired_on,source_text,slug,lineage,plan_id"
OWNED = f"{NODE},department_id"
PROMISES = {
    "pillar": f"{NODE},code,vision_title,vision_text",
    "goal": f"{NODE},vision_title,vision_text",
    "initiative": OWNED,
    "activity": f"{OWNED},starts_on,ends_on,counted,unit"
    ",target,target_q1,target_q2,target_q3,target_q4",
}
PARENTS = {"pillar": "", "goal": "pillar", "initiative": "goal", "activity": "initiative"}

LINEAGE_OF = """
CREATE FUNCTION plans_lineage_of(level text, node bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    found uuid;
BEGIN
    IF level = '' THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT lineage FROM plans_%s WHERE id = $1', level) INTO found USING node;
    RETURN found::text;
END $$
"""

# Trigger arguments: the level, its parent's level, the promised columns.
ADDED = """
CREATE FUNCTION plans_hold_added() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$
"""

CHANGED = """
CREATE FUNCTION plans_hold_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$
"""

DELETED = """
CREATE FUNCTION plans_hold_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM plans_plan WHERE id IN (SELECT plan_id FROM old_rows) FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM old_rows o JOIN plans_plan p ON p.id = o.plan_id AND p.status = 'published'
    ) THEN
        RAISE EXCEPTION 'nothing of a published plan is deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'published_plan_is_amended';
    END IF;
    RETURN NULL;
END $$
"""

PLAN = """
CREATE FUNCTION plans_hold_plan() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$
"""

AMENDMENT = """
CREATE FUNCTION plans_hold_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
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
    RETURN NEW;
END $$
"""

CHANGE = """
CREATE FUNCTION plans_hold_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$
"""

KEY = """
CREATE FUNCTION plans_hold_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row keeps its key: % %', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'row_keeps_its_key';
END $$
"""

FUNCTIONS = {
    "plans_lineage_of": LINEAGE_OF,
    "plans_hold_added": ADDED,
    "plans_hold_changed": CHANGED,
    "plans_hold_deleted": DELETED,
    "plans_hold_plan": PLAN,
    "plans_hold_amendment": AMENDMENT,
    "plans_hold_change": CHANGE,
    "plans_hold_key": KEY,
}
OPERATIONS = {
    "added": ("INSERT", "NEW TABLE AS new_rows"),
    "changed": ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    "deleted": ("DELETE", "OLD TABLE AS old_rows"),
}
# Residents see these, too; see 0003.
LINKS = ("plans_activitysupporter", "plans_activitydong")


def function(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(FUNCTIONS[name], f"DROP FUNCTION {name}")


def statement_trigger(level: str, what: str) -> migrations.RunSQL:
    operation, tables = OPERATIONS[what]
    arguments = f"'{level}', '{PARENTS[level]}', '{PROMISES[level]}'"
    return migrations.RunSQL(
        f"CREATE TRIGGER hold_{what} AFTER {operation} ON plans_{level} REFERENCING {tables}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION plans_hold_{what}({arguments})",
        f"DROP TRIGGER hold_{what} ON plans_{level}",
    )


def row_trigger(table: str, operations: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER hold_{table} BEFORE {operations} ON plans_{table}"
        f" FOR EACH ROW EXECUTE FUNCTION plans_hold_{table}()",
        f"DROP TRIGGER hold_{table} ON plans_{table}",
    )


def public_state_trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER public_state AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_public_state()",
        f"DROP TRIGGER public_state ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_reviews")]
    operations = [
        *[function(name) for name in FUNCTIONS],
        *[statement_trigger(level, what) for level in PROMISES for what in OPERATIONS],
        row_trigger("plan", "UPDATE OR DELETE"),
        row_trigger("amendment", "INSERT OR UPDATE OR DELETE"),
        row_trigger("change", "INSERT OR UPDATE OR DELETE"),
        *[hold_key(table) for table in ("plans_plan", *map("plans_{}".format, PROMISES), *LINKS)],
        *[public_state_trigger(table) for table in LINKS],
    ]
