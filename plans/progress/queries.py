"""Progress of a whole plan on a day, from the ledger and from what was promised then."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from gwonseon.office.models import Dong
from plans.amendments.force import Force, force_of
from plans.ledger.kinds import personal_codes
from plans.ledger.models import Record, RecordQuerySet
from plans.progress.arithmetic import Promise
from plans.progress.figures import SMALLEST_SHOWN, Figure, Gauge, Group, Masking, PlanProgress
from plans.progress.models import Hold
from plans.tree.choices import Measure
from plans.tree.models import QUARTERS, Activity, Initiative, Node, Plan
from plans.tree.queries import Tree, read_tree

# By the name of the measure that each is for.
SUMS = {
    f"{Measure.RECORDS}_sum": Count("*"),
    f"{Measure.PEOPLE}_sum": Sum("people"),
    f"{Measure.QUANTITY}_sum": Sum("quantity"),
}


def last_day(plan: Plan) -> date:
    """Return the day up to which a plan's progress is asked for: today, within its year."""
    return plan.within_year(timezone.localdate())


def progress_of(plan: Plan, on: date, *, open_to: int | None = None) -> PlanProgress:
    """Return a plan's progress at the end of a day, as far as the ledger knows it now.

    Records count up to that day, whenever they were confirmed; targets, how they are measured,
    weights, places and what was in force are those of that day, by 시행일. `open_to` is the
    department to which its own personal matters are shown. Makes 7 queries, however many activities
    and records there are: the ledger is summed by one of them.
    """
    tree = read_tree(plan, in_force=False)
    keys = [activity.pk for activity in tree.activities]
    reader = Reading(tree, on, force_of(plan, on), counted(keys, on), holds(plan, on), open_to)
    return PlanProgress(on, reader.whole())


@dataclass
class Reading:
    """What was read for a day, put together level by level."""

    tree: Tree
    on: date
    force: Force
    sums: dict[int, dict[str, Any]]
    holds: dict[int, Hold]
    open_to: int | None

    def whole(self) -> Group:
        """Return the plan with everything below."""
        parts = [self.group(one) for one in self.tree.pillars if self.was_there(one)]
        return Group(str(self.tree.plan), Decimal(1), parts)

    def group(self, node: Node) -> Group:
        """Return a node above activities with everything below."""
        below = self.below[str(node.lineage)]
        make = self.figure if isinstance(node, Initiative) else self.group
        weight = self.told(node, "weight")
        parts = [make(one) for one in below]
        return Group(node.shown_title, weight, parts, node, node._meta.model_name)

    def figure(self, activity: Activity) -> Figure:
        """Return an activity's figure."""
        gauge = Gauge(*(self.told(activity, name) for name in ("measure", "counted", "unit")))
        count = gauge.amount(self.sums.get(activity.pk, {}))
        return Figure(
            activity,
            self.on,
            gauge,
            self.promise(activity),
            count,
            self.told(activity, "weight"),
            self.holds.get(activity.pk),
            self.masking(activity, count),
        )

    def promise(self, activity: Activity) -> Promise:
        """Return what was promised on the day."""
        quarters = [self.told(activity, name) for name in QUARTERS]
        return Promise(
            self.told(activity, "target"),
            self.tree.plan.year,
            self.told(activity, "starts_on"),
            self.told(activity, "ends_on"),
            [] if None in quarters else quarters,
        )

    @cached_property
    def below(self) -> dict[str, list[Node]]:
        """What stood below each node that day, by its lineage, in the plan's order of now."""
        found = defaultdict(list)
        for node in chain(self.tree.goals, self.tree.initiatives, self.tree.activities):
            if self.was_there(node):
                found[self.force.parent(node, self.on)].append(node)
        return found

    def told(self, node: Node, name: str) -> Any:
        """Return what a column said at the end of the day."""
        return self.force.value(node, name, self.on)

    def was_there(self, node: Node) -> bool:
        """Whether a node was part of the plan that day."""
        return self.force.was_there(node, self.on)

    def masking(self, activity: Activity, count: Decimal) -> Masking | None:
        """Return why an activity's number is not told: of a day in between, or too small."""
        if activity.record_kind not in personal_codes() or self.is_open(activity):
            return None
        if self.on < last_day(self.tree.plan):
            return Masking.BETWEEN
        return Masking.SMALL if count < SMALLEST_SHOWN else None

    def is_open(self, activity: Activity) -> bool:
        """Whether the reader belongs to the department whose matters these are."""
        owner = activity.department_id or activity.initiative.department_id
        return self.open_to is not None and owner == self.open_to


