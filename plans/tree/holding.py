"""What a migration adds, so that the triggers that pair old rows with new ones miss none."""

from django.db import migrations


def hold_key(table: str) -> migrations.RunSQL:
    """Let no row of a table change its `id`: triggers know a changed row by it.

    The function is of plans' migration 0008.
    """
    return migrations.RunSQL(
        f"CREATE TRIGGER hold_key BEFORE UPDATE OF id ON {table} FOR EACH ROW"
        " WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION plans_hold_key()",
        f"DROP TRIGGER hold_key ON {table}",
    )
