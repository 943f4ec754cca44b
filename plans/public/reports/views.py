"""Reports for everybody: the plan, and closed periods, as files in every format."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.public.access import published_plan
from plans.public.page_cache import cached_page
from plans.public.periods.versions import version_in, versions_of
from plans.reports.building import build
from plans.reports.formats.registry import WRITERS
from plans.reports.requests import Compared, Format, ReportKind, ReportRequest
from plans.tracking.closing.queries import closings_of

# The reports of a closed period that say only what everybody may read.
KINDS = (ReportKind.PROGRESS, ReportKind.SUMMARY, ReportKind.DEPARTMENTS, ReportKind.LATE)


@require_safe
@cached_page
def plan_file(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """Send the plan as a file."""
    plan = published_plan(year)
    return answer(request, ReportRequest(ReportKind.PLAN, plan, on=plan.first_day), ending)


@require_safe
@cached_page
def period_report(
    request: HttpRequest, year: int, number: int, kind: str, ending: str
) -> HttpResponse:
    """Send a report of a closed period, compared with the one before, as a file."""
    if kind not in KINDS:
        raise Http404(_("그런 보고서가 없습니다."))
    plan = published_plan(year)
    closing = version_in(versions_of(closings_of(plan), number), None)
    compared = Compared.PERIOD
    return answer(
        request, ReportRequest(ReportKind(kind), plan, closing, compared=compared), ending
    )


def answer(request: HttpRequest, asked: ReportRequest, ending: str) -> HttpResponse:
    """Return the file of a report.

    Only the plain address is kept; another would make the file anew for each visitor.
    """
    if ending not in Format.values:
        raise Http404(_("그런 형식이 없습니다."))
    if request.GET:
        return redirect(request.path)
    document, writer = build(asked), WRITERS[Format(ending)]
    response = HttpResponse(writer.write(document), content_type=writer.content_type)
    name = f"{document.title}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def plan_files(year: int) -> list[tuple[str, str]]:
    """Return each format's label and the address of the plan's file."""
    return [(str(one.label), reverse("public:plan_file", args=[year, one.value])) for one in Format]


def period_files(year: int, number: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the reports of a closed period, each with its formats and their addresses."""
    return [
        (
            str(kind.label),
            [
                (
                    str(one.label),
                    reverse("public:period_report", args=[year, number, kind.value, one.value]),
                )
                for one in Format
            ],
        )
        for kind in KINDS
    ]
