"""Which member of staff may read and write what of the tree.

The rules, by role (see gwonseon/office/roles.py):

- 기획 (`plans.change_plan`) writes and approves everything.
- 축 총괄 (`<pillar>.change_<level>`, the permissions of the pillar's proxies) does so below one
  pillar.
- 부서 담당자 (`plans.edit_department`) writes what the own department owns, and adds initiatives
  and activities for it.
- 부서장 (`plans.approve_department`) approves what the own department owns.
- 열람 (`plans.view_draft`, which the others have, too) reads drafts. To everybody else a draft
  does not exist.

Nobody approves what they asked for themselves; the actions and the database hold that.
"""

from typing import Protocol

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tree.models import Activity, Goal, Initiative, Node, Pillar, Plan
from plans.tree.querysets import NodeQuerySet, PlanQuerySet

LEVELS: dict[str, type[Node]] = {
    "pillar": Pillar,
    "goal": Goal,
    "initiative": Initiative,
    "activity": Activity,
}


class Approver(Protocol):
    """What approving asks of somebody: a User, or who is known by their permissions."""

    pk: int
    department_id: int | None

    def has_perm(self, perm: str) -> bool:
        """Return whether they have a permission."""


def plans_for(user: User) -> PlanQuerySet:
    """Return the plans that the user may read, the newest first."""
    plans = Plan.objects.order_by("-year")
    return plans if user.has_perm("plans.view_draft") else plans.published()


def plan_for(user: User, year: int) -> Plan:
    """Return a year's plan, or answer 404 where it is not there for this user (1 query)."""
    plan = plans_for(user).select_related("district").filter(year=year).first()
    if plan is None:
        raise Http404(_("그런 계획이 없습니다."))
    return plan


def node_for(user: User, year: int, level: str, key: int) -> Node:
    """Return a node with everything above it, or answer 404 (2 queries)."""
    plan = plan_for(user, year)
    if level not in LEVELS:
        raise Http404(_("그런 항목이 없습니다."))
    node = with_all_above(LEVELS[level]).filter(plan=plan, pk=key).first()
    if node is None:
        raise Http404(_("그런 항목이 없습니다."))
    node.plan = plan
    return node


def with_all_above(model: type[Node]) -> NodeQuerySet:
    """Return a level's nodes with what is above them, and with who answers for them."""
    related = [model.PILLAR_PATH] if model.PILLAR_PATH else []
    if model in {Initiative, Activity}:
        related += ["department", "person"]
    return model.objects.select_related(*related)


def pillar_of(node: Node) -> Pillar:
    """Return the pillar that a node is below, or is."""
    for name in filter(None, node.PILLAR_PATH.split("__")):
        node = getattr(node, name)
    return node


def owner_of(node: Node) -> int | None:
    """Return the key of the department that owns a node: an activity's may be its initiative's."""
    if isinstance(node, Activity):
        return node.department_id or node.initiative.department_id
    return node.department_id if isinstance(node, Initiative) else None


def owned_by(department: int | None, above: str = "") -> Q:
    """Return the condition that an activity is a department's own, as `owner_of` says.

    `above` is the way to the activity, as in "record__activity__".
    """
    if department is None:
        return Q(pk__in=[])
    return Q(**{f"{above}department": department}) | Q(
        **{f"{above}department": None, f"{above}initiative__department": department}
    )


def leads(user: Approver, node: Node, verb: str = "change", level: str = "") -> bool:
    """Return whether the user writes the whole plan, or everything below the node's pillar."""
    if user.has_perm("plans.change_plan"):
        return True
    level = level or node._meta.model_name
    code = pillar_of(node).code
    return bool(code) and level != "pillar" and user.has_perm(f"{code}.{verb}_{level}")


def may_edit(user: User, node: Node) -> bool:
    """Return whether the user may change a node, or ask for a change of it."""
    return leads(user, node) or (
        user.has_perm("plans.edit_department") and owns(user, owner_of(node))
    )


def may_add(user: User, level: str, parent: Node | None) -> bool:
    """Return whether the user may add a node of a level below a parent (None: the plan).

    A department adds initiatives anywhere, and activities below its own initiatives.
    """
    if parent is None:
        return user.has_perm("plans.change_plan")
    if leads(user, parent, "add", level):
        return True
    if not user.has_perm("plans.edit_department") or user.department_id is None:
        return False
    return level == "initiative" or (level == "activity" and owns(user, owner_of(parent)))


def may_approve(user: Approver, node: Node) -> bool:
    """Return whether the user may approve what somebody else wrote of a node."""
    return leads(user, node) or (
        user.has_perm("plans.approve_department") and owns(user, owner_of(node))
    )


def may_arrange(user: User, node: Node) -> bool:
    """Return whether the user may move a node, or change its place among its siblings."""
    return leads(user, node)


def owns(user: Approver, department: int | None) -> bool:
    """Return whether it is the user's own department."""
    return department is not None and department == user.department_id
