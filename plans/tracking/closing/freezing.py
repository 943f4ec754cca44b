"""What is frozen when a period is closed, as plain values for JSON.

Only what residents may read is in it: no person in charge, and no hidden number; blockers, which
the staff alone may read, are frozen apart. Numbers are text, with which nothing is rounded or
written in another way.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from secrets import token_hex
from typing import Any

from gwonseon.fields.numbers import written
from plans.progress.figures import Group, PlanProgress
from plans.tracking.blockers.models import Blocker
from plans.tracking.budget.models import Spending
from plans.tracking.budget.queries import Money, money_of, total_of
from plans.tracking.figures import PeriodFigure
from plans.tracking.milestones.queries import Schedule
from plans.tracking.models import TEXTS, Period, Update
from plans.tree.access import owner_of
from plans.tree.models import Node

# The pillar, goal and initiative of an activity, by level.
Place = dict[str, Node]
# The period's reports of what was spent, by activity key.
Reports = Mapping[int, Spending]
# So many that nobody can try all salts.
SALT_BYTES = 16


def content_of(
    period: Period, progress: PlanProgress, version: int, reports: Reports, staff_digest: str
) -> dict[str, Any]:
    """Return what belongs to no single activity: the period, and rates and money of all groups."""
    return {
        "staff_digest": staff_digest,
        "year": str(period.plan.year),
        "period": nfc(period.name),
        "kind": period.kind,
        "number": str(period.number),
        "first_on": period.first_on.isoformat(),
        "last_on": period.last_on.isoformat(),
        "version": str(version),
        "statuses": {status.value: str(count) for status, count in progress.statuses.items()},
        "groups": [group_as_data(one, reports) for one in all_groups(progress.whole)],
    }


def all_groups(group: Group) -> list[Group]:
    """Return a group and all groups below it, in the plan's order."""
    below = [part for part in group.parts if isinstance(part, Group)]
    return [group, *(one for part in below for one in all_groups(part))]


def group_as_data(group: Group, reports: Reports) -> dict[str, Any]:
    """Return a group: what it is, its weight, rates, sums of money, and its size."""
    node, activities = group.node, [one.activity for one in group.figures]
    money = total_of(money_of(one, reports.get(one.pk)) for one in activities)
    return {
        "level": group.level or "plan",
        "slug": node.slug if node else "",
        "lineage": str(node.lineage) if node else "",
        "title": nfc(group.title),
        "weight": written(group.weight),
        "rate": number(group.rate),
        "met_rate": number(group.met_rate),
        **money_as_data(money),
        "activities": str(len(group.figures)),
    }


def activity_as_data(
    found: PeriodFigure,
    place: Place,
    update: Update | None,
    schedule: Schedule | None,
    spending: Spending | None,
    departments: Mapping[int, str],
) -> dict[str, Any]:
    """Return an activity with its place, figures, promise, money, milestones and approved update.

    `departments` are the names of all departments, by key.
    """
    figure, activity = found.figure, found.activity
    return {
        **{level: node.slug for level, node in place.items()},
        "slug": activity.slug,
        "lineage": str(activity.lineage),
        "title": nfc(figure.title),
        "department": nfc(departments.get(owner_of(activity), "")),
        "unit": nfc(figure.unit),
        "weight": written(figure.weight),
        "yearly_target": number(figure.target),
        "period_target": number(found.target),
        **money_as_data(money_of(activity, spending)),
        "spending_source": nfc(spending.source) if spending else "",
        "counted": "" if figure.is_masked else number(figure.counted),
        "amount": "" if found.is_hidden else number(found.amount),
        "late": "" if found.is_hidden else number(found.late),
        "counted_text": nfc(figure.counted_text),
        "rate": number(figure.rate),
        "pace": number(figure.pace),
        "expected": number(figure.expected),
        "status": figure.status.value if figure.status else "",
        "hold": nfc(figure.hold.reason) if figure.hold else "",
        "share_done": number(schedule.share_done) if schedule else "",
        "milestones": milestones_as_data(schedule) if schedule else [],
        "update": update_as_data(update),
    }


def money_as_data(money: Money) -> dict[str, str]:
    """Return sums in 원; "" for what was not planned, or not reported in the period."""
    return {
        "budget": number(money.planned),
        "contracted": number(money.contracted),
        "spent": number(money.spent),
        "spent_rate": number(money.rate),
    }


def places_in(group: Group, above: Place | None = None) -> dict[int, Place]:
    """Return the pillar, goal and initiative of each activity on the day, by activity key."""
    here = (above or {}) | ({group.level: group.node} if group.node else {})
    found: dict[int, Place] = {}
    for part in group.parts:
        found |= places_in(part, here) if isinstance(part, Group) else {part.activity.pk: here}
    return found


def milestones_as_data(schedule: Schedule) -> list[dict[str, str]]:
    """Return milestones as they stood on the schedule's day."""
    return [
        {
            "title": nfc(one.title),
            "planned_on": one.planned_on.isoformat(),
            "done_on": one.done_on.isoformat() if is_done else "",
            "weight": number(one.weight),
        }
        for one, is_done, _days in schedule.lines
    ]


def update_as_data(update: Update | None) -> dict[str, str]:
    """Return the texts of an approved update, and what it is about; empty without one."""
    if update is None:
        return {}
    texts = {name: nfc(getattr(update, name)) for name in TEXTS}
    return texts | {"about": "activity" if update.activity_id else "initiative"}


def staff_content_of(
    blockers: Iterable[Blocker],
    titles: Mapping[int, str],
    departments: Mapping[int, str],
    on: date,
) -> dict[str, Any]:
    """Return what only the staff may read: blockers as they stood on a day, and a random salt.

    `titles` and `departments` are the names of the plan's activities and of all departments.
    """
    rows = [
        blocker_as_data(one, titles[one.activity_id], departments[one.department_id], on)
        for one in blockers
    ]
    return {"salt": token_hex(SALT_BYTES), "blockers": rows}


def blocker_as_data(blocker: Blocker, title: str, department: str, on: date) -> dict[str, str]:
    """Return a blocker as it stood on a day; without the people who wrote it."""
    is_resolved = blocker.resolved_on is not None and blocker.resolved_on <= on
    return {
        "key": str(blocker.pk),
        "lineage": str(blocker.activity.lineage),
        "activity": nfc(title),
        "what": nfc(blocker.what),
        "department": nfc(department),
        "raised_on": blocker.raised_on.isoformat(),
        "due_on": blocker.due_on.isoformat(),
        "resolved_on": blocker.resolved_on.isoformat() if is_resolved else "",
        "resolution": nfc(blocker.resolution) if is_resolved else "",
    }


def number(value: Decimal | Fraction | int | None) -> str:
    """Return a number as text, an exact fraction to two decimals; "" without one."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = Decimal(round(value * 100)) / 100
    return written(value)


def nfc(text: str) -> str:
    """Return a text with composed characters, which look the same and have the same bytes."""
    return unicodedata.normalize("NFC", text)
