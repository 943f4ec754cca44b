"""An approved review lapses with any change of what was read, whoever makes it.

What was read is the initiative and its activities with their links; not their place among siblings,
the person in charge and the telephone number.
"""

from django.db import migrations

UNREAD = "'{position,version,updated_at,search_text,person_id,phone}'::text[]"
# Trigger argument: the column that names the initiative, or (activity_id) the activity below it.
LAPSE = f"""
CREATE FUNCTION plans_lapse_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT array_agg(old_rows.%1$I) || array_agg(new_rows.%1$I)'
            ' FROM old_rows JOIN new_rows USING (id)'
            ' WHERE to_jsonb(old_rows) - $1 IS DISTINCT FROM to_jsonb(new_rows) - $1', TG_ARGV[0]
        ) INTO touched USING {UNREAD};
    ELSIF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT array_agg(%I) FROM new_rows', TG_ARGV[0]) INTO touched;
    ELSE
        EXECUTE format('SELECT array_agg(%I) FROM old_rows', TG_ARGV[0]) INTO touched;
    END IF;
    IF TG_ARGV[0] = 'activity_id' THEN
        touched := ARRAY(SELECT initiative_id FROM plans_activity WHERE id = ANY (touched));
    END IF;
    UPDATE plans_review SET state = 'lapsed'
    WHERE state = 'approved' AND initiative_id = ANY (touched);
    RETURN NULL;
END $$
"""
OPERATIONS = {
    "insert": "INSERT ON {} REFERENCING NEW TABLE AS new_rows",
    "update": "UPDATE ON {} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "DELETE ON {} REFERENCING OLD TABLE AS old_rows",
}
TRIGGERS = [
    ("plans_initiative", "id", "update"),
    *[("plans_activity", "initiative_id", operation) for operation in OPERATIONS],
    *[
        (table, "activity_id", operation)
        for table in ("plans_activitysupporter", "plans_activitydong")
        for operation in OPERATIONS
    ],
]


def trigger(table: str, column: str, operation: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER lapse_reviews_{operation} AFTER {OPERATIONS[operation].format(table)}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION plans_lapse_reviews('{column}')",
        f"DROP TRIGGER lapse_reviews_{operation} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0010_keep_uploaded_sheets")]
    operations = [
        migrations.RunSQL(LAPSE, "DROP FUNCTION plans_lapse_reviews"),
        *[trigger(*one) for one in TRIGGERS],
    ]
