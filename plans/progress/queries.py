"""Read the progress of a plan on a day, from the ledger and the promises in force that day."""

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

Sums = dict[int, dict[str, Any]]


def sums_up_to(day: date | None = None) -> dict[str, Count | Sum]:
    """Return the sum for each measure, named for it: of all records, or of those up to a day."""
    until = Q(happened_on__lte=day) if day else None
    return {
        f"{Measure.RECORDS}_sum": Count("activity" if day else "*", filter=until),
        f"{Measure.PEOPLE}_sum": Sum("people", filter=until),
        f"{Measure.QUANTITY}_sum": Sum("quantity", filter=until),
    }


SUMS = sums_up_to()


def last_day(plan: Plan) -> date:
    """Return the last day to show a plan's progress for: today, or the nearest day of its year."""
    return plan.within_year(timezone.localdate())


def progress_of(
    plan: Plan, on: date, *, open_to: int | None = None, sums: Sums | None = None
) -> PlanProgress:
    """Return a plan's progress at the end of a day, by the ledger's present records (7 queries).

    Counts records up to that day, whenever they were confirmed. Targets, measures, weights, parents
    and the nodes in force are those of that day, by 시행일. `open_to` is the key of the department
    that sees its own personal numbers; None hides all. `sums` are the ledger's, if they were read.
    """
    tree = read_tree(plan, in_force=False)
    if sums is None:
        sums = counted([activity.pk for activity in tree.activities], on)
    reader = Reading(tree, on, force_of(plan, on), sums, holds(plan, on), open_to)
    return PlanProgress(on, reader.whole())


@dataclass
class Reading:
    """Builds the groups and figures of a day from the rows that were read."""

    tree: Tree
    on: date
    force: Force
    sums: Sums
    holds: dict[int, Hold]
    open_to: int | None

    def whole(self) -> Group:
        """Return the group of the whole plan."""
        parts = [self.group(one) for one in self.tree.pillars if self.was_there(one)]
        return Group(str(self.tree.plan), Decimal(1), parts)

    def group(self, node: Node) -> Group:
        """Return the group of a pillar, goal or initiative."""
        below = self.below[str(node.lineage)]
        make = self.figure if isinstance(node, Initiative) else self.group
        weight = self.value_of(node, "weight")
        parts = [make(one) for one in below]
        return Group(node.shown_title, weight, parts, node, node._meta.model_name)

    def figure(self, activity: Activity) -> Figure:
        """Return the figure of an activity."""
        gauge = Gauge(*(self.value_of(activity, name) for name in ("measure", "counted", "unit")))
        count = gauge.amount(self.sums.get(activity.pk, {}))
        return Figure(
            activity,
            self.on,
            gauge,
            self.promise(activity),
            count,
            self.value_of(activity, "weight"),
            self.holds.get(activity.pk),
            self.masking(activity, count),
        )

    def promise(self, activity: Activity) -> Promise:
        """Return the promise of an activity that was in force on the day."""
        quarters = [self.value_of(activity, name) for name in QUARTERS]
        return Promise(
            self.value_of(activity, "target"),
            self.tree.plan.year,
            self.value_of(activity, "starts_on"),
            self.value_of(activity, "ends_on"),
            [] if None in quarters else quarters,
        )

    @cached_property
    def below(self) -> dict[str, list[Node]]:
        """The nodes below each node that day, by the parent's lineage, in the present order."""
        found = defaultdict(list)
        for node in chain(self.tree.goals, self.tree.initiatives, self.tree.activities):
            if self.was_there(node):
                found[self.force.parent(node, self.on)].append(node)
        return found

    def value_of(self, node: Node, name: str) -> Any:
        """Return the value of a node's column on the day."""
        return self.force.value(node, name, self.on)

    def was_there(self, node: Node) -> bool:
        """Return whether a node was part of the plan that day."""
        return self.force.was_there(node, self.on)

    def masking(self, activity: Activity, count: Decimal) -> Masking | None:
        """Return why an activity's number is hidden, or None if it is shown."""
        if activity.record_kind not in personal_codes() or self.is_open(activity):
            return None
        if self.on < last_day(self.tree.plan):
            return Masking.BETWEEN
        return Masking.SMALL if count < SMALLEST_SHOWN else None

    def is_open(self, activity: Activity) -> bool:
        """Return whether the activity belongs to the department `open_to`."""
        owner = activity.department_id or activity.initiative.department_id
        return self.open_to is not None and owner == self.open_to


