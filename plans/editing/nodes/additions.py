"""Actions on nodes that an open amendment adds: edit one, or add another below it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gwonseon.office.models import User
from plans.amendments.additions import content_of, node_of
from plans.amendments.models import Amendment, Change
from plans.amendments.propose import lock_open, propose_addition, rewrite_addition
from plans.editing.nodes.actions import check_addition, refuse_same_title
from plans.editing.nodes.listing import BELOW
from plans.tree.access import LEVELS, with_all_above
from plans.tree.models import Node
from plans.tree.writing import LINKS


def addition_of(user: User, year: int, number: int) -> Change | None:
    """Return an addition in an open amendment of the user, or None (1 query)."""
    amendments = Amendment.objects.open_for(user).filter(plan__year=year)
    rows = Change.objects.select_related("amendment__plan")
    return rows.filter(
        pk=number, field=Change.ADDITION, amendment__in=amendments.order_by()
    ).first()


def planned(change: Change) -> Node:
    """Return the unsaved node that an addition would create, with its parent.

    The parent is an existing node or another addition of the same amendment.
    """
    plan = change.amendment.plan
    node = node_of(change.level, change.content)
    node.plan, node.lineage = plan, change.lineage
    if not node.PARENT:
        return node
    lineage = change.content["parent"]
    parent = with_all_above(LEVELS[node.PARENT]).filter(plan=plan, lineage=lineage).first()
    if parent is None:
        above = change.amendment.changes.get(field=Change.ADDITION, lineage=lineage)
        above.amendment = change.amendment
        parent = planned(above)
    setattr(node, node.PARENT, parent)
    return node


def links_of(change: Change) -> dict[str, list[int]]:
    """Return the keys of an added activity's supporters and dong, by field name."""
    return {name: change.content[name] for name in LINKS if name in change.content}


@transaction.atomic
def write_addition(*, change: Change, values: Mapping[str, Any], by: User) -> None:
    """Replace the values of an addition; its parent stays."""
    change.amendment = lock_open(change.amendment, by)
    parent = parent_of(planned(change))
    check_addition(change.level, parent, values, by)
    refuse_same_title(change.level, change.amendment.plan, parent, values["title"])
    rewrite_addition(change=change, content=content_of(change.level, values), by=by)


@transaction.atomic
def add_below(*, change: Change, values: Mapping[str, Any], by: User) -> None:
    """Add another new node to the amendment, below the one that an addition would create."""
    change.amendment = lock_open(change.amendment, by)
    level = BELOW[change.level]
    check_addition(level, planned(change), values, by)
    propose_addition(
        amendment=change.amendment,
        level=level,
        parent=change.lineage,
        content=content_of(level, values),
        by=by,
    )


def parent_of(node: Node) -> Node | None:
    """Return a node's parent, or None for a pillar."""
    return getattr(node, node.PARENT) if node.PARENT else None
