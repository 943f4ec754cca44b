"""The staff's page of an activity's milestones."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import same
from plans.ledger.access import activity_for
from plans.tracking.access import may_write
from plans.tracking.milestones.actions import ChangedMeanwhileError, set_milestones
from plans.tracking.milestones.forms import LinesFormSet
from plans.tracking.milestones.queries import Schedule, schedule_of
from plans.tracking.pages import saved_already
from plans.tree.models import Activity

PAGE = "progress:latest"


@require_http_methods(["GET", "POST"])
@login_required
def milestones(request: HttpRequest, key: int) -> HttpResponse:
    """Show an activity's milestones; on POST, save all of them."""
    activity = activity_for(request.user, key)
    may = may_write(request.user, activity)
    if request.method == "POST" and not may:
        raise PermissionDenied
    schedule = schedule_of(activity, timezone.localdate())
    lines = LinesFormSet(request.POST or None, present=schedule.milestones)
    status = HTTPStatus.OK
    if request.method == "POST" and lines.is_valid():
        try:
            set_milestones(
                activity=activity, milestones=lines.milestones(), seen=lines.seen, by=request.user
            )
        except ChangedMeanwhileError as error:
            lines.show_outdated(error.milestones)
            if same(lines.sides):
                return saved_already(request, request.path)
            messages.error(request, str(error))
            status = HTTPStatus.CONFLICT
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("추진일정을 저장했습니다."))
            return redirect("milestones:milestones", key)
    return show_milestones(request, activity, schedule, lines if may else None, status)


def show_milestones(
    request: HttpRequest,
    activity: Activity,
    schedule: Schedule,
    lines: LinesFormSet | None,
    status: HTTPStatus,
) -> HttpResponse:
    """Show the milestones, with the forms of those who may change them."""
    crumbs = [(_("진행"), reverse("progress:progress", args=[activity.plan.year]))]
    return show(
        request,
        "tracking/milestones/milestones.html",
        current=PAGE,
        status=status,
        activity=activity,
        schedule=schedule,
        lines=lines,
        crumbs=[*crumbs, (activity.shown_title, "")],
    )
