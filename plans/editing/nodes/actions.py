"""Actions that write nodes. In a draft, every change is saved at once. In a published plan, changes
of promised columns are noted in the user's amendment; other columns are saved at once.

Every function locks the plan first, then the node, and raises RefusedError with a sentence.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.amendments.additions import content_of, node_of
from plans.amendments.models import Amendment, Change
from plans.amendments.promised_fields import PROMISES
from plans.amendments.propose import (
    open_amendment,
    propose,
    propose_addition,
    propose_move,
    propose_retirement,
)
from plans.ledger.fixed_kinds import hold_kind
from plans.tree.access import LEVELS, leads, may_add, may_arrange, may_edit, with_all_above
from plans.tree.measures import MEASURE, hold_measures
from plans.tree.models import TARGETS, Activity, Node, Plan
from plans.tree.slugs import Slugs
from plans.tree.writing import LINKS, Places, end, insert, link, lock_plan, set_target, update

log = logging.getLogger(__name__)

SAME_TITLE = "같은 자리에 같은 제목의 항목이 있습니다. 제목을 달리 적어 주세요."
SENTENCES = {
    "title_once": SAME_TITLE,
    "code_once": "다른 축이 이미 맡은 분야입니다. 다른 분야를 고르세요.",
}


class OutdatedNodeError(RefusedError):
    """Somebody else saved the node after the form was opened; `node` has the saved values."""

    def __init__(self, node: Node) -> None:
        super().__init__(
            "이 항목을 여는 동안 다른 사람이 먼저 저장했습니다. 두 내용을 견주어 보고 저장하세요."
        )
        self.node = node


@dataclass
class Saved:
    """The result of a save: the columns saved at once, and the amendment with the others."""

    node: Node | None
    changed: list[str] = field(default_factory=list)
    amendment: Amendment | None = None


def lock_node(node: Node, version: int | None = None) -> Node:
    """Lock the node's plan, then the node (2 queries).

    Raises OutdatedNodeError where the node is not in the version that the user saw.
    """
    plan = lock_plan(node.plan_id)
    rows = with_all_above(type(node)).select_for_update(of=("self",), no_key=True)
    node = rows.get(pk=node.pk)
    node.plan = plan
    if version is not None and node.version != version:
        raise OutdatedNodeError(node)
    return node


@transaction.atomic
def save_node(*, node: Node, values: Mapping[str, Any], version: int, by: User) -> Saved:
    """Save a node's values, given by column name (links by field name).

    The number of queries does not grow with the plan.
    """
    node = lock_node(node, version)
    if not may_edit(by, node):
        raise RefusedError(
            "이 항목을 고칠 권한이 없습니다. 담당부서나 기획 담당자에게 알려 주세요."
        )
    if any(name in values and getattr(node, name) != values[name] for name in MEASURE):
        hold_measures({node.pk})
    if "record_kind" in values and node.record_kind != values["record_kind"]:
        hold_kind(node)
    saved = Saved(node)
    direct = dict(values)
    if node.plan.is_published:
        promised = {name: direct.pop(name) for name in PROMISES[type(node)] if name in direct}
        if any(getattr(node, name) != value for name, value in promised.items()):
            saved.amendment = open_amendment(plan=node.plan, by=by)
            propose(amendment=saved.amendment, node=node, values=promised, by=by)
    saved.changed = write_directly(node, direct, by)
    return saved


def write_directly(node: Node, values: Mapping[str, Any], by: User) -> list[str]:
    """Save the values that differ, raise the node's version, and return the changed names."""
    links = {name: values[name] for name in LINKS if name in values}
    changed = [
        name for name, value in values.items() if name not in links and getattr(node, name) != value
    ]
    for name in changed:
        setattr(node, name, values[name])
    columns = [*changed]
    changed += [name for name, rows in links.items() if link(node, name, rows)]
    if not changed:
        return []
    if set(TARGETS) & set(changed):
        columns += set_target(node, by=by.pk)
    with refusing(SENTENCES):
        update(type(node), [node], columns)
    log.info("%s %s changed by %s", node._meta.model_name, node.pk, by.pk)
    return changed


