"""Changes of published plans, made as the office makes them."""

from typing import Any

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.amendments.deciding import apply_amendment
from plans.amendments.models import Amendment
from plans.amendments.writing import (
    open_amendment,
    propose,
    propose_move,
    propose_retirement,
    request_approval,
)
from plans.tree.models import Node
from tests.factories.office import staff


def planners() -> tuple[User, User]:
    """Return two people of 기획: one asks, the other approves."""
    return staff(PLANNER), staff(PLANNER)


def requested(node: Node, by: User, **values: Any) -> Amendment:
    """Return an amendment of one node's promises that waits for a decision."""
    node = type(node).objects.get(pk=node.pk)
    amendment = open_amendment(plan=node.plan, by=by)
    if parent := values.pop("parent", None):
        propose_move(amendment=amendment, node=node, parent=parent, by=by)
    if ended_on := values.pop("retired_on", None):
        propose_retirement(amendment=amendment, nodes=[node], on=ended_on, by=by)
    propose(amendment=amendment, node=node, values=values, by=by)
    request_approval(amendment=amendment, reason="예시 사유", ground="예시 방침 제1호", by=by)
    amendment.refresh_from_db()
    return amendment


def amend(node: Node, **values: Any) -> Amendment:
    """Change promises of a published plan's node, and return the amendment.

    `parent` moves the node, `retired_on` ends it.
    """
    author, approver = planners()
    amendment = requested(node, author, **values)
    apply_amendment(amendment=amendment, by=approver)
    amendment.refresh_from_db()
    node.refresh_from_db()
    return amendment
