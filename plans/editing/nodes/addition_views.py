"""Pages of a node that an open amendment adds: edit it, and add another node below it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gwonseon.krds.forms import posted
from gwonseon.office.actions import discard_drafts
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from plans.amendments.models import Change
from plans.editing.nodes import additions
from plans.editing.nodes.forms import FORMS, NodeForm
from plans.editing.nodes.listing import BELOW
from plans.editing.pages import PAGE, plan_trail
from plans.tree.access import LEVELS, plan_for


def addition_for(request: HttpRequest, year: int, number: int) -> Change:
    """Return an addition in an open amendment of the user, or answer 404."""
    plan_for(request.user, year)
    change = additions.addition_of(request.user, year, number)
    if change is None:
        raise Http404(_("그런 변경이 없습니다."))
    return change


@require_http_methods(["GET", "POST"])
@login_required
def addition(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Edit the node that an amendment adds."""
    change = addition_for(request, year, number)
    form = FORMS[LEVELS[change.level]](
        posted(request),
        instance=additions.planned(change),
        initial=additions.links_of(change),
        user=request.user,
        place=f"addition:{change.pk}:text",
        submit=_("변경안에 적기"),
    )
    return write_and_show(request, change, form, change.level, additions.write_addition)


@require_http_methods(["GET", "POST"])
@login_required
def addition_add(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Add another new node below the one that an amendment adds."""
    change = addition_for(request, year, number)
    level = BELOW.get(change.level)
    if level is None:
        raise Http404(_("활동 아래에는 더 추가할 수 없습니다."))
    form = FORMS[LEVELS[level]](
        posted(request),
        instance=LEVELS[level](plan=change.amendment.plan),
        user=request.user,
        place=f"addition:below-{change.pk}:text",
        submit=_("변경안에 적기"),
    )
    return write_and_show(request, change, form, level, additions.add_below)


def write_and_show(
    request: HttpRequest, change: Change, form: NodeForm, level: str, action: Callable[..., None]
) -> HttpResponse:
    """Show the form, or save the input with the action and redirect to the amendment."""
    plan = change.amendment.plan
    if form.is_valid():
        try:
            action(change=change, values=form.values(), by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            discard_drafts(user=request.user, places=[form.place])
            messages.success(request, _("변경안에 적었습니다."))
            return redirect("amendments:amendment", plan.year, change.amendment_id)
    planned = additions.planned(change)
    return show(
        request,
        "editing/add.html",
        current=PAGE,
        form=form,
        plan=plan,
        parent=additions.parent_of(planned) if level == change.level else planned,
        level_name=LEVELS[level]._meta.verbose_name,
        crumbs=[*plan_trail(plan), (_("변경안의 추가"), "")],
    )
