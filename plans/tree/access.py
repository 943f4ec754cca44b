"""Access rules of the tree: which staff may read and write which nodes.

The rules, by role (see gwonseon/office/roles.py):

- 기획 (`plans.change_plan`) writes and approves everything.
- 축 총괄 (`<pillar>.change_<level>`, the permissions of the pillar's proxies) does so below one
  pillar.
- 부서 담당자 (`plans.edit_department`) writes what their own department owns, and adds initiatives
  and activities for it.
- 부서장 (`plans.approve_department`) approves what their own department owns.
- 열람 (`plans.view_draft`, which the other roles have, too) reads drafts. Everybody else gets 404
  for a draft.

Nobody may approve their own request; the actions and the database enforce that.
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
    """The parts of a user that approval rules read: a User, or a stand-in with permissions."""

    pk: int
    department_id: int | None

    def has_perm(self, perm: str) -> bool:
        """Return whether the person has a permission."""


def plans_for(user: User) -> PlanQuerySet:
    """Return the plans that the user may read, newest first."""
    plans = Plan.objects.order_by("-year")
    return plans if user.has_perm("plans.view_draft") else plans.published()


def plan_for(user: User, year: int) -> Plan:
    """Return a year's plan; raise Http404 if this user has none to read (1 query)."""
    plan = plans_for(user).select_related("district").filter(year=year).first()
    if plan is None:
        raise Http404(_("그런 계획이 없습니다."))
    return plan


def node_for(user: User, year: int, level: str, key: int) -> Node:
    """Return a node with all nodes above it; raise Http404 if it is not there (2 queries)."""
    plan = plan_for(user, year)
    if level not in LEVELS:
        raise Http404(_("그런 항목이 없습니다."))
    node = with_all_above(LEVELS[level]).filter(plan=plan, pk=key).first()
    if node is None:
        raise Http404(_("그런 항목이 없습니다."))
    node.plan = plan
    return node


def with_all_above(model: type[Node]) -> NodeQuerySet:
    """Return a level's nodes, each with the nodes above it, its department and its person."""
    related = [model.PILLAR_PATH] if model.PILLAR_PATH else []
    if model in {Initiative, Activity}:
        related += ["department", "person"]
    return model.objects.select_related(*related)


def pillar_of(node: Node) -> Pillar:
    """Return the pillar of a node, which may be the node itself."""
    for name in filter(None, node.PILLAR_PATH.split("__")):
        node = getattr(node, name)
    return node


def in_charge_of(activity: Activity) -> int | None:
    """Return the key of who is in charge of an activity, or else of its initiative; or None."""
    return activity.person_id or activity.initiative.person_id


def owner_of(node: Node) -> int | None:
    """Return the key of the department that owns a node, or None.

    An activity without a department belongs to its initiative's.
    """
    if isinstance(node, Activity):
        return node.department_id or node.initiative.department_id
    return node.department_id if isinstance(node, Initiative) else None


def owned_by(department: int | None, above: str = "") -> Q:
    """Return the query condition that a department owns an activity, by the rule of `owner_of`.

    `above` is the look-up prefix to the activity, such as "record__activity__".
    """
    if department is None:
        return Q(pk__in=[])
    return Q(**{f"{above}department": department}) | Q(
        **{f"{above}department": None, f"{above}initiative__department": department}
    )


def leads(user: Approver, node: Node, verb: str = "change", level: str = "") -> bool:
    """Return whether the user may write the whole plan, or everything below the node's pillar."""
    if user.has_perm("plans.change_plan"):
        return True
    level = level or node._meta.model_name
    code = pillar_of(node).code
    return bool(code) and level != "pillar" and user.has_perm(f"{code}.{verb}_{level}")


def may_edit(user: User, node: Node) -> bool:
    """Return whether the user may change a node, or propose a change of it."""
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
    """Return whether the user may approve what another person wrote about a node."""
    return leads(user, node) or (
        user.has_perm("plans.approve_department") and owns(user, owner_of(node))
    )


def may_arrange(user: User, node: Node) -> bool:
    """Return whether the user may move a node, or change its place among its siblings."""
    return leads(user, node)


def owns(user: Approver, department: int | None) -> bool:
    """Return whether `department` (a key or None) is the user's own."""
    return department is not None and department == user.department_id