def counted(activities: Sequence[int], on: date) -> Sums:
    """Return the ledger's sums by activity key, up to a day (1 query).

    It filters by keys and counts rows, so that PostgreSQL reads only the index `record_sums` and no
    row of the ledger.
    """
    rows = Record.objects.confirmed().filter(activity__in=activities, happened_on__lte=on)
    sums = rows.order_by().values("activity").annotate(**SUMS)
    return {row["activity"]: row for row in sums}


def counted_twice(activities: Sequence[int], before: date, on: date) -> tuple[Sums, Sums]:
    """Return the sums up to two days as they are at one moment (1 query).

    Two queries would differ by what is confirmed between them.
    """
    rows = Record.objects.confirmed().filter(activity__in=activities, happened_on__lte=on)
    earlier = {f"before_{name}": one for name, one in sums_up_to(before).items()}
    found = list(rows.order_by().values("activity").annotate(**SUMS, **earlier))
    early = {row["activity"]: {name: row[f"before_{name}"] for name in SUMS} for row in found}
    return early, {row["activity"]: row for row in found}


def holds(plan: Plan, on: date) -> dict[int, Hold]:
    """Return the holds in force on a day, by activity key (1 query)."""
    going_on = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Hold.objects.filter(going_on, activity__plan=plan, starts_on__lte=on)
    return {hold.activity_id: hold for hold in rows.select_related("set_by")}


def shareable(progress: PlanProgress) -> RecordQuerySet:
    """Return the records of a plan's figures that may be listed: all except personal ones.

    It filters by keys of activities, whose kind is also their records' kind, so that PostgreSQL can
    count them in the index `record_sums` only.
    """
    personal = personal_codes()
    activities = [one.activity for one in progress.whole.figures]
    keys = [one.pk for one in activities if one.record_kind not in personal]
    rows = Record.objects.confirmed().filter(activity__in=keys, happened_on__lte=progress.on)
    return rows.order_by()


class PillarCount(NamedTuple):
    """The number of records of one pillar in a row."""

    label: str
    count: int


@dataclass
class ShareRow:
    """The number of records of a month or a dong, in total and by pillar."""

    label: str
    count: int
    cells: list[PillarCount]


def by_month(progress: PlanProgress) -> list[ShareRow]:
    """Return a row for each month up to the progress's day (1 query)."""
    found = shareable(progress).values_list(ExtractMonth("happened_on"), "activity")
    months = [(f"{month}월", month) for month in range(1, progress.on.month + 1)]
    return share_rows(months, found.annotate(count=Count("*")), progress)


def by_dong(progress: PlanProgress) -> list[ShareRow]:
    """Return a row for each dong (2 queries). Records without a dong are left out.

    A closed dong is included if it has records.
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
    """Return a row for each (label, key) in `lines`.

    `found` has (key, activity key, number of records). Records count for the pillar that their
    activity belonged to on the progress's day.
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
        cells = [PillarCount(one.title, counts[key, number]) for number, one in enumerate(pillars)]
        rows.append(ShareRow(label, sum(cell.count for cell in cells), cells))
    return rows


@dataclass
class FigureShare:
    """The part of an activity's figure that comes from one month or dong."""

    label: str
    count: int
    amount: Decimal


def parts_by_month(figure: Figure) -> list[FigureShare]:
    """Return the part of each month that has records (1 query)."""
    rows = records_behind(figure).values(part=ExtractMonth("happened_on")).order_by("part")
    return [part(figure, f"{one['part']}월", one) for one in rows.annotate(**SUMS)]


def parts_by_dong(figure: Figure) -> list[FigureShare]:
    """Return the part of each dong that has records (1 query)."""
    rows = records_behind(figure).values("dong__name").order_by("dong__position")
    found = rows.annotate(**SUMS)
    return [part(figure, one["dong__name"] or "동을 정하지 않음", one) for one in found]


def part(figure: Figure, label: str, sums: dict[str, Any]) -> FigureShare:
    """Return a part of a figure, in the figure's measure."""
    return FigureShare(label, sums[f"{Measure.RECORDS}_sum"], figure.gauge.amount(sums))


def records_behind(figure: Figure) -> RecordQuerySet:
    """Return the confirmed records that a figure sums up."""
    rows = Record.objects.confirmed().filter(activity=figure.activity, happened_on__lte=figure.on)
    return rows.order_by()
