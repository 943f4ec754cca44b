"""Two people do something at the same moment, on real connections."""

import threading
from collections.abc import Callable

from django.db import connection

from gwonseon.refusals import RefusedError
from plans.documents.reading import DocumentError


def together(*actions: Callable[[], object]) -> list[object]:
    """Run the actions at once, each on a connection of its own; return results and refusals."""
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
