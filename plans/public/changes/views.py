"""Residents' pages of the changes of a published plan, and their feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gwonseon.paging import numbered_page
from plans.public.access import published_plan
from plans.public.changes.feed import feed_of
from plans.public.changes.queries import (
    also_set,
    applied_amendments,
    changes_by,
    headline,
)
from plans.public.page_cache import cached_page
from plans.public.pages import public_trail, show_page
from plans.public.plan import queries

CHANGES_PER_PAGE = 20


CHANGES_IN_FEED = 50


@require_safe
@cached_page
def changes(request: HttpRequest, year: int) -> HttpResponse:
    """List the changes of a plan since it was published."""
    plan = published_plan(year)
    page = numbered_page(request, applied_amendments(plan), CHANGES_PER_PAGE)
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "changes",
        page=page,
        rows=[(headline(one), one, also_set(one)) for one in page],
        crumbs=[*public_trail(plan), (_("변경 이력"), "")],
        current="changes",
    )


@require_safe
@cached_page
def change(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show an applied amendment: its changes, reason and legal ground."""
    plan = published_plan(year)
    amendment = get_object_or_404(applied_amendments(plan), pk=number)
    title = headline(amendment)
    did = changes_by(amendment)
    list_url = reverse("public:changes", args=[year])
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "change",
        amendment=amendment,
        title=title,
        changes=[one for one in did if not one.is_first],
        firsts=[one for one in did if one.is_first],
        crumbs=[*public_trail(plan), (_("변경 이력"), list_url), (title, "")],
        current="changes",
    )


@require_safe
@cached_page
def changes_feed(request: HttpRequest, year: int) -> HttpResponse:
    """Send the feed of a plan's latest changes."""
    plan = published_plan(year)
    latest = applied_amendments(plan)[:CHANGES_IN_FEED]
    feed = feed_of(plan, latest, request.build_absolute_uri)
    return HttpResponse(feed, content_type=Atom1Feed.content_type)
