"""The page that publishes a draft."""

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
from plans.editing.pages import PAGE, plan_trail
from plans.editing.publishing import actions as publishing
from plans.editing.publishing.actions import gaps_of
from plans.editing.publishing.forms import PublishForm
from plans.tree.access import (
    plan_for,
)
from plans.tree.queries import read_tree


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """Show what a draft still lacks, ask for confirmation, and publish it."""
    plan = plan_for(request.user, year)
    if not request.user.has_perm("plans.publish_plan"):
        raise PermissionDenied
    if plan.is_published:
        messages.info(request, _("이미 공개된 계획입니다."))
        return redirect("editing:tree", year)
    gaps = gaps_of(read_tree(plan))
    form = PublishForm(posted(request), gaps=gaps)
    if form.is_valid():
        try:
            publishing.publish(plan=plan, seen=form.cleaned_data["seen"], by=request.user)
        except RefusedError as refusal:
            gaps = gaps_of(read_tree(plan))
            form = PublishForm(None, gaps=gaps)
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("공개했습니다. 이제부터 약속은 변경 절차로만 바뀝니다."))
            return redirect("editing:tree", year)
    crumbs = [*plan_trail(plan), (_("공개"), "")]
    return show(
        request,
        "editing/publish.html",
        current=PAGE,
        plan=plan,
        gaps=gaps,
        form=form,
        crumbs=crumbs,
    )
