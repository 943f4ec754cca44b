"""Residents' pages of the published plan, without signing in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.documents.exporting import document_lines
from plans.panels import public_panels, shown_item_panels, shown_panels
from plans.progress.queries import last_day, progress_of
from plans.public.access import latest_published_plan, published_plan
from plans.public.changes.queries import (
    amendments_of,
    history_of,
)
from plans.public.page_cache import cached_page
from plans.public.pages import public_trail, show_page
from plans.public.plan import queries
from plans.public.plan.facts import facts_of, same_items
from plans.public.reports.views import plan_files
from plans.tree.models import Node, Plan
from plans.tree.queries import in_other_years, read_tree

# Heading levels of the document for screen readers; every other line is a paragraph.
TAGS = {"heading": "h2", "vision-pillar": "h3", "pillar": "h3", "goal": "h4"}


@require_safe
@cached_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the latest published plan."""
    plan = latest_published_plan()
    return show_plan(request, plan) if plan else show_page(request, None, [], "home_empty")


@require_safe
@cached_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show one year's plan: its vision and its pillars."""
    return show_plan(request, published_plan(year))


@require_safe
@cached_page
def pillar(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show a pillar with everything below it."""
    plan = published_plan(year)
    pillars = queries.pillars_of(plan)
    in_force = next((one for one in pillars if one.slug == slug), None)
    shown = in_force or queries.ended_pillar_of(plan, slug)
    crumbs = public_trail(plan, shown)
    goals = list(queries.goals_with_all(shown))
    amendments = amendments_of(plan, goals)
    progress = progress_of(plan, last_day(plan))
    for goal in goals:
        goal.amendments = amendments.get(goal.lineage, [])
        goal.progress = progress.group_of(goal)
    return show_page(
        request,
        plan,
        pillars,
        "pillar",
        pillar=shown,
        goals=[goal for goal in goals if goal.retired_on is None],
        ended_goals=[goal for goal in goals if goal.retired_on],
        progress=progress.group_of(shown),
        panels=shown_panels(public_panels, shown.code, plan),
        crumbs=crumbs,
        current=shown,
        **history_context(shown),
    )


@require_safe
@cached_page
def initiative(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show an initiative with its activities and links to the ones before and after."""
    plan = published_plan(year)
    shown = queries.initiative_of(plan, slug)
    crumbs = public_trail(plan, shown.goal.pillar, shown.goal, shown)
    previous, following = queries.neighbours_of(shown)
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "initiative",
        initiative=shown,
        activities=queries.activities_of(shown),
        previous=previous,
        following=following,
        panels=shown_item_panels(shown),
        elsewhere=same_items(in_other_years(shown, Plan.objects.published()), year),
        crumbs=crumbs,
        current=shown.goal.pillar,
        **history_context(shown),
    )


@require_safe
@cached_page
def activity(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show an activity and the others of its initiative."""
    plan = published_plan(year)
    shown = queries.activity_of(plan, slug)
    above = shown.initiative
    crumbs = public_trail(plan, above.goal.pillar, above.goal, above, shown)
    past = history_context(shown)
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "activity",
        activity=shown,
        facts=facts_of(shown, past["history"]),
        figure=progress_of(plan, last_day(plan)).figure_of(shown),
        panels=shown_item_panels(shown),
        others=[one for one in queries.activities_of(above) if one != shown],
        elsewhere=same_items(in_other_years(shown, Plan.objects.published()), year),
        crumbs=crumbs,
        current=above.goal.pillar,
        **past,
    )


@require_safe
@cached_page
def document(request: HttpRequest, year: int) -> HttpResponse:
    """Show the whole plan in the order of the document, to read and to print."""
    plan = published_plan(year)
    tree = read_tree(plan)
    return show_page(
        request,
        plan,
        tree.pillars,
        "document",
        lines=[(TAGS.get(line.kind, "p"), line) for line in document_lines(tree)],
        files=plan_files(year),
        crumbs=[*public_trail(plan), (_("전체 계획"), "")],
        current="document",
    )


def show_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show a plan's first page."""
    pillars = queries.pillars_of(plan)
    cards = queries.pillar_cards(plan, pillars)
    progress = progress_of(plan, last_day(plan))
    return show_page(
        request,
        plan,
        pillars,
        "home",
        cards=cards,
        progress=progress,
        panels=shown_item_panels(plan),
        current="home",
    )


def history_context(node: Node) -> dict[str, Any]:
    """Return the context about an item's past: its changes, and whether it has ended.

    `shown_on` is the year of the document page, which leaves out ended items.
    """
    history = history_of(node)
    ended = queries.ended_of(node)
    return {
        "history": history,
        "ended": ended,
        "shown_on": "" if ended else node.plan.year,
        "ending": next((one for one in history if one.ended_on), None) if ended == node else None,
    }
