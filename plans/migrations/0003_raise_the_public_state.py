"""The number of the public state, raised once by every transaction that residents could notice.

The triggers are deferred: the number is raised at the transaction's end, so that writers wait
for each other only there. Within one transaction all but the first find it raised already.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PUBLIC_TABLES = (
    "office_department",
    "office_district",
    "office_dong",
    "plans_plan",
    "plans_pillar",
    "plans_goal",
    "plans_initiative",
    "plans_activity",
)

FUNCTION = """
CREATE FUNCTION raise_public_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE plans_publicstate
    SET number = number + 1, raised_by = pg_current_xact_id()::text::bigint
    WHERE raised_by IS DISTINCT FROM pg_current_xact_id()::text::bigint;
    RETURN NULL;
END $$
"""


def add_row(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("plans", "PublicState").objects.get_or_create(pk=1)


def remove_row(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("plans", "PublicState").objects.all().delete()


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER public_state AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_public_state()",
        f"DROP TRIGGER public_state ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_hold_children_to_their_parents_plan"),
        ("office", "0002_seed_district_and_dong"),
    ]
    operations = [
        migrations.RunPython(add_row, remove_row),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION raise_public_state()"),
        *[trigger(table) for table in PUBLIC_TABLES],
    ]
