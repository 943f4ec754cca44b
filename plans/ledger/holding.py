"""What a migration adds, so that the database holds a record's detail as it holds the record."""

from collections.abc import Container

from django.db import migrations

# A row that is moved by an update leaves one record and comes to another: both must be drafts.
ROWS = {
    "insert": ("INSERT", "NEW TABLE AS detail_rows"),
    "update_from": ("UPDATE", "OLD TABLE AS detail_rows"),
    "update_to": ("UPDATE", "NEW TABLE AS detail_rows"),
    "delete": ("DELETE", "OLD TABLE AS detail_rows"),
}


def hold_detail(table: str, writes: Container[str] = tuple(ROWS)) -> list[migrations.RunSQL]:
    """Let a detail's rows be written only while their record is a draft.

    The table's rows name their record in `record_id`; the function is of plans' migration 0015.
    """
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER hold_detail_{write} AFTER {event} ON {table} REFERENCING {rows}"
            " FOR EACH STATEMENT EXECUTE FUNCTION plans_hold_detail()",
            f"DROP TRIGGER hold_detail_{write} ON {table}",
        )
        for write, (event, rows) in ROWS.items()
        if write in writes
    ]
