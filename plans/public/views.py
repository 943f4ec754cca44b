"""Residents' pages: the published plan, without signing in."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gwonseon.paging import numbered_page
from plans.documents.exporting import document_lines
from plans.panels import public_panels, shown_panels
from plans.progress.queries import last_day, progress_of
from plans.public import queries
from plans.public.access import latest_published_plan, published_plan
from plans.public.changes import (
    also_set,
    amendments_of,
    applied_amendments,
    changes_by,
    headline,
    history_of,
)
from plans.public.facts import facts_of, same_items
from plans.public.feed import feed_of
from plans.public.forms import SearchForm
from plans.public.highlight import found_in
from plans.public.hits import Hit
from plans.public.page_cache import cached_page
from plans.tree.models import Node, Pillar, Plan
from plans.tree.queries import in_other_years, read_tree

HITS_PER_PAGE = 20
CHANGES_PER_PAGE = 20
CHANGES_IN_FEED = 50
# The document's outline for those who hear it; every other line is a paragraph.
TAGS = {"heading": "h2", "vision-pillar": "h3", "pillar": "h3", "goal": "h4"}


@require_safe
@cached_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the latest published plan."""
    plan = latest_published_plan()
    return show_plan(request, plan) if plan else show(request, None, [], "home_empty")


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
    crumbs = trail(plan, shown)
    goals = list(queries.goals_with_all(shown))
    amendments = amendments_of(plan, goals)
    progress = progress_of(plan, last_day(plan))
    for goal in goals:
        goal.amendments = amendments.get(goal.lineage, [])
        goal.progress = progress.group_of(goal)
    return show(
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
        **of_the_past(shown),
    )


