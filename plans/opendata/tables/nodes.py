"""The nodes of all published plans, as rows of tables need them."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from gwonseon.office.models import Department
from plans.amendments.models import Amendment, Change
from plans.tree.access import LEVELS
from plans.tree.models import Activity, Node, Plan

# What residents read of no node, or what is long and not needed.
UNREAD = ("search_text", "source_note", "source_lead", "source_text")


def public_nodes() -> Iterator[Node]:
    """Yield the nodes of all published plans, by level and in the plan's order (5 queries).

    Each has its plan and the node above it. An ended node is one of them if an amendment ended it;
    one that ended in the draft was never part of the plan, nor what is below it.
    """
    plans = {one.pk: one for one in Plan.objects.published().defer("frame")}
    above: dict[int | None, Node | None] = {None: None}
    for model in LEVELS.values():
        rows = model.objects.filter(never_left(), plan__in=plans).defer(*UNREAD)
        found: dict[int | None, Node | None] = {}
        for node in rows.order_by("plan__year", *model.PLAN_ORDER, "pk"):
            if node.parent_id not in above:
                continue
            node.plan = plans[node.plan_id]
            if node.PARENT:
                setattr(node, node.PARENT, above[node.parent_id])
            found[node.pk] = node
            yield node
        above = found


def never_left() -> Q:
    """Return the condition for nodes that were not retired while the plan was a draft."""
    ended = Change.objects.filter(
        amendment__plan=OuterRef("plan"),
        amendment__state=Amendment.State.APPLIED,
        lineage=OuterRef("lineage"),
        field=Change.RETIREMENT,
    )
    return Q(retired_on=None) | Q(Exists(ended))


def public_activities() -> list[Activity]:
    """Return the activities of all published plans (5 queries)."""
    return [one for one in public_nodes() if isinstance(one, Activity)]


def department_names() -> dict[int | None, str]:
    """Return the names of all departments by key, "" for None (1 query)."""
    return {None: "", **dict(Department.objects.values_list("pk", "name"))}
