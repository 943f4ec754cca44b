"""What a migration adds, so that the database holds a record's detail as it holds the record."""

from django.db import migrations

ROWS = {
    "INSERT": "NEW TABLE AS detail_rows",
    "UPDATE": "OLD TABLE AS detail_rows",
    "DELETE": "OLD TABLE AS detail_rows",
}


def hold_detail(table: str) -> list[migrations.RunSQL]:
    """Let a detail's rows be written only while their record is a draft.

    The table's rows name their record in `record_id`; the function is of plans' migration 0015.
    """
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER hold_detail_{event.lower()} AFTER {event} ON {table}"
            f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION plans_hold_detail()",
            f"DROP TRIGGER hold_detail_{event.lower()} ON {table}",
        )
        for event, rows in ROWS.items()
    ]
