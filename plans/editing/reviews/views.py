"""The page where a draft's initiative is reviewed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from plans.editing.pages import PAGE, plan_trail
from plans.editing.reviews import actions as reviews
from plans.editing.reviews.forms import ReviewForm
from plans.tree.access import node_for
from plans.tree.models import Initiative


def initiative_for(request: HttpRequest, year: int, key: int) -> Initiative:
    """Return an initiative of a draft, or answer 404: a published plan has no reviews."""
    initiative = node_for(request.user, year, "initiative", key)
    if initiative.plan.is_published:
        raise Http404(_("공개된 계획에는 검토가 없습니다."))
    return initiative


@require_http_methods(["GET", "POST"])
@login_required
def review(request: HttpRequest, year: int, key: int) -> HttpResponse:
    """Show an initiative with its activities to a reviewer, and save the decision."""
    initiative = initiative_for(request, year, key)
    form = ReviewForm(posted(request), seen=reviews.review_stamp(initiative))
    if form.is_valid():
        try:
            reviews.decide_review(
                initiative=initiative,
                approved=not form.returning,
                note=form.cleaned_data["note"],
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except RefusedError as refusal:
            note = form.cleaned_data["note"]
            form = ReviewForm(seen=reviews.review_stamp(initiative), note=note)
            messages.error(request, str(refusal))
        else:
            done = _("돌려보냈습니다.") if form.returning else _("검토를 마쳤습니다.")
            messages.success(request, done)
            return redirect("editing:review", year, key)
    latest = reviews.latest_review(initiative)
    activities = initiative.activities.in_force().select_related("department", "person")
    return show(
        request,
        "editing/review.html",
        current=PAGE,
        plan=initiative.plan,
        initiative=initiative,
        activities=list(activities.order_by("position")),
        review=latest,
        form=form if reviews.may_decide_review(request.user, latest, initiative) else None,
        may_request=reviews.may_request_review(request.user, latest, initiative),
        crumbs=[*plan_trail(initiative.plan, initiative), (_("검토"), "")],
    )


@require_POST
@login_required
def request_review(request: HttpRequest, year: int, key: int) -> HttpResponse:
    """Request a review of an initiative by another person."""
    initiative = initiative_for(request, year, key)
    try:
        reviews.request_review(initiative=initiative, by=request.user)
        messages.success(request, _("검토를 요청했습니다."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("editing:review", year, key)
