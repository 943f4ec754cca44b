"""Find what was in force in a published plan on a day, from the applied amendments.

Amendments count in the order of their decision; each replaces the values from its 시행일 on. So the
values in a node's row are those in force on the last day of the year.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Q

from plans.amendments.models import Amendment, Change
from plans.amendments.promised_fields import TOGETHER, as_stored, from_stored, parent_lineage
from plans.tree.models import Node, Plan

# The order of decision, in which `Force` takes the changes.
IN_ORDER = ("amendment__decided_at", "amendment", "pk")


class Decided(NamedTuple):
    """One applied change, with the day (시행일) from which it is in force."""

    lineage: str
    field: str
    before: str | None
    after: str | None
    amendment: int
    effective_on: date

    @property
    def turn(self) -> date:
        """The first day on which the change has effect; for an end, the day after the 시행일."""
        days = 1 if self.field == Change.RETIREMENT else 0
        return self.effective_on + timedelta(days=days)


class Force:
    """The values of a plan's nodes on a day. `rows` are in the order of their decision."""

    def __init__(self, rows: Iterable[Decided]) -> None:
        self.rows: dict[str, list[Decided]] = defaultdict(list)
        for row in rows:
            self.rows[row.lineage].append(row)

    def was_there(self, node: Node, on: date) -> bool:
        """Return whether a node was part of the plan on a day; its last day is included.

        A node that was retired in the draft, by no amendment, was never part of it.
        """
        rows = self.rows.get(str(node.lineage), ())
        if any(row.field == Change.ADDITION and row.effective_on > on for row in rows):
            return False
        if node.retired_on is None:
            return True
        return node.retired_on >= on and any(row.field == Change.RETIREMENT for row in rows)

    def value(self, node: Node, name: str, on: date) -> Any:
        """Return the value of a column on a day."""
        columns = together(name)
        rows = [row for row in self.rows.get(str(node.lineage), ()) if row.field in columns]
        if not rows:
            return getattr(node, name)
        now = {column: as_stored(getattr(node, column)) for column in columns}
        return from_stored(type(node), name, held(rows, now, name, on))

    def parent(self, node: Node, on: date) -> str | None:
        """Return the lineage of the parent on a day; the present parent must be read already."""
        now = parent_lineage(node)
        rows = [row for row in self.rows.get(str(node.lineage), ()) if row.field == Change.PARENT]
        return held(rows, {Change.PARENT: now}, Change.PARENT, on) if rows else now

    def turns(self) -> set[date]:
        """Return the days on which any node changes."""
        return {row.turn for rows in self.rows.values() for row in rows}


def together(name: str) -> tuple[str, ...]:
    """Return the columns that form one promise with a column, including itself."""
    return next((group for group in TOGETHER if name in group), (name,))


def held(rows: list[Decided], now: dict[str, str | None], name: str, on: date) -> str | None:
    """Return the value of a column on a day.

    `rows` are the changes of the columns of its promise, `now` those columns' present values.
    """
    said = dict(now)
    for row in reversed(rows):
        said[row.field] = row.before
    found = said[name]
    for (_amendment, effective_on), changes in groupby(
        rows, key=attrgetter("amendment", "effective_on")
    ):
        said |= {row.field: row.after for row in changes}
        if effective_on <= on:
            found = said[name]
    return found


def force_of(plan: Plan, since: date) -> Force:
    """Return the Force that knows a plan's values on `since` and all later days (1 query).

    It reads changes only of nodes that change after `since`, and all ends. Other nodes have their
    values in their rows.
    """
    rows = Change.objects.filter(told_since(plan, since), amendment__plan=plan)
    rows = rows.order_by(*IN_ORDER)
    names = ("lineage", "field", "before", "after", "amendment", "amendment__effective_on")
    return Force(Decided(str(one[0]), *one[1:]) for one in rows.values_list(*names))


def told_since(plan: Plan, since: date) -> Q:
    """Return the condition of the plan's changes that `force_of` reads."""
    applied = Q(amendment__state=Amendment.State.APPLIED)
    later = Change.objects.filter(applied, amendment__plan=plan, amendment__effective_on__gt=since)
    told = Q(lineage__in=later.order_by().values("lineage")) | Q(field=Change.RETIREMENT)
    return applied & told


def decided(change: Change) -> Decided:
    """Return an applied change that was read with its amendment."""
    said = (change.field, change.before, change.after)
    amendment = change.amendment
    return Decided(str(change.lineage), *said, amendment.pk, amendment.effective_on)


def beginnings(plan: Plan, lineages: Any) -> dict[UUID, date]:
    """Return the first day of nodes that amendments added to a plan, by lineage (1 query)."""
    rows = Change.objects.filter(
        amendment__plan=plan,
        amendment__state=Amendment.State.APPLIED,
        field=Change.ADDITION,
        lineage__in=lineages,
    )
    return dict(rows.order_by().values_list("lineage", "amendment__effective_on"))


def last_turn(plan: Plan, changes: Iterable[Change]) -> date:
    """Return the last 시행일 of earlier amendments of the same promises (1 query).

    That is a change of a column of the same promise, or the addition of the node. An amendment with
    an earlier 시행일 would also change what was decided there. Without any, the first day of the
    year.
    """
    about = Q(pk__in=[])
    for change in changes:
        about |= Q(lineage=change.lineage, field__in=[*together(change.field), Change.ADDITION])
    rows = Change.objects.filter(
        about, amendment__plan=plan, amendment__state=Amendment.State.APPLIED
    )
    found = rows.order_by().aggregate(last=Max("amendment__effective_on"))["last"]
    return found or plan.first_day


def beginning_of(node: Node) -> date:
    """Return the first day on which a node is part of its plan (1 query)."""
    return beginnings(node.plan, [node.lineage]).get(node.lineage, node.plan.first_day)
