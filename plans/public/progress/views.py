"""Residents' pages of progress: how far the plan has come, and how that was calculated."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gwonseon.krds.charts import bars_of
from plans.ledger.keyset import page_of
from plans.ledger.kinds import personal_codes
from plans.progress.figures import Figure
from plans.progress.forms import DayForm
from plans.progress.listing import csv_of
from plans.progress.queries import (
    by_dong,
    by_month,
    parts_by_dong,
    parts_by_month,
    progress_of,
    records_behind,
)
from plans.public.access import published_plan
from plans.public.page_cache import cached_page
from plans.public.pages import public_trail, show_page
from plans.public.plan import queries

CSV = "text/csv; charset=utf-8"


@require_safe
@cached_page
def progress(request: HttpRequest, year: int) -> HttpResponse:
    """Show a plan's progress on a day: by pillar, by month and by dong."""
    plan = published_plan(year)
    pillars = queries.pillars_of(plan)
    form = DayForm(request.GET or None, plan=plan)
    found = progress_of(plan, form.day)
    months = by_month(found)
    return show_page(
        request,
        plan,
        pillars,
        "progress",
        form=form,
        progress=found,
        months=months,
        bars=bars_of([(row.label, row.count) for row in months]),
        dongs=by_dong(found),
        crumbs=[*public_trail(plan), (_("추진 현황"), "")],
        current="progress",
    )


@require_safe
@cached_page
def progress_file(request: HttpRequest, year: int) -> HttpResponse:
    """Send the page's figures as CSV; the file name has their day.

    An invalid day redirects to the page, which shows the error.
    """
    plan = published_plan(year)
    form = DayForm(request.GET or None, plan=plan)
    if form.errors:
        page = reverse("public:progress", args=[year])
        return redirect(f"{page}?{request.GET.urlencode()}")
    answer = HttpResponse(csv_of(progress_of(plan, form.day)), content_type=CSV)
    name = f"progress-{form.day.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@cached_page
def activity_progress(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show how an activity's figure was calculated, and the records that it sums."""
    plan = published_plan(year)
    shown = queries.activity_of(plan, slug)
    form = DayForm(request.GET or None, plan=plan)
    figure = progress_of(plan, form.day).figure_of(shown)
    above = shown.initiative
    crumbs = [*public_trail(plan, above.goal.pillar, above, shown), (_("어떻게 계산했나요"), "")]
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "activity_progress",
        activity=shown,
        form=form,
        figure=figure,
        **behind(request, figure),
        crumbs=crumbs,
        current=above.goal.pillar,
    )


def behind(request: HttpRequest, figure: Figure | None) -> dict:
    """Return the sums and records that a figure is made of.

    Empty for personal kinds, and where the activity was not in force on that day.
    """
    if figure is None or figure.activity.record_kind in personal_codes():
        return {}
    rows = records_behind(figure).select_related("dong", "facility", "activity")
    query = request.GET.copy()
    for name in ("newer", "older"):
        query.pop(name, None)
    return {
        "months": parts_by_month(figure),
        "dongs": parts_by_dong(figure),
        "page": page_of(rows, request.GET),
        "query": query.urlencode(),
    }
