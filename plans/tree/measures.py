"""Kinds of record, and the rule that an activity's measure stays once something is counted by it.

Kinds of record are registered here by code and label; the ledger defines them. The measure of an
activity cannot change if it has confirmed records or drafts of records.

Each module that counts something for activities registers a function here, and must lock the
activity before it counts.
"""

from collections.abc import Callable, Collection

from gwonseon.refusals import RefusedError
from gwonseon.registry import Registry

# The kind of record without fields of its own.
PLAIN = "plain"
# Each kind's code and label.
record_kinds: Registry[tuple[str, str]] = Registry()


def record_kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of record by code, as a field's choices."""
    return list(record_kinds)


# The columns of an activity that say how it is measured.
MEASURE = ("record_kind", "measure", "counted", "unit")

# Each function takes keys of activities, and returns those with confirmed work.
counted: Registry[Callable[[Collection[int]], set[int]]] = Registry()
# Each takes keys of activities, and returns those with drafts of records.
drafted: Registry[Callable[[Collection[int]], set[int]]] = Registry()


def hold_measures(activities: Collection[int]) -> None:
    """Raise RefusedError if one of the activities has confirmed records or drafts.

    Makes 1 query for each registered function.
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
