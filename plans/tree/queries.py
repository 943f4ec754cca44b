"""Read several levels of the tree."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists

from gwonseon.joined import JoinedModel, joined_rows
from gwonseon.office.models import Department
from plans.tree.models import Activity, Goal, Initiative, Node, Pillar, Plan
from plans.tree.querysets import PlanQuerySet


@dataclass
class Tree:
    """A plan's nodes: lists of each level in the plan's order, and the children of each node."""

    plan: Plan
    pillars: list[Pillar]
    goals: list[Goal]
    initiatives: list[Initiative]
    activities: list[Activity]

    @cached_property
    def _children(self) -> dict[tuple[str, int], list[Node]]:
        children = defaultdict(list)
        for node in [*self.goals, *self.initiatives, *self.activities]:
            children[node.PARENT, node.parent_id].append(node)
        return children

    def level(self, model: type[Node]) -> list[Node]:
        """Return the nodes of one level."""
        return {
            Pillar: self.pillars,
            Goal: self.goals,
            Initiative: self.initiatives,
            Activity: self.activities,
        }[model]

    def goals_of(self, pillar: Pillar) -> list[Goal]:
        """Return the pillar's goals."""
        return self._children["pillar", pillar.pk]

    def initiatives_of(self, goal: Goal) -> list[Initiative]:
        """Return the goal's initiatives."""
        return self._children["goal", goal.pk]

    def activities_of(self, initiative: Initiative) -> list[Activity]:
        """Return the initiative's activities."""
        return self._children["initiative", initiative.pk]


def read_tree(plan: Plan, *, in_force: bool = True) -> Tree:
    """Read a plan's whole tree, each node with its plan and its parent (4 queries).

    With `in_force`, leaves out retired nodes and everything below them.
    """
    tree = Tree(plan, [], [], [], [])
    above: dict[int | None, Node | None] = {None: None}
    for model in (Pillar, Goal, Initiative, Activity):
        level = tree.level(model)
        rows = model.objects.filter(plan=plan).in_plan_order()
        for node in rows.in_force() if in_force else rows:
            if node.parent_id not in above:
                continue
            node.plan = plan
            if node.PARENT:
                setattr(node, node.PARENT, above[node.parent_id])
            level.append(node)
        above = {node.pk: node for node in level}
    return tree


PATHS: dict[type[Node], str] = {
    Pillar: "",
    Goal: "goals",
    Initiative: "goals__initiatives",
    Activity: "goals__initiatives__activities",
}
# The look-up from a pillar to an activity, for conditions of `read_tree_at_once`.
TO_ACTIVITY = PATHS[Activity]
OF_DEPARTMENT = ("name", "position")


def read_tree_at_once(plan: Plan, **marks: Exists) -> Tree:
    """Read a plan's whole tree, also what is retired, with its departments (1 query).

    For pages that read much besides; it repeats the nodes above in each activity's row. `marks` are
    conditions of activities, which become attributes of the activities.
    """
    tree = Tree(plan, [], [], [], [])
    nodes = [JoinedModel(model, path) for model, path in PATHS.items()]
    owned = (Initiative, Activity)
    owners = [JoinedModel(Department, f"{PATHS[one]}__department", OF_DEPARTMENT) for one in owned]
    order = [f"{path}__position" if path else "position" for path in PATHS.values()]
    rows = Pillar.objects.filter(plan=plan).annotate(**marks).order_by(*order)
    seen: set[Node] = set()
    for values, (*found, of_initiative, of_activity) in joined_rows(
        rows, [*nodes, *owners], *marks
    ):
        above = None
        for node in filter(None, found):
            if node not in seen:
                seen.add(node)
                node.plan = plan
                if node.PARENT:
                    setattr(node, node.PARENT, above)
                tree.level(type(node)).append(node)
            above = node
        _pillar, _goal, initiative, activity = found
        if initiative:
            initiative.department = of_initiative
        if activity:
            activity.department = of_activity
            for name in marks:
                setattr(activity, name, values[name])
    return tree


def in_other_years(node: Node, plans: PlanQuerySet) -> list[Node]:
    """Return the same item's nodes in the other plans of `plans`, by year (1 query)."""
    rows = type(node).objects.filter(lineage=node.lineage, plan__in=plans.order_by())
    return list(rows.exclude(plan=node.plan_id).select_related("plan").order_by("plan__year"))