@require_safe
@cached_page
def initiative(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show an initiative with its activities and its neighbours."""
    plan = published_plan(year)
    shown = queries.initiative_of(plan, slug)
    crumbs = trail(plan, shown.goal.pillar, shown.goal, shown)
    previous, following = queries.neighbours_of(shown)
    return show(
        request,
        plan,
        queries.pillars_of(plan),
        "initiative",
        initiative=shown,
        activities=queries.activities_of(shown),
        previous=previous,
        following=following,
        elsewhere=same_items(in_other_years(shown, Plan.objects.published()), year),
        crumbs=crumbs,
        current=shown.goal.pillar,
        **of_the_past(shown),
    )


@require_safe
@cached_page
def activity(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show an activity and the others of its initiative."""
    plan = published_plan(year)
    shown = queries.activity_of(plan, slug)
    above = shown.initiative
    crumbs = trail(plan, above.goal.pillar, above.goal, above, shown)
    past = of_the_past(shown)
    return show(
        request,
        plan,
        queries.pillars_of(plan),
        "activity",
        activity=shown,
        facts=facts_of(shown, past["history"]),
        figure=progress_of(plan, last_day(plan)).figure_of(shown),
        others=[one for one in queries.activities_of(above) if one != shown],
        elsewhere=same_items(in_other_years(shown, Plan.objects.published()), year),
        crumbs=crumbs,
        current=above.goal.pillar,
        **past,
    )


@require_safe
@cached_page
def changes(request: HttpRequest, year: int) -> HttpResponse:
    """List what was changed in a plan after it was published."""
    plan = published_plan(year)
    page = numbered_page(request, applied_amendments(plan), CHANGES_PER_PAGE)
    return show(
        request,
        plan,
        queries.pillars_of(plan),
        "changes",
        page=page,
        rows=[(headline(one), one, also_set(one)) for one in page],
        crumbs=[*trail(plan), (_("변경 이력"), "")],
        current="changes",
    )


@require_safe
@cached_page
def change(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show an applied amendment: what it changed, why and on what ground."""
    plan = published_plan(year)
    amendment = get_object_or_404(applied_amendments(plan), pk=number)
    title = headline(amendment)
    did = changes_by(amendment)
    list_url = reverse("public:changes", args=[year])
    return show(
        request,
        plan,
        queries.pillars_of(plan),
        "change",
        amendment=amendment,
        title=title,
        changes=[one for one in did if not one.is_first],
        firsts=[one for one in did if one.is_first],
        crumbs=[*trail(plan), (_("변경 이력"), list_url), (title, "")],
        current="changes",
    )


@require_safe
@cached_page
def changes_feed(request: HttpRequest, year: int) -> HttpResponse:
    """Tell feed readers the latest changes of a plan."""
    plan = published_plan(year)
    latest = applied_amendments(plan)[:CHANGES_IN_FEED]
    feed = feed_of(plan, latest, request.build_absolute_uri)
    return HttpResponse(feed, content_type=Atom1Feed.content_type)


@require_safe
@cached_page
def document(request: HttpRequest, year: int) -> HttpResponse:
    """Show the whole plan in the document's own order, to read and to print."""
    plan = published_plan(year)
    tree = read_tree(plan)
    return show(
        request,
        plan,
        tree.pillars,
        "document",
        lines=[(TAGS.get(line.kind, "p"), line) for line in document_lines(tree)],
        crumbs=[*trail(plan), (_("전체 계획"), "")],
        current="document",
    )


@require_safe
def search(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Find words in a year's plan, or in the latest."""
    plan = published_plan(year) if year is not None else latest_published_plan()
    if plan is None:
        return redirect("public:home")
    form = SearchForm(request.GET or None)
    question = form.cleaned_data["q"] if form.is_valid() else ""
    words = [question, *question.split()]
    found = queries.hits(plan, question) if question else []
    page = numbered_page(request, found, HITS_PER_PAGE)
    return show(
        request,
        plan,
        queries.pillars_of(plan),
        "search",
        form=form,
        question=question,
        page=page,
        query=urlencode({"q": question}),
        hits=[Hit(plan.year, row, words) for row in page],
        crumbs=[*trail(plan), (_("검색"), "")],
        in_vision=question and found_in(plan.vision, question.split()),
        current="search",
    )


@require_safe
@cached_page
def guide(request: HttpRequest) -> HttpResponse:
    """Tell how to read the portal."""
    return show_beside_the_plan(request, "guide", _("이용 안내"))


@require_safe
@cached_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what the portal knows of its visitors."""
    return show_beside_the_plan(request, "privacy", _("개인정보 처리방침"))


@require_safe
@cached_page
def credits(request: HttpRequest) -> HttpResponse:  # noqa: A001  the page's own name
    """Name whose work the portal is built on."""
    return show_beside_the_plan(request, "credits", _("저작권과 출처"))


def show_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Show a plan's first page."""
    pillars = queries.pillars_of(plan)
    cards = queries.pillar_cards(plan, pillars)
    progress = progress_of(plan, last_day(plan))
    return show(request, plan, pillars, "home", cards=cards, progress=progress, current="home")


def show_beside_the_plan(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """Show a page that is about no plan, with the latest plan's navigation."""
    plan = latest_published_plan()
    pillars = queries.pillars_of(plan) if plan else []
    crumbs = [(title, "")]
    return show(request, plan, pillars, name, title=title, crumbs=crumbs, current=name)


def show(
    request: HttpRequest,
    plan: Plan | None,
    pillars: list[Pillar],
    name: str,
    *,
    current: Pillar | str = "",
    **context: Any,
) -> HttpResponse:
    """Render one of the residents' templates with what all of them show."""
    if plan:
        request.district = plan.district
    context |= {
        "plan": plan,
        "navigation": navigation(plan, pillars, current),
        # These have a larger one of their own.
        "hide_search": current in {"home", "search"},
    }
    return render(request, f"public/{name}.html", context)


def of_the_past(node: Node) -> dict[str, Any]:
    """Return what an item's page tells of its past: its changes, and whether it has ended.

    `shown_on` is the year of the document page, which has no lines of what has ended.
    """
    history = history_of(node)
    ended = queries.ended_of(node)
    return {
        "history": history,
        "ended": ended,
        "shown_on": "" if ended else node.plan.year,
        "ending": next((one for one in history if one.ended_on), None) if ended == node else None,
    }


def trail(plan: Plan, *nodes: Node) -> list[tuple[str, str]]:
    """Return the breadcrumbs to a page: the plan's, then one for each node on the way."""
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
