"""What a migration adds, so that residents' pages follow a table."""

from django.db import migrations


def raise_public_state(table: str) -> migrations.RunSQL:
    """Let every change of a table's rows raise the public state's number, at the commit.

    The function is of plans' migration 0003.
    """
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER public_state AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_public_state()",
        f"DROP TRIGGER public_state ON {table}",
    )
