"""Functions that residents' pages share: menu, breadcrumbs and rendering."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.public.access import latest_published_plan
from plans.public.plan import queries
from plans.tree.models import Node, Pillar, Plan


def show_beside_the_plan(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """Show a page that belongs to no plan, with the latest plan's menu."""
    plan = latest_published_plan()
    pillars = queries.pillars_of(plan) if plan else []
    crumbs = [(title, "")]
    return show_page(request, plan, pillars, name, title=title, crumbs=crumbs, current=name)


def show_page(
    request: HttpRequest,
    plan: Plan | None,
    pillars: list[Pillar],
    name: str,
    *,
    current: Pillar | str = "",
    **context: Any,
) -> HttpResponse:
    """Render a residents' template with the context that all of them need."""
    if plan:
        request.district = plan.district
    context |= {
        "plan": plan,
        "navigation": navigation(plan, pillars, current),
        # These pages have a larger search box of their own.
        "hide_search": current in {"home", "search"},
    }
    return render(request, f"public/{name}.html", context)


def public_trail(plan: Plan, *nodes: Node) -> list[tuple[str, str]]:
    """Return the breadcrumbs: the plan, then each of the nodes."""
    crumbs = [(_("%(year)s년 계획") % {"year": plan.year}, plan.get_absolute_url())]
    for node in nodes:
        node.plan = plan
        crumbs.append((node.shown_title, node.get_absolute_url()))
    return crumbs


def navigation(
    plan: Plan | None, pillars: list[Pillar], current: Pillar | str
) -> list[dict[str, Any]]:
    """Return the main menu's entries."""
    if plan is None:
        return [entry(_("이용 안내"), reverse("public:guide"), current == "guide")]
    entries = [
        entry(one.shown_title, reverse("public:pillar", args=[plan.year, one.slug]), one == current)
        for one in pillars
    ]
    document_url = reverse("public:document", args=[plan.year])
    return [
        *entries,
        entry(_("전체 계획"), document_url, current == "document"),
        entry(_("추진 현황"), reverse("public:progress", args=[plan.year]), current == "progress"),
        entry(_("변경 이력"), reverse("public:changes", args=[plan.year]), current == "changes"),
        entry(_("이용 안내"), reverse("public:guide"), current == "guide"),
    ]


def entry(label: str, url: str, is_current: bool) -> dict[str, Any]:
    """Return one entry of a menu."""
    return {"label": label, "url": url, "current": is_current}
