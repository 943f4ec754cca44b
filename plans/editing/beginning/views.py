"""Staff pages that create a plan and edit its vision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gwonseon.krds.forms import posted
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from plans.editing.beginning.actions import OutdatedVisionError, begin_plan, save_vision
from plans.editing.beginning.forms import BeginForm, VisionForm
from plans.editing.nodes.differences import NodeDifference
from plans.editing.pages import PAGE, plan_trail
from plans.tree.access import plan_for
from plans.tree.models import Plan


@require_http_methods(["GET", "POST"])
@login_required
def plan_add(request: HttpRequest) -> HttpResponse:
    """Create an empty draft for a year."""
    if not request.user.has_perm("plans.change_plan"):
        raise PermissionDenied
    form = BeginForm(posted(request))
    if form.is_valid():
        try:
            plan = begin_plan(**form.cleaned_data, by=request.user)
        except RefusedError as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, _("새 계획을 시작했습니다. 축부터 추가하세요."))
            return redirect("editing:tree", plan.year)
    crumbs = [*plan_trail(), (_("새 계획"), "")]
    return show(request, "editing/plan_add.html", current=PAGE, form=form, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
@login_required
def vision(request: HttpRequest, year: int) -> HttpResponse:
    """Show and save a draft's vision."""
    plan = plan_for(request.user, year)
    if not request.user.has_perm("plans.change_plan") or plan.is_published:
        raise PermissionDenied
    form = VisionForm(posted(request), plan=plan)
    if not form.is_valid():
        return show_vision(request, plan, form)
    try:
        save_vision(plan=plan, **form.cleaned_data, by=request.user)
    except OutdatedVisionError as outdated:
        label = str(form.fields["vision"].label)
        found = [NodeDifference(label, outdated.plan.vision, form.cleaned_data["vision"])]
        form.data = form.data.copy()
        form.data["seen"] = outdated.plan.vision
        form.add_error("vision", str(outdated))
        return show_vision(request, plan, form, found, status=409)
    except RefusedError as refusal:
        form.add_error("vision", str(refusal))
        return show_vision(request, plan, form)
    messages.success(request, _("저장했습니다."))
    return redirect("editing:tree", year)


def show_vision(
    request: HttpRequest,
    plan: Plan,
    form: VisionForm,
    differences: list[NodeDifference] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form for a draft's vision."""
    return show(
        request,
        "editing/vision.html",
        current=PAGE,
        status=status,
        plan=plan,
        form=form,
        differences=differences,
        crumbs=[*plan_trail(plan), (_("비전"), "")],
    )
