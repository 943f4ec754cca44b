"""Staff pages of a plan as a workbook: download, upload, preview, save."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.menu import show
from gwonseon.tables.cells import Problem
from gwonseon.uploads.models import Upload
from gwonseon.uploads.views import TablePages, preview_and_write, upload_table
from plans.editing.pages import PAGE, plan_trail
from plans.editing.sheets.actions import compare_sheet, kept_changes, sheet_place, write_sheet
from plans.editing.sheets.forms import SheetForm
from plans.editing.sheets.writing import workbook_of
from plans.tree.access import plan_for
from plans.tree.models import Plan


@require_GET
@login_required
def sheet_file(request: HttpRequest, year: int) -> FileResponse:
    """Send the plan as a workbook to a user who may read the plan."""
    plan = plan_for(request.user, year)
    name = f"{plan.district.name}-{plan}.xlsx".replace(" ", "-")
    return FileResponse(workbook_of(plan), as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
@login_required
def sheet(request: HttpRequest, year: int) -> HttpResponse:
    """Show the download and upload page; check an uploaded workbook and show its wrong cells."""
    return upload_table(request, sheet_pages(request, plan_for(request.user, year)))


@require_http_methods(["GET", "POST"])
@login_required
def sheet_preview(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show every cell that would change, ask for confirmation, and save all or nothing."""
    return preview_and_write(request, sheet_pages(request, plan_for(request.user, year)), number)


def sheet_pages(request: HttpRequest, plan: Plan) -> TablePages:
    """Return the settings of the upload pages for a plan's workbook."""
    return TablePages(
        place=sheet_place(plan),
        form=SheetForm,
        read=lambda form: compare_sheet(plan, form.cleaned_data["file"], request.user),
        show_form=partial(show_sheet, request, plan),
        show_preview=partial(show_preview, request, plan),
        write=partial(write_sheet_and_tell, request, plan),
        form_url=reverse("editing:sheet", args=[plan.year]),
        preview_url=lambda number: reverse("editing:sheet_preview", args=[plan.year, number]),
        nothing=_("표와 계획이 같습니다. 바꿀 것이 없습니다."),
    )


def show_sheet(
    request: HttpRequest, plan: Plan, form: SheetForm, problems: Sequence[Problem]
) -> HttpResponse:
    """Show the page with download and upload."""
    return show(
        request,
        "editing/sheets/sheet.html",
        current=PAGE,
        plan=plan,
        form=form,
        problems=problems,
        crumbs=[*plan_trail(plan), (_("표로 한꺼번에 고치기"), "")],
    )


def show_preview(request: HttpRequest, plan: Plan, upload: Upload) -> HttpResponse:
    """Show every cell that would change."""
    changes = kept_changes(upload)
    return show(
        request,
        "editing/sheets/preview.html",
        current=PAGE,
        plan=plan,
        changes=changes,
        count=sum(len(change.cells) for change in changes),
        crumbs=[
            *plan_trail(plan),
            (_("표로 한꺼번에 고치기"), reverse("editing:sheet", args=[plan.year])),
            (_("확인"), ""),
        ],
    )


def write_sheet_and_tell(request: HttpRequest, plan: Plan, number: int) -> HttpResponse:
    """Save a stored upload and redirect to where the result can be seen."""
    amendment = write_sheet(plan=plan, number=number, by=request.user)
    if amendment:
        messages.success(
            request, _("모두 반영했습니다. 약속은 변경안에 적었으니 승인을 신청하세요.")
        )
        return redirect("amendments:amendment", plan.year, amendment.pk)
    messages.success(request, _("모두 반영했습니다."))
    return redirect("editing:tree", plan.year)
