"""A lock that lets only one command at a time make, fill or empty the database.

It is a PostgreSQL advisory lock on a separate connection. So it stays when the schema is dropped
and made again, and it is released when the process ends, even if it is killed. A connection pooler
in front of the database must pool by session, not by transaction.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar

from django.core.management import CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# Any number that no other program uses for a lock in this database.
KEY = 20210412
# How long to wait. The slowest command (sample data on a slow machine) takes some minutes.
SECONDS = 600
PAUSE_SECONDS = 0.2

WAITING = (
    "다른 창에서 데이터베이스를 준비하거나 채우고 있습니다(`make run`, `make seed` 등). "
    "끝나기를 기다립니다."
)
GIVEN_UP = (
    "다른 창에서 데이터베이스를 준비하거나 채우는 일이 끝나지 않아 아무것도 바꾸지 않았습니다. "
    "그 창을 확인하고 다시 실행하세요."
)

held: ContextVar[bool] = ContextVar("held", default=False)


@contextmanager
def database_lock(tell: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock in the `with` block; do nothing if this context holds it already.

    If another process has the lock, passes one sentence to `tell` and waits. Raises CommandError
    after ten minutes.
    """
    if held.get():
        yield
        return
    # Not Django's own connection: what the command does there may break or close it.
    with closing(connection.copy()) as own:
        take(own, tell)
        token = held.set(True)
        try:
            yield
        finally:
            held.reset(token)


def take(own: BaseDatabaseWrapper, tell: Callable[[str], object]) -> None:
    """Take the lock, which the connection holds until it is closed.

    Asks the server again and again, because Ctrl-C cannot interrupt a query that waits for a lock.
    """
    deadline = time.monotonic() + SECONDS
    with own.cursor() as cursor:
        if try_lock(cursor):
            return
        tell(WAITING)
        while not try_lock(cursor):
            if time.monotonic() > deadline:
                raise CommandError(GIVEN_UP)
            time.sleep(PAUSE_SECONDS)


def try_lock(cursor: CursorWrapper) -> bool:
    """Try once to take the lock, and return whether that worked."""
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
    return cursor.fetchone()[0]
