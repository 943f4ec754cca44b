"""Sealing everything under the current key, a slice at a time, while messages are being sent."""

from dataclasses import dataclass

from django.db import connection, models, transaction

from gwonseon.messaging.models import Dispatch, Message
from gwonseon.messaging.sealing import current_key_number, seal, unseal

SLICE = 2_000
READ = """
SELECT {key}, {column} FROM {table}
WHERE get_byte({column}, 0) <> %s AND octet_length({column}) > 0
ORDER BY {key} LIMIT %s FOR UPDATE SKIP LOCKED
"""
WRITE = """
UPDATE {table} SET {column} = sealed.value
FROM unnest(%s::bigint[], %s::bytea[]) AS sealed (key, value) WHERE {key} = sealed.key
"""


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values."""

    model: type[models.Model]
    name: str

    def sql(self, statement: str) -> str:
        """Return a statement about this column."""
        meta = self.model._meta
        return statement.format(
            table=meta.db_table, key=meta.pk.column, column=meta.get_field(self.name).column
        )


# Higher floors register theirs when their app is ready.
sealed_columns = [SealedColumn(Message, "sealed"), SealedColumn(Dispatch, "sealed_text")]


def rotate() -> dict[str, int]:
    """Seal all values under the current key; return how many of each table were sealed anew.

    It can be stopped at any time and started again. Rows that somebody else is writing are waited
    for at the end. Raises SealError if a key is missing.
    """
    done: dict[str, int] = {}
    for column in sealed_columns:
        table = column.model._meta.db_table
        done[table] = done.get(table, 0) + rotate_column(column)
    return done


def rotate_column(column: SealedColumn) -> int:
    """Seal a column's values under the current key; return how many there were."""
    done = 0
    while left(column):
        done += rotate_slice(column)
    return done


@transaction.atomic
def rotate_slice(column: SealedColumn) -> int:
    """Seal some of a column's values under the current key; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(column.sql(READ), [current_key_number(), SLICE])
        rows = cursor.fetchall()
        keys = [key for key, _sealed in rows]
        values = [seal(unseal(sealed)) for _key, sealed in rows]
        cursor.execute(column.sql(WRITE), [keys, values])
    return len(rows)


def left(column: SealedColumn) -> int:
    """Return how many of a column's values are under another key."""
    statement = "SELECT count(*) FROM {table} WHERE get_byte({column}, 0) <> %s"
    with connection.cursor() as cursor:
        cursor.execute(column.sql(statement), [current_key_number()])
        return cursor.fetchone()[0]
