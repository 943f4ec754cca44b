"""Functions that staff pages of a plan share: breadcrumbs, and a sentence."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.tree.models import Node, Plan

PAGE = "editing:plans"


CHANGED_MEANWHILE = gettext_lazy(
    "그 사이에 다른 사람이 이 항목을 고쳤습니다. 지금 내용을 확인하고 다시 해 주세요."
)


def plan_trail(plan: Plan | None = None, *nodes: Node) -> list[tuple[str, str]]:
    """Return the breadcrumbs: all plans, this plan, the ancestors of the last node, the node."""
    crumbs = [(_("계획"), reverse("editing:plans"))]
    if plan:
        crumbs.append((str(plan), reverse("editing:tree", args=[plan.year])))
    for node in nodes:
        for one in [*above(node), node]:
            address = [plan.year, one._meta.model_name, one.pk]
            crumbs.append((one.shown_title, reverse("editing:node", args=address)))
    return crumbs


def above(node: Node) -> list[Node]:
    """Return a node's ancestors, top first (no queries: they were read with it)."""
    if not node.PARENT:
        return []
    parent = getattr(node, node.PARENT)
    return [*above(parent), parent]
