"""The one writer of the tree: nodes, their places, links and targets, whoever asks for a change.

Callers lock the plan first, and decide who may write and whether it takes an amendment.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.tree.access import LEVELS
from plans.tree.choices import TargetOrigin
from plans.tree.models import Activity, ActivityDong, ActivitySupporter, Node, Plan
from plans.tree.postgres_copy import copy_in, reserved_keys

# An activity's links by their form field's name: the rows they are kept in, and their column.
LINKS: dict[str, tuple[type[Model], str]] = {
    "supporters": (ActivitySupporter, "department_id"),
    "dongs": (ActivityDong, "dong_id"),
}

# The constraint that gives a year one plan.
YEAR_ONCE = "plans_plan_year_key"

log = logging.getLogger(__name__)


def lock_plan(key: int) -> Plan:
    """Lock a plan's row: whoever writes anything of a plan waits for its turn here (1 query)."""
    return Plan.objects.select_for_update(no_key=True).get(pk=key)


def taken_year(year: int) -> dict[str, str]:
    """Return what is said of a year that has a plan already, by the constraint for it."""
    return {YEAR_ONCE: f"{year}년 계획이 이미 있습니다. 다른 연도를 적으세요."}


@transaction.atomic
def publish_plan(*, plan: Plan, by: User | None) -> None:
    """Let residents read a draft plan. A published one stays as it is.

    Raises RefusedError for a plan without a single activity.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.is_published:
        return
    if not Activity.objects.filter(plan=plan).in_force().exists():
        raise RefusedError("활동이 하나도 없는 계획은 공개할 수 없습니다. 먼저 활동을 추가하세요.")
    plan.status = Plan.Status.PUBLISHED
    plan.published_at = timezone.now()
    plan.published_by = by
    plan.save(update_fields=["status", "published_at", "published_by", "updated_at"])
    log.info("plan %s published by %s", plan.year, by and by.pk)


class Places:
    """The last place taken below each parent of one level, ended nodes counted (1 query)."""

    def __init__(self, plan: Plan, model: type[Node]) -> None:
        above = f"{model.PARENT}_id" if model.PARENT else "plan_id"
        rows = model.objects.filter(plan=plan).order_by().values_list(above)
        self.last: dict[int, int] = defaultdict(int, rows.annotate(last=Max("position")))

    def take(self, node: Node) -> None:
        """Put a node behind all others below its parent."""
        above = node.parent_id if node.PARENT else node.plan_id
        self.last[above] += 1
        node.position = self.last[above]


def insert(model: type[Node], nodes: Sequence[Node]) -> None:
    """Write new nodes of one level (1 query, and 1 where they have no keys yet)."""
    unnamed = [node for node in nodes if node.pk is None]
    keys = reserved_keys(model, len(unnamed)) if unnamed else iter(())
    for node in unnamed:
        node.pk = next(keys)
    now = timezone.now()
    for node in nodes:
        node.updated_at = now
    copy_in(model, nodes)
    for node in nodes:
        node._state.adding = False


def update(model: type[Node], nodes: Collection[Node], columns: Iterable[str]) -> None:
    """Write columns of changed nodes of one level, each as its next version (1 query)."""
    if not nodes:
        return
    now = timezone.now()
    for node in nodes:
        node.version += 1
        node.updated_at = now
    names = {field.attname: field.name for field in model._meta.concrete_fields}
    fields = {names.get(column, column) for column in columns} | {"version", "updated_at"}
    model.objects.bulk_update(nodes, sorted(fields))


def end(nodes: Sequence[Node], on: date | None) -> None:
    """Write the day on which nodes end, or take it back (1 query a level)."""
    for node in nodes:
        node.retired_on = on
    for model in LEVELS.values():
        update(model, [node for node in nodes if type(node) is model], ["retired_on"])


def set_target(node: Activity, *, by: int | None) -> tuple[str, ...]:
    """Write beside a target that staff set it, who and today; return the columns that says so."""
    has_target = node.target is not None
    node.target_origin = TargetOrigin.STAFF if has_target else ""
    node.target_set_on = timezone.localdate() if has_target else None
    node.target_set_by_id = by if has_target else None
    return "target_origin", "target_set_on", "target_set_by_id"


def link(activity: Activity, name: str, rows: Iterable[Model]) -> bool:
    """Make an activity's links the given rows, and return whether that changed any.

    1 to 3 queries.
    """
    model, column = LINKS[name]
    wanted = {row.pk for row in rows}
    there = set(model.objects.filter(activity=activity).values_list(column, flat=True))
    if wanted == there:
        return False
    model.objects.filter(activity=activity, **{f"{column}__in": there - wanted}).delete()
    add_links(name, {activity.pk: wanted - there})
    return True


def add_links(name: str, keys: Mapping[int, Iterable[int]]) -> None:
    """Write links of new activities, by the activities' keys (1 query)."""
    model, column = LINKS[name]
    pairs = [(activity, key) for activity, own in keys.items() for key in own]
    model.objects.bulk_create(model(activity_id=one, **{column: key}) for one, key in pairs)