def counted(activities: Sequence[int], on: date) -> dict[int, dict[str, Any]]:
    """Return what the ledger holds of each activity up to a day (1 query).

    They are named by their keys, and records are counted as rows: so the sum is read from the
    index `record_sums` alone, and no row of the ledger is touched.
    """
    rows = Record.objects.confirmed().filter(activity__in=activities, happened_on__lte=on)
    sums = rows.order_by().values("activity").annotate(**SUMS)
    return {row["activity"]: row for row in sums}


def holds(plan: Plan, on: date) -> dict[int, Hold]:
    """Return the activities that were put off on a day (1 query)."""
    going_on = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Hold.objects.filter(going_on, activity__plan=plan, starts_on__lte=on)
    return {hold.activity_id: hold for hold in rows.select_related("set_by")}


def shareable(progress: PlanProgress) -> RecordQuerySet:
    """Return the records behind a plan's figures that may be told one by one.

    None is of personal matters. They are named by their activities' keys, whose kind is the
    records' own: so they are counted in the index `record_sums` alone.
    """
    personal = personal_codes()
    activities = [one.activity for one in progress.whole.figures]
    keys = [one.pk for one in activities if one.record_kind not in personal]
    rows = Record.objects.confirmed().filter(activity__in=keys, happened_on__lte=progress.on)
    return rows.order_by()


class Cell(NamedTuple):
    """How many records one pillar has in a line."""

    label: str
    count: int


@dataclass
class ShareRow:
    """A month's or a dong's line: how many records there are, in all and by pillar."""

    label: str
    count: int
    cells: list[Cell]


def by_month(progress: PlanProgress) -> list[ShareRow]:
    """Return each month up to progress's day, with its records (1 query)."""
    found = shareable(progress).values_list(ExtractMonth("happened_on"), "activity")
    months = [(f"{month}월", month) for month in range(1, progress.on.month + 1)]
    return share_rows(months, found.annotate(count=Count("*")), progress)


def by_dong(progress: PlanProgress) -> list[ShareRow]:
    """Return each dong with its records; what has no dong is not told (2 queries).

    One that was closed is among them as long as it has records.
    """
    found = shareable(progress).exclude(dong=None).values_list("dong", "activity")
    dongs = list(Dong.objects.all())
    lines = [(dong.name, dong.pk) for dong in dongs]
    rows = share_rows(lines, found.annotate(count=Count("*")), progress)
    return [
        row for dong, row in zip(dongs, rows, strict=True) if dong.closed_on is None or row.count
    ]


def share_rows(
    lines: list[tuple[str, int]], found: Iterable[tuple[int, int, int]], progress: PlanProgress
) -> list[ShareRow]:
    """Return lines, given by label and key, of what was found by key and activity.

    Records count under the pillar under which their activity's figure stands that day.
    """
    pillars = progress.whole.groups("pillar")
    place = {
        one.activity.pk: number for number, pillar in enumerate(pillars) for one in pillar.figures
    }
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for key, activity, count in found:
        counts[key, place[activity]] += count
    rows = []
    for label, key in lines:
        cells = [Cell(one.title, counts[key, number]) for number, one in enumerate(pillars)]
        rows.append(ShareRow(label, sum(cell.count for cell in cells), cells))
    return rows


@dataclass
class FigureShare:
    """A month's or a dong's part of an activity's figure."""

    label: str
    count: int
    amount: Decimal


def parts_by_month(figure: Figure) -> list[FigureShare]:
    """Return what each month with records added to a figure (1 query)."""
    rows = records_behind(figure).values(part=ExtractMonth("happened_on")).order_by("part")
    return [part(figure, f"{one['part']}월", one) for one in rows.annotate(**SUMS)]


def parts_by_dong(figure: Figure) -> list[FigureShare]:
    """Return what each dong added to a figure (1 query)."""
    rows = records_behind(figure).values("dong__name").order_by("dong__position")
    found = rows.annotate(**SUMS)
    return [part(figure, one["dong__name"] or "동을 정하지 않음", one) for one in found]


def part(figure: Figure, label: str, sums: dict[str, Any]) -> FigureShare:
    """Return a month's or a dong's part, measured as the figure is."""
    return FigureShare(label, sums[f"{Measure.RECORDS}_sum"], figure.gauge.amount(sums))


def records_behind(figure: Figure) -> RecordQuerySet:
    """Return the records that a figure is the sum of."""
    rows = Record.objects.confirmed().filter(activity=figure.activity, happened_on__lte=figure.on)
    return rows.order_by()
