"""Staff pages of reports: one is chosen and read at once, asked for as a file, and taken."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwonseon.office.menu import show
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from plans.reports.access import (
    export_for,
    exports_for,
    may_read,
    needs_reading,
    readable,
    sees_all,
)
from plans.reports.building import build
from plans.reports.exports.actions import ask, cancel, make_now, mark_seen
from plans.reports.exports.models import Export
from plans.reports.formats.html import parts_of
from plans.reports.formats.registry import WRITERS
from plans.reports.forms import USUAL, DownloadForm, ReportForm
from plans.reports.requests import Format, ReportKind, Won
from plans.reports.saved.forms import SaveForm
from plans.reports.saved.queries import saved_of
from plans.reports.tasks import make_exports

PAGE = "reports:choose"
# As many of somebody's exports are shown below the choice, and on a page of their list.
MOST_RECENT, A_PAGE = 5, 30


@require_GET
@needs_reading
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a report, and read it at once; a pack of evidence is only made as a file."""
    plans = readable(request)
    data = request.GET.copy()
    if "kind" not in data:
        data["kind"], data["won"] = ReportKind.PROGRESS, Won.THOUSAND
        data.setlist("parts", USUAL)
        data.setdefault("won", str(Won.THOUSAND.value))
    data.setdefault("year", str(plans[0].year))
    form = ReportForm(data, plans=plans)
    request.district = form.plan.district
    document, refusal = None, ""
    if form.is_valid() and form.chosen.kind != ReportKind.EVIDENCE:
        try:
            document = build(form.chosen)
        except RefusedError as error:
            refusal = str(error)
    can_keep = form.is_valid() and not refusal
    return show(
        request,
        "reports/choose.html",
        current=PAGE,
        form=form,
        document=document,
        blocks=list(parts_of(document)) if document else [],
        refusal=refusal,
        download=DownloadForm.of(form, plans) if can_keep else None,
        save=SaveForm.of(form, plans) if can_keep else None,
        exports=list(exports_for(request.user)[:MOST_RECENT]),
        saved=list(saved_of(request.user)),
        crumbs=[(_("보고서"), "")],
    )


@require_POST
@needs_reading
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a report as a file, which is made at once or by a worker."""
    form = DownloadForm(request.POST, plans=readable(request))
    if not form.is_valid():
        messages.error(request, _("보고서를 다시 골라 주세요."))
        return redirect("reports:choose")
    chosen = form.cleaned_data
    try:
        export = ask(
            request=form.chosen,
            format=Format(chosen["format"]),
            token=chosen["token"],
            by=request.user,
        )
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:choose")
    export = make_now(export)
    if export.is_ready:
        return redirect("reports:file", export.pk)
    if export.is_going_on:
        make_exports.delay()
    return redirect(export)


@require_GET
@needs_reading
def export(request: HttpRequest, key: int) -> HttpResponse:
    """Show how far an export is."""
    shown = export_for(request.user, key)
    if shown.state == Export.State.FAILED:
        mark_seen(shown)
    request.district = shown.plan.district
    return show(
        request,
        "reports/export.html",
        current=PAGE,
        export=shown,
        crumbs=[(_("보고서"), reverse(PAGE)), (shown.title, "")],
    )


@require_GET
@needs_reading
def file(request: HttpRequest, key: int) -> HttpResponse:
    """Send the file of an export; answer 404 if it was kept long enough."""
    taken = export_for(request.user, key)
    if not taken.is_ready:
        raise Http404(_("파일이 없습니다. 보고서를 다시 받으세요."))
    mark_seen(taken)
    content_type = WRITERS[Format(taken.format)].content_type
    return FileResponse(
        taken.file.open(), as_attachment=True, filename=taken.name, content_type=content_type
    )


@require_POST
@needs_reading
def stop(request: HttpRequest, key: int) -> HttpResponse:
    """Cancel an export that is not finished."""
    shown = export_for(request.user, key)
    try:
        cancel(export=shown)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("그만두었습니다."))
    return redirect(shown)


@require_GET
@login_required
def exports(request: HttpRequest) -> HttpResponse:
    """List the user's exports; who reviews the access log sees everybody's."""
    is_all = sees_all(request.user)
    if not is_all and not may_read(request.user):
        raise PermissionDenied
    rows = (
        Export.objects.select_related("asked_by", "plan") if is_all else exports_for(request.user)
    )
    return show(
        request,
        "reports/exports.html",
        current=PAGE,
        page=numbered_page(request, rows, A_PAGE),
        is_all=is_all,
        crumbs=[(_("보고서"), reverse(PAGE)), (_("내보낸 보고서"), "")],
    )
