"""A period's page: its activities by pillar and initiative, and sums by department."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gwonseon.office.models import Department, User
from plans.tracking.access import may_write
from plans.tracking.figures import PeriodFigure, PeriodFigures
from plans.tracking.models import Period, Update
from plans.tracking.queries import Count, PeriodLine, count_of, is_late
from plans.tree.models import Activity, Initiative


@dataclass(frozen=True)
class ActivityRow:
    """An activity's line, whether it is late, and whether the user may begin to write."""

    line: PeriodLine
    is_late: bool
    may_begin: bool


@dataclass(frozen=True)
class InitiativePart:
    """An initiative: its rows, its own update if any, and whether the user may begin that."""

    initiative: Initiative
    rows: list[ActivityRow]
    update: Update | None
    may_begin: bool

    def only(self, keys: set[int]) -> "InitiativePart":
        """Return it with the rows of some activities."""
        return replace(self, rows=[one for one in self.rows if one.line.activity.pk in keys])


@dataclass(frozen=True)
class PillarPart:
    """A pillar's initiatives."""

    title: str
    parts: list[InitiativePart]


def parts_of(
    period: Period,
    figures: PeriodFigures,
    lines: Iterable[PeriodLine],
    *,
    shown: Iterable[PeriodLine],
    user: User,
) -> list[PillarPart]:
    """Return the lines that are shown by pillar and initiative, in the plan's order (no queries).

    `lines` are all of the period.
    """
    of = {one.activity.pk: one for one in lines}
    keys = {one.activity.pk for one in shown}
    found = []
    for pillar in figures.progress.whole.groups("pillar"):
        parts = [
            part_of(period, one.node, [of[figure.activity.pk] for figure in one.figures], user)
            for one in pillar.groups("initiative")
        ]
        kept = [one.only(keys) for one in parts]
        found.append(PillarPart(pillar.title, [one for one in kept if one.rows]))
    return [one for one in found if one.parts]


def part_of(
    period: Period, initiative: Initiative, lines: list[PeriodLine], user: User
) -> InitiativePart:
    """Return an initiative with all its lines."""
    late = is_late(period)
    rows = [
        ActivityRow(
            line=one,
            is_late=late and one.is_behind,
            may_begin=period.is_open and one.update is None and may_write(user, one.activity),
        )
        for one in lines
    ]
    updates = [one.update for one in lines if one.update]
    whole = next((one for one in updates if one.initiative_id == initiative.pk), None)
    may_begin = period.is_open and not updates and may_write(user, initiative)
    return InitiativePart(initiative, rows, whole, may_begin)


def sums_of(lines: Iterable[PeriodLine]) -> list[tuple[Department | None, Count]]:
    """Return how far each department's updates have come, in the departments' order (no queries).

    What has no department comes last.
    """
    found: dict[Department | None, list[Update | None]] = defaultdict(list)
    for one in lines:
        found[one.department].append(one.update)
    sums = [(department, count_of(updates)) for department, updates in found.items()]
    return sorted(sums, key=lambda one: in_order(one[0]))


def in_order(department: Department | None) -> tuple[bool, int, str]:
    """Return the place of a department in a list."""
    if department is None:
        return True, 0, ""
    return False, department.position, department.name


def figures_for(node: Activity | Initiative, figures: PeriodFigures) -> list[PeriodFigure]:
    """Return the figures of an activity, or of an initiative's activities."""
    name = "pk" if isinstance(node, Activity) else "initiative_id"
    return [one for one in figures.of.values() if getattr(one.activity, name) == node.pk]