@transaction.atomic
def add_node(
    *, plan: Plan, level: str, parent: Node | None, values: Mapping[str, Any], by: User
) -> Saved:
    """Add a node after its siblings; in a published plan, note it in the user's amendment."""
    plan = lock_plan(plan.pk)
    parent = parent and lock_node(parent)
    check_addition(level, parent, values, by)
    content = content_of(level, values)
    if plan.is_published:
        refuse_same_title(level, plan, parent, content["title"])
        amendment = open_amendment(plan=plan, by=by)
        lineage = parent and parent.lineage
        propose_addition(amendment=amendment, level=level, parent=lineage, content=content, by=by)
        return Saved(None, amendment=amendment)
    node = node_of(level, content)
    node.plan = plan
    if parent is not None:
        setattr(node, node.PARENT, parent)
    Places(plan, type(node)).take(node)
    node.slug = Slugs.of(plan, type(node)).take(node)
    if isinstance(node, Activity):
        set_target(node, by=by.pk)
    with refusing(SENTENCES):
        insert(type(node), [node])
    for name in LINKS if isinstance(node, Activity) else ():
        link(node, name, values.get(name, []))
    log.info("%s %s added by %s", level, node.pk, by.pk)
    return Saved(node, [Change.ADDITION])


def check_addition(level: str, parent: Node | None, values: Mapping[str, Any], by: User) -> None:
    """Raise RefusedError where the user may not add such a node there."""
    if parent is not None and parent.retired_on:
        raise RefusedError("끝난 항목 아래에는 추가할 수 없습니다. 다른 자리를 고르세요.")
    if not may_add(by, level, parent):
        raise RefusedError("여기에 추가할 권한이 없습니다. 기획 담당자에게 알려 주세요.")
    others = level == "initiative" and values.get("department_id") != by.department_id
    if others and not leads(by, parent, "add", level):
        raise RefusedError("새 추진과제의 담당부서는 소속 부서로 정해 주세요.")


def refuse_same_title(level: str, plan: Plan, parent: Node | None, title: str) -> None:
    """Raise RefusedError where a sibling in force has the new node's title (1 query)."""
    model = LEVELS[level]
    place = {f"{model.PARENT}__lineage": parent.lineage} if parent else {}
    if model.objects.in_force().filter(plan=plan, title=title, **place).exists():
        raise RefusedError(SAME_TITLE)


def siblings(node: Node) -> Any:
    """Return a node and its siblings in their order, also the retired ones."""
    above = {f"{node.PARENT}_id": node.parent_id} if node.PARENT else {}
    return type(node).objects.filter(plan=node.plan, **above).order_by("position")


@transaction.atomic
def shift_node(*, node: Node, up: bool, by: User) -> bool:
    """Swap places with the sibling in force before or after, if there is one (5 queries).

    The order of siblings is no promise, so it changes at once in a published plan, too.
    """
    node = lock_node(node)
    if not may_arrange(by, node):
        raise RefusedError("순서를 바꿀 권한이 없습니다. 축 총괄이나 기획 담당자에게 알려 주세요.")
    around = siblings(node).in_force()
    if up:
        other = around.filter(position__lt=node.position).last()
    else:
        other = around.filter(position__gt=node.position).first()
    if other is None:
        return False
    node.position, other.position = other.position, node.position
    update(type(node), [node, other], ["position"])
    return True


