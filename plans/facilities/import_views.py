"""Staff's pages of a table of facilities: take the form, bring it back, look, write."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from plans.facilities.access import needs_writing
from plans.facilities.forms import ImportForm
from plans.facilities.importing import (
    COLUMNS,
    blank_table,
    compare,
    keep,
    kept_changes,
    write_upload,
)
from plans.facilities.models import FacilityUpload
from plans.facilities.views import PAGE, trail


@require_GET
@needs_writing
def facilities_form(request: HttpRequest) -> FileResponse:  # noqa: ARG001
    """Give a workbook to fill in."""
    return FileResponse(blank_table(), as_attachment=True, filename=_("시설-양식.xlsx"))


@require_http_methods(["GET", "POST"])
@needs_writing
def facilities_import(request: HttpRequest) -> HttpResponse:
    """Take a table of facilities and show what is wrong in it, cell by cell."""
    if request.method == "GET":
        return show_import(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_import(request, form)
    try:
        found = compare(form.cleaned_data["file"])
    except RefusedError as refusal:
        form.add_error("file", str(refusal))
        return show_import(request, form)
    if found.problems:
        sentence = _("고칠 칸이 %(count)s곳 있습니다. 표에서 고친 뒤 다시 올리세요.")
        form.add_error("file", sentence % {"count": len(found.problems)})
        return show_import(request, form, found.problems)
    if not found.changes:
        messages.info(request, _("표와 등록된 시설이 같습니다. 바꿀 것이 없습니다."))
        return redirect("facilities:facilities_import")
    upload = keep(changes=found.changes, unchanged=found.unchanged, by=request.user)
    return redirect("facilities:facilities_preview", upload.pk)


def show_import(
    request: HttpRequest, form: ImportForm, problems: list[Problem] | None = None
) -> HttpResponse:
    """Show the page to take the form from and to bring a table to."""
    return show(
        request,
        "ledger/facilities/facilities_import.html",
        current=PAGE,
        form=form,
        columns=COLUMNS,
        problems=problems or [],
        crumbs=trail((_("표로 올리기"), "")),
    )


@require_http_methods(["GET", "POST"])
@needs_writing
def facilities_preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show what would be added and changed, ask, and write all of it or nothing."""
    if request.method == "POST":
        return write(request, number)
    upload = FacilityUpload.objects.filter(uploaded_by=request.user, pk=number).first()
    if upload is None:
        messages.info(request, _("이미 반영했거나 더 새로 올린 표가 있습니다."))
        return redirect("facilities:facilities_import")
    changes = kept_changes(upload)
    return show(
        request,
        "ledger/facilities/facilities_preview.html",
        current=PAGE,
        fresh=[one for one in changes if one.key is None],
        changed=[one for one in changes if one.key],
        unchanged=upload.unchanged,
        crumbs=trail((_("표로 올리기"), reverse("facilities:facilities_import")), (_("확인"), "")),
    )


def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write a kept upload and lead to where the outcome can be seen."""
    try:
        count = write_upload(number=number, by=request.user)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("facilities:facilities_import")
    messages.success(request, _("시설 %(count)s곳을 모두 반영했습니다.") % {"count": count})
    return redirect(PAGE)
