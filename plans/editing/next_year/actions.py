"""Action for 내년 계획 만들기: copy a plan to another year as a draft.

Each new item has the same lineage as its predecessor. Targets are not copied: pages read last
year's targets from the predecessor, to compare.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied

from gwonseon.constraints import refusing
from gwonseon.office.models import Department, User
from plans.tree.models import (
    Activity,
    Goal,
    Initiative,
    Node,
    Pillar,
    Plan,
)
from plans.tree.postgres_copy import reserved_keys
from plans.tree.queries import read_tree
from plans.tree.writing import LINKS, add_links, insert, taken_year

# Columns that are always copied.
LASTING = ("lineage", "slug", "weight")
# Columns that are copied only where the user chose so.
FACTS: dict[str, tuple[str, ...]] = {
    "owners": ("department_id", "person_id", "phone"),
    "text": ("text",),
    "measure": ("kind", "record_kind", "measure", "counted", "unit"),
    "budget": ("budget",),
    "audience": ("audiences",),
}

log = logging.getLogger(__name__)


def copy_plan(
    *, plan: Plan, year: int, initiatives: Collection[int], facts: Collection[str], by: User
) -> Plan:
    """Create a draft for a year from the chosen items in force of a plan, and return it.

    Pillars and goals are copied where something below them is. The number of queries does not
    grow with the plan. Raises RefusedError where the year has a plan.
    """
    if not by.has_perm("plans.change_plan"):
        raise PermissionDenied
    with refusing(taken_year(year)):
        copied = write_copy(plan, year, set(initiatives), set(facts))
    log.info("plan %s copied to %s by %s", plan.year, year, by.pk)
    return copied


def write_copy(plan: Plan, year: int, initiatives: set[int], facts: set[str]) -> Plan:
    """Write the new plan's rows, level by level."""
    tree = read_tree(plan)
    chosen = [one for one in tree.initiatives if one.pk in initiatives]
    goals = {one.goal_id for one in chosen}
    pillars = {one.goal.pillar_id for one in chosen}
    rows: dict[type[Node], list[Node]] = {
        Pillar: [one for one in tree.pillars if one.pk in pillars],
        Goal: [one for one in tree.goals if one.pk in goals],
        Initiative: chosen,
        Activity: [one for one in tree.activities if one.initiative_id in initiatives],
    }
    copied = Plan.objects.create(district=plan.district, year=year, vision=plan.vision)
    names = {name for fact in facts for name in FACTS[fact]}
    keys: dict[type[Node], dict[int, int]] = {}
    parents: dict[int, int] = {}
    for model, nodes in rows.items():
        new = list(copies(model, nodes, copied, names, parents))
        insert(model, new)
        parents = {old.pk: one.pk for old, one in zip(nodes, new, strict=True)}
        keys[model] = parents
    if "audience" in facts:
        copy_links(keys[Activity])
    return copied


def copies(
    model: type[Node],
    nodes: list[Node],
    plan: Plan,
    names: set[str],
    parents: dict[int, int],
) -> Iterable[Node]:
    """Yield unsaved copies of one level's nodes, without people who left (3 queries at most)."""
    columns = {field.attname for field in model._meta.local_concrete_fields}
    kept = [*LASTING, *(("code",) if model is Pillar else ()), *sorted(names & columns)]
    gone = inactive_keys() if "person_id" in kept else {}
    seats = reserved_keys(model, len(nodes))
    for place, node in enumerate(nodes, start=1):
        new = model(pk=next(seats), plan_id=plan.pk, position=place, title=node.shown_title)
        for name in kept:
            value = getattr(node, name)
            setattr(new, name, None if value in gone.get(name, ()) else value)
        if model.PARENT:
            setattr(new, f"{model.PARENT}_id", parents[node.parent_id])
        yield new


def inactive_keys() -> dict[str, set[int]]:
    """Return the keys of inactive people and closed departments, by column name (2 queries)."""
    return {
        "person_id": set(User.objects.filter(is_active=False).values_list("pk", flat=True)),
        "department_id": set(
            Department.objects.exclude(closed_on=None).values_list("pk", flat=True)
        ),
    }


def copy_links(keys: dict[int, int]) -> None:
    """Create the new activities' links to supporters and dong (4 queries)."""
    for name, (model, column) in LINKS.items():
        rows = model.objects.filter(activity__in=keys, **{open_only(column): None})
        links = defaultdict(list)
        for row in rows.order_by():
            links[keys[row.activity_id]].append(getattr(row, column))
        add_links(name, links)


def open_only(column: str) -> str:
    """Return the lookup of the closing day of a department or dong, which is None while open."""
    return f"{column.removesuffix('_id')}__closed_on"
