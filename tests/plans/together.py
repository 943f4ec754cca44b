"""Functions that run actions of two people at the same moment, on real connections."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from gwonseon.refusals import RefusedError
from plans.documents.errors import DocumentError


def together(*actions: Callable[[], object]) -> list[object]:
    """Run the actions at once, each on its own connection; return their results or errors."""
    start = threading.Barrier(len(actions))
    results: list[object] = [None] * len(actions)

    def run(place: int, action: Callable[[], object]) -> None:
        start.wait()
        try:
            results[place] = action()
        except (DocumentError, RefusedError) as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def while_uncommitted(first: Callable[[], object], second: Callable[[], object]) -> object:
    """Run the second action while the first is uncommitted; return the second's result or error.

    The first is committed once the second waits for a lock, or has finished.
    """

    def run() -> object:
        try:
            return second()
        except RefusedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(run)
            end = time.monotonic() + 10
            while not answer.done() and not somebody_waits() and time.monotonic() < end:
                time.sleep(0.01)
        return answer.result()


def somebody_waits() -> bool:
    """Return whether another connection of this database waits for a lock."""
    with connection.cursor() as cursor:
        # Within a transaction, statistics would otherwise stay as they were first read.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]
