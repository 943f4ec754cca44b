"""Factories for amendments of published plans, written by the real actions."""

from datetime import date
from typing import Any

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.amendments.additions import content_of
from plans.amendments.decide import apply_amendment
from plans.amendments.models import Amendment
from plans.amendments.propose import (
    open_amendment,
    propose,
    propose_addition,
    propose_move,
    propose_retirement,
    request_approval,
)
from plans.tree.access import LEVELS
from plans.tree.models import Node
from tests.factories.office import staff


def planners() -> tuple[User, User]:
    """Return two users of 기획: an author and an approver."""
    return staff(PLANNER), staff(PLANNER)


def requested(node: Node, by: User, **values: Any) -> Amendment:
    """Return a requested amendment of one node's promised columns.

    `parent` moves the node, `retired_on` ends it; `on` is the 시행일.
    """
    node = type(node).objects.get(pk=node.pk)
    on = values.pop("on", None)
    amendment = open_amendment(plan=node.plan, by=by)
    if parent := values.pop("parent", None):
        propose_move(amendment=amendment, node=node, parent=parent, by=by)
    if ended_on := values.pop("retired_on", None):
        on = on or ended_on
        propose_retirement(amendment=amendment, nodes=[node], by=by)
    propose(amendment=amendment, node=node, values=values, by=by)
    ask(amendment, by, on)
    amendment.refresh_from_db()
    return amendment


def amend(node: Node, **values: Any) -> Amendment:
    """Change promised columns of a published plan's node, and return the amendment.

    The values are those of `requested`.
    """
    author, approver = planners()
    amendment = requested(node, author, **values)
    apply_amendment(amendment=amendment, by=approver)
    amendment.refresh_from_db()
    node.refresh_from_db()
    return amendment


def added(parent: Node, level: str, title: str, on: date | None = None, **values: Any) -> Node:
    """Add a node to a published plan by an amendment, and return it; `on` is the 시행일."""
    author, approver = planners()
    amendment = open_amendment(plan=parent.plan, by=author)
    content = content_of(level, {"title": title, **values})
    change = propose_addition(
        amendment=amendment, level=level, parent=parent.lineage, content=content, by=author
    )
    ask(amendment, author, on)
    apply_amendment(amendment=amendment, by=approver)
    return LEVELS[level].objects.get(plan=parent.plan, lineage=change.lineage)


def ask(amendment: Amendment, by: User, on: date | None = None) -> None:
    """Request the approval of an amendment with a stated 시행일."""
    request_approval(
        amendment=amendment,
        reason="예시 사유",
        ground="예시 방침 제1호",
        effective_on=on,
        effective_reason="예시 소급 사유" if on else "",
        by=by,
    )