@transaction.atomic
def move_node(*, node: Node, parent: Node, version: int, by: User) -> Saved:
    """Move a node below another parent of the same plan, after its new siblings."""
    node = lock_node(node, version)
    if parent.plan_id != node.plan_id or parent._meta.model_name != node.PARENT:
        raise RefusedError("그 자리로는 옮길 수 없습니다. 목록에 있는 자리를 고르세요.")
    parent = lock_node(parent)
    if not (may_arrange(by, node) and may_arrange(by, parent)):
        raise RefusedError("옮길 권한이 없습니다. 축 총괄이나 기획 담당자에게 알려 주세요.")
    if parent.retired_on:
        raise RefusedError("끝난 항목 아래로는 옮길 수 없습니다. 다른 자리를 고르세요.")
    if parent.pk == node.parent_id:
        return Saved(node)
    if node.plan.is_published:
        amendment = open_amendment(plan=node.plan, by=by)
        propose_move(amendment=amendment, node=node, parent=parent, by=by)
        return Saved(node, amendment=amendment)
    setattr(node, node.PARENT, parent)
    Places(node.plan, type(node)).take(node)
    with refusing(SENTENCES):
        update(type(node), [node], [node.PARENT, "position"])
    return Saved(node, [node.PARENT])


@transaction.atomic
def retire_node(*, node: Node, version: int, by: User) -> Saved:
    """End a node and everything below it; nothing is deleted.

    In a draft it ends today; in a published plan on the 시행일 of the amendment that notes it.
    """
    node = lock_node(node, version)
    if not may_edit(by, node):
        raise RefusedError("이 항목을 끝낼 권한이 없습니다. 기획 담당자에게 알려 주세요.")
    if node.retired_on:
        raise RefusedError("이미 끝난 항목입니다.")
    nodes = [node, *below(node)]
    refuse_not_permitted(nodes, by)
    if node.plan.is_published:
        amendment = open_amendment(plan=node.plan, by=by)
        propose_retirement(amendment=amendment, nodes=nodes, by=by)
        return Saved(node, amendment=amendment)
    end(nodes, timezone.localdate())
    log.info("%s %s retired by %s", node._meta.model_name, node.pk, by.pk)
    return Saved(node, ["retired_on"])


@transaction.atomic
def restore_node(*, node: Node, version: int, by: User) -> Saved:
    """Undo the end of a draft's node, and of the nodes that ended with it on the same day."""
    node = lock_node(node, version)
    if not may_edit(by, node):
        raise RefusedError("이 항목을 되살릴 권한이 없습니다. 기획 담당자에게 알려 주세요.")
    if node.plan.is_published:
        raise RefusedError("공개된 계획에서 끝난 항목은 새로 추가해 주세요.")
    if not node.retired_on:
        raise RefusedError("끝나지 않은 항목입니다. 화면을 다시 열어 확인하세요.")
    if node.PARENT and getattr(node, node.PARENT).retired_on:
        raise RefusedError("윗단계가 끝난 항목입니다. 윗단계를 먼저 되살리세요.")
    ended_on = node.retired_on
    nodes = [node, *(one for one in below(node, in_force=False) if one.retired_on == ended_on)]
    refuse_not_permitted(nodes, by)
    with refusing(SENTENCES):
        end(nodes, None)
    return Saved(node, ["retired_on"])


def refuse_not_permitted(nodes: list[Node], by: User) -> None:
    """Raise RefusedError where the user may not edit one of the nodes."""
    if others := [one for one in nodes if not may_edit(by, one)]:
        raise RefusedError(
            f"아래에 다른 부서가 맡은 「{others[0].shown_title}」이(가) 있습니다. "
            "축 총괄이나 기획 담당자에게 알려 주세요."
        )


def below(node: Node, *, in_force: bool = True) -> list[Node]:
    """Return the nodes below a node, level by level (1 query for each level)."""
    found: list[Node] = []
    above = [node.pk]
    levels = list(LEVELS.values())
    for model in levels[levels.index(type(node)) + 1 :]:
        rows = with_all_above(model).filter(**{f"{model.PARENT}__in": above})
        rows = list(rows.in_force() if in_force else rows)
        above = [one.pk for one in rows]
        found += rows
    return found
