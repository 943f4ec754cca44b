"""Read several queries as the database was at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def one_moment() -> Iterator[None]:
    """Have all queries within it see the same state, whatever is written meanwhile.

    Within another transaction, that one's rules hold.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_MOMENT)
        yield
