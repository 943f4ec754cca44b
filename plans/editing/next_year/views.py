"""The page that copies a plan to another year."""

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
from plans.editing.next_year.actions import copy_plan
from plans.editing.next_year.forms import NextYearForm
from plans.editing.pages import PAGE, plan_trail
from plans.tree.access import (
    plan_for,
)
from plans.tree.queries import read_tree


@require_http_methods(["GET", "POST"])
@login_required
def next_year(request: HttpRequest, year: int) -> HttpResponse:
    """Copy a plan to another year as a draft."""
    plan = plan_for(request.user, year)
    if not request.user.has_perm("plans.change_plan"):
        raise PermissionDenied
    form = NextYearForm(posted(request), tree=read_tree(plan))
    if form.is_valid():
        chosen = {int(key) for key in form.cleaned_data["initiatives"]}
        try:
            copied = copy_plan(
                plan=plan,
                year=form.cleaned_data["year"],
                initiatives=chosen,
                facts=form.cleaned_data["facts"],
                by=request.user,
            )
        except RefusedError as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, _("새 계획을 만들었습니다. 목표와 기간을 적어 주세요."))
            return redirect("editing:tree", copied.year)
    return show(
        request,
        "editing/next_year.html",
        current=PAGE,
        plan=plan,
        form=form,
        crumbs=[*plan_trail(plan), (_("내년 계획 만들기"), "")],
    )
