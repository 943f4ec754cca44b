"""What two persons stand for stays so while residents rely on it, and a hold that they read stays.

- An activity of a published plan whose kind of record asks for another person keeps its kind, also
  where nothing is recorded yet: in another kind, its work would be confirmed by whoever wrote it.
- A hold in a published plan is not deleted. How it began stays, and so does its end once it has one.
"""

from django.db import migrations

KIND = """
CREATE FUNCTION plans_hold_two_person_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM plans_plan WHERE id IN (SELECT plan_id FROM old_rows) FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM old_rows o
        JOIN new_rows n ON n.id = o.id AND n.record_kind <> o.record_kind
        JOIN plans_twopersonkind k ON k.code = o.record_kind
        JOIN plans_plan p ON p.id = o.plan_id AND p.status = 'published'
    ) THEN
        RAISE EXCEPTION 'what two persons stand for stays so while its plan is published'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'two_person_kind_stays';
    END IF;
    RETURN NULL;
END $$
"""
HOLD = """
CREATE FUNCTION plans_hold_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM plans_activity a JOIN plans_plan p ON p.id = a.plan_id
        WHERE a.id = OLD.activity_id AND p.status = 'published'
    ) THEN
        RAISE EXCEPTION 'a hold stays as residents read it: %', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_stays';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""
BEGINNING = ("id", "activity_id", "reason", "starts_on", "set_by_id", "set_at", "set_on")
END = ("ends_on", "ended_by_id", "ended_at")


def changes(columns: tuple[str, ...]) -> str:
    """Return the condition that an update changes any of some columns."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


# Each trigger: its name, its table, when it fires, how, and its function.
TRIGGERS = [
    (
        "hold_two_person_kind",
        "plans_activity",
        "AFTER UPDATE",
        "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT",
        "plans_hold_two_person_kind()",
    ),
    (
        "hold_changed",
        "plans_hold",
        "BEFORE UPDATE",
        f"FOR EACH ROW WHEN ({changes(BEGINNING)} OR OLD.ends_on IS NOT NULL AND {changes(END)})",
        "plans_hold_hold()",
    ),
    ("hold_deleted", "plans_hold", "BEFORE DELETE", "FOR EACH ROW", "plans_hold_hold()"),
]


class Migration(migrations.Migration):
    dependencies = [("plans", "0019_hold_from_a_day_on")]

    operations = [
        migrations.RunSQL(KIND, "DROP FUNCTION plans_hold_two_person_kind()"),
        migrations.RunSQL(HOLD, "DROP FUNCTION plans_hold_hold()"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {name} {when} ON {table} {how} EXECUTE FUNCTION {function}",
                f"DROP TRIGGER {name} ON {table}",
            )
            for name, table, when, how, function in TRIGGERS
        ],
    ]
