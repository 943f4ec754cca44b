"""Residents' search in a plan."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gwonseon.paging import numbered_page
from plans.public.access import latest_published_plan, published_plan
from plans.public.pages import public_trail, show_page
from plans.public.plan import queries
from plans.public.search.forms import SearchForm
from plans.public.search.highlight import found_in
from plans.public.search.hits import Hit
from plans.public.search.queries import hits

HITS_PER_PAGE = 20


@require_safe
def search(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Search a year's plan, or the latest one."""
    plan = published_plan(year) if year is not None else latest_published_plan()
    if plan is None:
        return redirect("public:home")
    form = SearchForm(request.GET or None)
    question = form.cleaned_data["q"] if form.is_valid() else ""
    words = [question, *question.split()]
    found = hits(plan, question) if question else []
    page = numbered_page(request, found, HITS_PER_PAGE)
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "search",
        form=form,
        question=question,
        page=page,
        query=urlencode({"q": question}),
        hits=[Hit(plan.year, row, words) for row in page],
        crumbs=[*public_trail(plan), (_("검색"), "")],
        in_vision=question and found_in(plan.vision, question.split()),
        current="search",
    )
