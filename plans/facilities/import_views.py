"""Staff pages to import facilities: download a blank table, upload it, preview and write it."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.menu import show
from gwonseon.tables.cells import Problem
from gwonseon.uploads.models import Upload
from gwonseon.uploads.views import TablePages, preview_and_write, upload_table
from plans.facilities.access import needs_writing
from plans.facilities.forms import ImportForm
from plans.facilities.importing import (
    COLUMNS,
    PLACE,
    blank_table,
    compare_facilities,
    kept_changes,
    write_facilities,
)
from plans.facilities.views import PAGE, facilities_trail


@require_GET
@needs_writing
def facilities_form(request: HttpRequest) -> FileResponse:  # noqa: ARG001
    """Return an empty workbook to fill in."""
    return FileResponse(blank_table(), as_attachment=True, filename=_("시설-양식.xlsx"))


@require_http_methods(["GET", "POST"])
@needs_writing
def facilities_import(request: HttpRequest) -> HttpResponse:
    """Take an uploaded table of facilities; show its errors cell by cell."""
    return upload_table(request, facilities_pages(request))


@require_http_methods(["GET", "POST"])
@needs_writing
def facilities_preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a table would add and change; on POST, write all of it or nothing."""
    return preview_and_write(request, facilities_pages(request), number)


def facilities_pages(request: HttpRequest) -> TablePages:
    """Return the functions and URLs of the pages for a table of facilities."""
    return TablePages(
        place=PLACE,
        form=ImportForm,
        read=lambda form: compare_facilities(form.cleaned_data["file"]),
        show_form=partial(show_import, request),
        show_preview=partial(show_preview, request),
        write=partial(write_facilities_and_tell, request),
        form_url=reverse("facilities:facilities_import"),
        preview_url=lambda number: reverse("facilities:facilities_preview", args=[number]),
        nothing=_("표와 등록된 시설이 같습니다. 바꿀 것이 없습니다."),
    )


def show_import(
    request: HttpRequest, form: ImportForm, problems: Sequence[Problem]
) -> HttpResponse:
    """Show the page to download the blank table and to upload a filled one."""
    return show(
        request,
        "ledger/facilities/facilities_import.html",
        current=PAGE,
        form=form,
        columns=COLUMNS,
        problems=problems,
        crumbs=facilities_trail((_("표로 올리기"), "")),
    )


def show_preview(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Show what a table would add and change."""
    changes = kept_changes(upload)
    return show(
        request,
        "ledger/facilities/facilities_preview.html",
        current=PAGE,
        fresh=[one for one in changes if one.key is None],
        changed=[one for one in changes if one.key],
        unchanged=upload.unchanged,
        crumbs=facilities_trail(
            (_("표로 올리기"), reverse("facilities:facilities_import")), (_("확인"), "")
        ),
    )


def write_facilities_and_tell(request: HttpRequest, number: int) -> HttpResponse:
    """Write a kept upload and redirect to the list of facilities."""
    count = write_facilities(number=number, by=request.user)
    messages.success(request, _("시설 %(count)s곳을 모두 반영했습니다.") % {"count": count})
    return redirect(PAGE)
