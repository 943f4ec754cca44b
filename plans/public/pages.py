"""Functions that residents' pages share: menu, breadcrumbs and rendering."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gwonseon.registry import Registry
from plans.public.access import latest_published_plan
from plans.public.plan import queries
from plans.tree.models import Node, Pillar, Plan


@dataclass(frozen=True)
class PublicEntry:
    """An entry of the residents' menu for a pillar's page, which names it as `current`."""

    label: str
    url_name: str


public_entries: Registry[PublicEntry] = Registry()


def show_beside_the_plan(
    request: HttpRequest,
    name: str,
    title: str,
    *,
    above: Sequence[tuple[str, str]] = (),
    current: str = "",
    **context: Any,
) -> HttpResponse:
    """Show a page that belongs to no plan, with the latest plan's menu.

    `above` are the breadcrumbs of the pages above it; `context` is what `show_page` takes.
    """
    plan = latest_published_plan()
    pillars = queries.pillars_of(plan) if plan else []
    context |= {"title": title, "crumbs": [*above, (title, "")], "current": current or name}
    return show_page(request, plan, pillars, name, **context)


def show_page(
    request: HttpRequest,
    plan: Plan | None,
    pillars: list[Pillar],
    name: str,
    *,
    current: Pillar | str = "",
    templates: str = "public",
    **context: Any,
) -> HttpResponse:
    """Render a residents' template with the context that all of them need.

    `templates` is the folder of the template called `name`.
    """
    if plan:
        request.district = plan.district
    context |= {
        "plan": plan,
        "navigation": navigation(plan, pillars, current),
        # These pages have a larger search box of their own.
        "hide_search": current in {"home", "search"},
    }
    return render(request, f"{templates}/{name}.html", context)


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
    """Return the main menu's entries; those of pillars' pages stand before the guide."""
    last = [
        *(
            entry(one.label, reverse(one.url_name), current == one.url_name)
            for one in public_entries
        ),
        entry(_("이용 안내"), reverse("public:guide"), current == "guide"),
    ]
    if plan is None:
        return last
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
        *last,
    ]


def entry(label: str, url: str, is_current: bool) -> dict[str, Any]:
    """Return one entry of a menu."""
    return {"label": label, "url": url, "current": is_current}
