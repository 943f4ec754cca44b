"""The only module that writes the tree: nodes, their positions, links and targets.

Callers must lock the plan first, check the user's rights, and check whether an amendment is needed.
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

# An activity's many-to-many links, by form field: the link's model and its column.
LINKS: dict[str, tuple[type[Model], str]] = {
    "supporters": (ActivitySupporter, "department_id"),
    "dongs": (ActivityDong, "dong_id"),
}

# The constraint that gives a year one plan.
YEAR_ONCE = "plans_plan_year_key"

log = logging.getLogger(__name__)


def lock_plan(key: int) -> Plan:
    """Lock a plan's row, so that only one transaction at a time writes the plan (1 query)."""
    return Plan.objects.select_for_update(no_key=True).get(pk=key)


def taken_year(year: int) -> dict[str, str]:
    """Return the error sentence for a year that has a plan, by constraint name (for `refusing`)."""
    return {YEAR_ONCE: f"{year}년 계획이 이미 있습니다. 다른 연도를 적으세요."}


@transaction.atomic
def publish_plan(*, plan: Plan, by: User | None) -> None:
    """Publish a draft plan, so that residents can read it. A published plan stays as it is.

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
    """The last position below each parent of one level, with retired nodes (1 query)."""

    def __init__(self, plan: Plan, model: type[Node]) -> None:
        above = f"{model.PARENT}_id" if model.PARENT else "plan_id"
        rows = model.objects.filter(plan=plan).order_by().values_list(above)
        self.last: dict[int, int] = defaultdict(int, rows.annotate(last=Max("position")))

    def take(self, node: Node) -> None:
        """Set a node's position after all others of its parent."""
        above = node.parent_id if node.PARENT else node.plan_id
        self.last[above] += 1
        node.position = self.last[above]


def insert(model: type[Node], nodes: Sequence[Node]) -> None:
    """Write new nodes of one level (1 query, and 1 more if nodes have no keys yet)."""
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
    """Write columns of changed nodes of one level and raise their versions (1 query)."""
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
    """Set the day on which nodes end, or remove it with None (1 query for each level)."""
    for node in nodes:
        node.retired_on = on
    for model in LEVELS.values():
        update(model, [node for node in nodes if type(node) is model], ["retired_on"])


def set_target(node: Activity, *, by: int | None) -> tuple[str, ...]:
    """Record on an activity that `by` set its target today; return the changed columns.

    Does not save. Without a target, clears these columns.
    """
    has_target = node.target is not None
    node.target_origin = TargetOrigin.STAFF if has_target else ""
    node.target_set_on = timezone.localdate() if has_target else None
    node.target_set_by_id = by if has_target else None
    return "target_origin", "target_set_on", "target_set_by_id"


def link(activity: Activity, name: str, rows: Iterable[Model]) -> bool:
    """Replace an activity's links by the given rows (1 to 3 queries); return if any changed."""
    model, column = LINKS[name]
    wanted = {row.pk for row in rows}
    there = set(model.objects.filter(activity=activity).values_list(column, flat=True))
    if wanted == there:
        return False
    model.objects.filter(activity=activity, **{f"{column}__in": there - wanted}).delete()
    add_links(name, {activity.pk: wanted - there})
    return True


def add_links(name: str, keys: Mapping[int, Iterable[int]]) -> None:
    """Write links of new activities: keys of the linked rows by activity key (1 query)."""
    model, column = LINKS[name]
    pairs = [(activity, key) for activity, own in keys.items() for key in own]
    model.objects.bulk_create(model(activity_id=one, **{column: key}) for one, key in pairs)
