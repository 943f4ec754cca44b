"""Refuse to end an activity before the last day for which something was counted.

Each module that counts something for activities registers a function here, and must lock the
activity before it counts.
"""

from collections.abc import Callable, Collection
from datetime import date

from gwonseon.refusals import RefusedError
from gwonseon.registry import Registry
from plans.tree.models import Activity

# Each function takes keys of activities, and returns the last day of confirmed work by key.
last_days: Registry[Callable[[Collection[int]], dict[int, date]]] = Registry()


def refuse_end(activities: Collection[Activity], on: date) -> None:
    """Raise RefusedError if confirmed work of an activity is later than `on`.

    Makes 1 query for each registered function.
    """
    keys = [one.pk for one in activities]
    found = [ask(keys) for ask in last_days] if keys else []
    for activity in activities:
        last = max((days[activity.pk] for days in found if activity.pk in days), default=on)
        if last > on:
            day = f"{last:%Y. %-m. %-d.}"
            raise RefusedError(
                f"「{activity.shown_title}」에는 {day}까지 확정된 실적이 있습니다. "
                f"끝내는 시행일은 {day} 또는 그 뒤의 날이어야 합니다."
            )
