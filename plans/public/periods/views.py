"""Residents' pages of closed periods: what was frozen, and how to check it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.public.access import published_plan
from plans.public.page_cache import cached_page
from plans.public.pages import public_trail, show_page
from plans.public.periods.versions import version_in, versions_of
from plans.public.plan import queries
from plans.public.reports.views import period_files
from plans.tracking.closing.canonical import canonical
from plans.tracking.closing.models import Closing
from plans.tracking.closing.queries import closings_of, latest_of, until
from plans.tracking.closing.reading import (
    activities_of,
    bars_over_time,
    frozen_context,
    rates_over_time,
)
from plans.tree.models import Plan

JSON = "application/json"


@require_safe
@cached_page
def periods(request: HttpRequest, year: int) -> HttpResponse:
    """List a plan's closed periods."""
    plan = published_plan(year)
    latest = latest_of(closings_of(plan))
    rates = rates_over_time(latest)
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "periods",
        latest=latest,
        rates=rates,
        bars=bars_over_time(rates),
        updated_at=max([one.closed_at for one in latest], default=plan.updated_at),
        crumbs=[*public_trail(plan), (_("마감한 기간"), "")],
        current="progress",
    )


@require_safe
@cached_page
def period(
    request: HttpRequest, year: int, number: int, version: int | None = None
) -> HttpResponse:
    """Show a closed period as it was frozen: its last version, or another one."""
    plan = published_plan(year)
    closings = closings_of(plan)
    versions = versions_of(closings, number)
    shown = version_in(versions, version)
    list_url = reverse("public:periods", args=[year])
    crumbs = [*public_trail(plan), (_("마감한 기간"), list_url), (shown.content["period"], "")]
    return show_page(
        request,
        plan,
        queries.pillars_of(plan),
        "period",
        closing=shown,
        versions=versions,
        file_name=file_name(plan, shown),
        reports=period_files(year, number) if shown == versions[0] else [],
        crumbs=crumbs,
        current="progress",
        **frozen_context(until(shown, closings)),
    )


@require_safe
@cached_page
def period_file(
    _request: HttpRequest, year: int, number: int, version: int | None = None
) -> HttpResponse:
    """Send the very bytes whose SHA-256 is the digest of a closed period."""
    plan = published_plan(year)
    shown = version_in(versions_of(closings_of(plan), number), version)
    answer = HttpResponse(canonical(shown.content, activities_of(shown)), content_type=JSON)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(plan, shown)}"'
    return answer


def file_name(plan: Plan, closing: Closing) -> str:
    """Return the name under which a closing's file is saved."""
    return f"period-{plan.year}-{closing.period.number}-v{closing.version}.json"
