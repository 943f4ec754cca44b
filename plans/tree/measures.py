"""What an activity's records are written in and how they are added up.

Kinds of record are registered here by code and label; what a kind is, the ledger says. How an
activity is measured is fixed as soon as anything was counted by it, and stays while something is
being written.

Whoever counts registers here how to ask for it, and takes the activity's lock before it counts.
"""

from collections.abc import Callable, Collection

from gwonseon.refusals import RefusedError
from gwonseon.registry import Registry

# The kind that needs nothing but a day.
PLAIN = "plain"
# Each kind's code and label.
record_kinds: Registry[tuple[str, str]] = Registry()


def record_kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of record by code, as a field's choices."""
    return list(record_kinds)


# The fields of an activity that say how it is measured.
MEASURE = ("record_kind", "measure", "counted", "unit")

# Each takes activities' keys and returns those that something confirmed was counted for.
counted: Registry[Callable[[Collection[int]], set[int]]] = Registry()
# Likewise, those that something is written for and not confirmed yet.
drafted: Registry[Callable[[Collection[int]], set[int]]] = Registry()


def hold_measures(activities: Collection[int]) -> None:
    """Refuse a change of measure where something was counted, or is being written.

    1 query for each way to ask.
    """
    if activities and any(ask(activities) for ask in counted):
        raise RefusedError(
            "확정된 실적이 있어 기록 양식, 재는 방법, 단위를 바꿀 수 없습니다. "
            "이 활동을 끝내고 새 활동을 추가하세요."
        )
    if activities and any(ask(activities) for ask in drafted):
        raise RefusedError(
            "작성중인 실적이 있어 기록 양식, 재는 방법, 단위를 바꿀 수 없습니다. "
            "작성중인 실적을 먼저 지우거나 마치세요."
        )
