"""Staff pages of a plan's progress, and to put an activity on hold and resume it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from plans.ledger.access import activity_for, may_record
from plans.progress.actions import hold_activity, resume_activity
from plans.progress.forms import DayForm, HoldForm, ResumeForm
from plans.progress.models import Hold
from plans.progress.queries import progress_of
from plans.tree.models import Activity, Plan

PAGE = "progress:latest"


@require_GET
@login_required
def latest(request: HttpRequest) -> HttpResponse:
    """Redirect to the progress of the newest published plan."""
    plan = Plan.objects.published().first()
    if plan is None:
        return show(request, "progress/empty.html", current=PAGE, crumbs=[])
    return redirect("progress:progress", plan.year)


@require_GET
@login_required
def progress(request: HttpRequest, year: int) -> HttpResponse:
    """Show a published plan's progress, with personal numbers of the user's own department."""
    plan = Plan.objects.published().filter(year=year).first()
    if plan is None:
        raise Http404(_("공개된 계획이 없습니다."))
    form = DayForm(request.GET or None, plan=plan)
    own = request.user.department_id if request.user.has_perm("plans.view_draft") else None
    return show(
        request,
        "progress/progress.html",
        current=PAGE,
        plan=plan,
        form=form,
        progress=progress_of(plan, form.day, open_to=own),
        crumbs=[(_("진행"), "")],
    )


@require_http_methods(["GET", "POST"])
@login_required
def hold(request: HttpRequest, key: int) -> HttpResponse:
    """Show an activity's holds; on POST, put it on hold."""
    activity = activity_to_hold(request, key)
    form = HoldForm(request.POST or None, plan=activity.plan)
    if form.is_valid():
        try:
            hold_activity(activity=activity, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("보류했습니다. 다시 시작할 때까지 「보류」로 보입니다."))
            return redirect("progress:hold", key)
    return show_hold(request, activity, form)


@require_POST
@login_required
def resume(request: HttpRequest, key: int) -> HttpResponse:
    """Resume an activity that is on hold."""
    activity = activity_to_hold(request, key)
    form = ResumeForm(request.POST, plan=activity.plan, action=request.path)
    if form.is_valid():
        try:
            resume_activity(activity=activity, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("다시 시작했습니다."))
            return redirect("progress:hold", key)
    return show_hold(request, activity, form)


def show_hold(
    request: HttpRequest, activity: Activity, form: HoldForm | ResumeForm
) -> HttpResponse:
    """Show the page to put an activity on hold or resume it, with its past holds."""
    holds = list(Hold.objects.filter(activity=activity).select_related("set_by", "ended_by"))
    holding = next((one for one in holds if one.ends_on is None), None)
    if holding and isinstance(form, HoldForm) and not form.is_bound:
        resume_url = reverse("progress:resume", args=[activity.pk])
        form = ResumeForm(plan=activity.plan, action=resume_url)
    crumbs = [(_("진행"), reverse("progress:progress", args=[activity.plan.year]))]
    return show(
        request,
        "progress/hold.html",
        current=PAGE,
        activity=activity,
        form=form,
        holding=holding,
        past=[one for one in holds if one.ends_on],
        crumbs=[*crumbs, (activity.shown_title, "")],
    )


def activity_to_hold(request: HttpRequest, key: int) -> Activity:
    """Return an activity that the user may put on hold.

    Raises Http404 if the user may not see it, PermissionDenied if they may not record work for it.
    """
    activity = activity_for(request.user, key)
    if not may_record(request.user, activity):
        raise PermissionDenied
    return activity
