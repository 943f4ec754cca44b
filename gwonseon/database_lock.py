"""One lock for everything that makes, fills or empties the database: one of them at a time.

It is an advisory lock of PostgreSQL's, on a connection of its own, so that it outlives schemas that
are dropped and remade meanwhile, and ends with the process, however that ends. A pooler in front of
the database must leave a connection its session.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar

from django.core.management import CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# Any number will do that no other program takes in this database.
KEY = 20210412
# The longest of what is waited for, samples on a slow machine, takes some minutes.
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
    """Hold the lock; where this process holds it already, go on.

    Waits for whoever has it, after one sentence to `tell`. Raises CommandError with another after
    ten minutes.
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
    """Take the lock for as long as the connection lives.

    It asks again and again, because Ctrl-C would not interrupt a server that is waited for.
    """
    deadline = time.monotonic() + SECONDS
    with own.cursor() as cursor:
        if granted(cursor):
            return
        tell(WAITING)
        while not granted(cursor):
            if time.monotonic() > deadline:
                raise CommandError(GIVEN_UP)
            time.sleep(PAUSE_SECONDS)


def granted(cursor: CursorWrapper) -> bool:
    """Return whether the lock is ours now."""
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
    return cursor.fetchone()[0]
