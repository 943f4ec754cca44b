"""Take what a gateway has for us, some at a time, until it has no more."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def take_all(
    fetch: Callable[[], Sequence[T]],
    act: Callable[[Sequence[T]], None],
    acknowledge: Callable[[Sequence[T]], None],
    most_calls: int,
) -> int:
    """Act on what is fetched, and acknowledge it then; return how much came.

    A worker that is killed in between leaves it to be fetched, and acted on, again.
    """
    came = 0
    for _call in range(most_calls):
        fetched = fetch()
        if not fetched:
            break
        act(fetched)
        acknowledge(fetched)
        came += len(fetched)
    return came
