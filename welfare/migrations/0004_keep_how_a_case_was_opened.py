"""A case stays, and so does how it was opened: its number above all.

- The same form sent twice is one case, by its token.
- A case is of its plan's year, and opened in that year.
- Its number, its activity, by which form, by whom and when it was opened are never changed, and no
  case is deleted: a number that was given is never given to another household.
"""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

# Until days were stated, a case of an earlier year's plan was opened on the day of its writing.
BACKFILL = """
UPDATE welfare_supportcase
SET opened_on = greatest(make_date(year, 1, 1), least(make_date(year, 12, 31), opened_on))
WHERE extract(year FROM opened_on) <> year;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""

NUMBERED = """
CREATE FUNCTION welfare_hold_new_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM plans_activity a JOIN plans_plan p ON p.id = a.plan_id
        WHERE a.id = NEW.activity_id AND p.year = NEW.year
    ) THEN
        RAISE EXCEPTION 'a case is of its plan''s year: %', NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_is_of_its_plans_year';
    END IF;
    RETURN NEW;
END $$
"""
STAYS = """
CREATE FUNCTION welfare_hold_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a case keeps its number, and how it was opened: %-%', OLD.year, OLD.serial
        USING ERRCODE = 'check_violation', CONSTRAINT = 'case_keeps_its_number';
END $$
"""
OPENING = ("id", "activity_id", "year", "serial", "opened_on", "opened_by_id", "opened_at", "token")


OLD, NEW = (", ".join(f"{row}.{column}" for column in OPENING) for row in ("OLD", "NEW"))
CHANGES = f"({OLD}) IS DISTINCT FROM ({NEW})"
# Each trigger: its name, when it fires, and what it does.
TRIGGERS = [
    ("hold_new", "BEFORE INSERT", "FOR EACH ROW EXECUTE FUNCTION welfare_hold_new_case()"),
    (
        "hold_opening",
        "BEFORE UPDATE",
        f"FOR EACH ROW WHEN ({CHANGES}) EXECUTE FUNCTION welfare_hold_case()",
    ),
    ("hold_deleted", "BEFORE DELETE", "FOR EACH ROW EXECUTE FUNCTION welfare_hold_case()"),
]


class Migration(migrations.Migration):
    dependencies = [("welfare", "0003_say_who_wrote_a_case")]

    operations = [
        migrations.AddField(
            model_name="supportcase",
            name="token",
            field=models.UUIDField(
                db_default=RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                help_text="Of the form that it was opened by: the same form sent twice is one case.",
                unique=True,
            ),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("opened_on__year", models.F("year"))),
                name="case_opened_in_its_year",
            ),
        ),
        migrations.RunSQL(NUMBERED, "DROP FUNCTION welfare_hold_new_case()"),
        migrations.RunSQL(STAYS, "DROP FUNCTION welfare_hold_case()"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {name} {when} ON welfare_supportcase {how}",
                f"DROP TRIGGER {name} ON welfare_supportcase",
            )
            for name, when, how in TRIGGERS
        ],
    ]
