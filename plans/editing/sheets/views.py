"""Staff's pages of a plan's facts as a workbook: take, fill in, bring back, look, write."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from plans.editing.pages import PAGE, trail
from plans.editing.sheets.actions import compare, keep, kept_changes, write_upload
from plans.editing.sheets.forms import SheetForm
from plans.editing.sheets.models import SheetUpload
from plans.editing.sheets.writing import workbook_of
from plans.tree.access import plan_for
from plans.tree.models import Plan


@require_GET
@login_required
def sheet_file(request: HttpRequest, year: int) -> FileResponse:
    """Give the plan's facts as a workbook to whoever may read the plan."""
    plan = plan_for(request.user, year)
    name = f"{plan.district.name}-{plan}.xlsx".replace(" ", "-")
    return FileResponse(workbook_of(plan), as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
@login_required
def sheet(request: HttpRequest, year: int) -> HttpResponse:
    """Offer the workbook; take a filled-in one and show what is wrong in it, cell by cell."""
    plan = plan_for(request.user, year)
    if request.method == "GET":
        return show_sheet(request, plan, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_sheet(request, plan, form)
    try:
        found = compare(plan, form.cleaned_data["file"], request.user)
    except RefusedError as refusal:
        form.add_error("file", str(refusal))
        return show_sheet(request, plan, form)
    if found.problems:
        sentence = _("고칠 칸이 %(count)s곳 있습니다. 표에서 고친 뒤 다시 올리세요.")
        form.add_error("file", sentence % {"count": len(found.problems)})
        return show_sheet(request, plan, form, found.problems)
    if not found.changes:
        messages.info(request, _("표와 계획이 같습니다. 바꿀 것이 없습니다."))
        return redirect("editing:sheet", year)
    upload = keep(plan=plan, changes=found.changes, by=request.user)
    return redirect("editing:sheet_preview", year, upload.pk)


def show_sheet(
    request: HttpRequest, plan: Plan, form: SheetForm, problems: list[Problem] | None = None
) -> HttpResponse:
    """Show the page to take the workbook from and to bring it back to."""
    return show(
        request,
        "editing/sheets/sheet.html",
        current=PAGE,
        plan=plan,
        form=form,
        problems=problems or [],
        crumbs=[*trail(plan), (_("표로 한꺼번에 고치기"), "")],
    )


@require_http_methods(["GET", "POST"])
@login_required
def sheet_preview(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show every cell that would change, ask, and write all of it or nothing."""
    plan = plan_for(request.user, year)
    if request.method == "POST":
        return write(request, plan, number)
    upload = SheetUpload.objects.filter(plan=plan, uploaded_by=request.user, pk=number).first()
    if upload is None:
        messages.info(request, _("이미 반영했거나 더 새로 올린 표가 있습니다."))
        return redirect("editing:sheet", year)
    changes = kept_changes(upload)
    return show(
        request,
        "editing/sheets/preview.html",
        current=PAGE,
        plan=plan,
        changes=changes,
        count=sum(len(change.cells) for change in changes),
        crumbs=[
            *trail(plan),
            (_("표로 한꺼번에 고치기"), reverse("editing:sheet", args=[year])),
            (_("확인"), ""),
        ],
    )


def write(request: HttpRequest, plan: Plan, number: int) -> HttpResponse:
    """Write a kept upload and lead to where the outcome can be seen."""
    try:
        amendment = write_upload(plan=plan, number=number, by=request.user)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("editing:sheet", plan.year)
    if amendment:
        messages.success(
            request, _("모두 반영했습니다. 약속은 변경안에 적었으니 승인을 신청하세요.")
        )
        return redirect("amendments:amendment", plan.year, amendment.pk)
    messages.success(request, _("모두 반영했습니다."))
    return redirect("editing:tree", plan.year)
