"""Staff pages to write amendments, to request approval and to decide."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.actions import discard_drafts
from gwonseon.office.menu import show
from gwonseon.office.models import User
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from plans.amendments import decide as deciding
from plans.amendments import propose as writing
from plans.amendments.access import amendment_for, readable
from plans.amendments.approvers import approvers_by, approvers_of
from plans.amendments.decide import OvertakenError, conflicts_of
from plans.amendments.forms import DecisionForm, RequestForm
from plans.amendments.models import Amendment
from plans.amendments.wording import Worded, worded
from plans.tree.models import Plan

PAGE = "editing:plans"
PER_PAGE = 20
APPLY = gettext_lazy("승인하고 반영")


@require_GET
@login_required
def amendments(request: HttpRequest, year: int) -> HttpResponse:
    """List a plan's amendments; those in writing are shown only to their author."""
    plan, rows = readable(request.user, year)
    rows = rows.exclude(state=Amendment.State.WRITING) | rows.filter(requested_by=request.user)
    page = numbered_page(request, rows.order_by("-pk"), PER_PAGE)
    name_approvers(request.user, plan, page.object_list)
    return show(
        request,
        "amendments/list.html",
        current=PAGE,
        plan=plan,
        page=page,
        crumbs=amendments_trail(plan),
    )


def name_approvers(user: User, plan: Plan, rows: list[Amendment]) -> None:
    """Set `approvers` on the amendments that wait for another person than the user.

    Makes no query if there are none, else 8 at most.
    """
    all_but_own = user.has_perm("plans.change_plan")
    waiting = [
        one
        for one in rows
        if one.state == Amendment.State.REQUESTED
        and not (all_but_own and one.requested_by_id != user.pk)
    ]
    prefetch_related_objects(waiting, "changes")
    found = approvers_by(plan, waiting)
    for one in waiting:
        if not found[one.pk].decides(user):
            one.approvers = found[one.pk]


@require_http_methods(["GET", "POST"])
@login_required
def amendment(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show an amendment; on POST, its author requests approval or another person decides."""
    shown = amendment_for(request.user, year, number)
    mine = shown.requested_by_id == request.user.pk and shown.is_open
    if request.method == "POST":
        if mine:
            return hand_in(request, shown)
        return decide(request, shown)
    form = RequestForm(instance=shown, user=request.user) if mine else None
    return show_amendment(request, shown, form)


def hand_in(request: HttpRequest, shown: Amendment) -> HttpResponse:
    """Request approval of the user's own amendment."""
    form = RequestForm(request.POST, instance=shown, user=request.user)
    if form.is_valid():
        try:
            writing.request_approval(amendment=shown, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            discard_drafts(user=request.user, places=form.places.values())
            messages.success(request, _("승인을 신청했습니다. 다른 사람이 결정하면 반영됩니다."))
            return redirect("amendments:amendment", shown.plan.year, shown.pk)
    return show_amendment(request, shown, form)


def decide(request: HttpRequest, shown: Amendment) -> HttpResponse:
    """Apply or return another person's amendment."""
    form = DecisionForm(request.POST.dict(), apply=APPLY)
    conflicts = []
    if form.is_valid():
        action = deciding.return_amendment if form.returning else deciding.apply_amendment
        seen = {} if form.returning else {"seen": form.cleaned_data["seen"]}
        try:
            decided = action(
                amendment=shown, note=form.cleaned_data["note"], by=request.user, **seen
            )
        except RefusedError as refusal:
            part = deciding.part_for(request.user, shown)
            form.data = form.data | {"seen": deciding.amendment_stamp(shown, part)}
            form.add_error(None, str(refusal))
            conflicts = refusal.conflicts if isinstance(refusal, OvertakenError) else []
        else:
            messages.success(request, done(form, decided != shown))
            return redirect("amendments:amendment", shown.plan.year, shown.pk)
    return show_amendment(request, shown, form, status=409 if conflicts else 200)


def done(form: DecisionForm, in_part: bool) -> str:
    """Return the message about the decision."""
    if form.returning:
        return _("돌려보냈습니다.")
    if in_part:
        return _("맡은 부분을 승인했고 계획에 반영했습니다. 나머지는 계속 승인을 기다립니다.")
    return _("승인했고 계획에 반영했습니다.")


def show_amendment(
    request: HttpRequest,
    shown: Amendment,
    form: RequestForm | DecisionForm | None,
    status: int = 200,
) -> HttpResponse:
    """Show an amendment's page: each value before, after, and now if that differs.

    A user who cannot decide on all of it sees who can.
    """
    waits = shown.state == Amendment.State.REQUESTED
    mine = shown.requested_by_id == request.user.pk
    # Take the stamp before reading the rows to show: a change in between is then not approved.
    part = deciding.part_for(request.user, shown) if waits else []
    if part:
        form = form or DecisionForm(apply=APPLY, seen=deciding.amendment_stamp(shown, part))
    conflicts = [] if shown.state == Amendment.State.APPLIED else conflicts_of(shown)
    rows: list[Worded] = worded(shown, conflicts)
    in_part = 0 < len(part) < len(rows)
    if in_part:
        form.offer_part(len(part))
    asks = (waits and len(part) < len(rows)) or (mine and shown.is_open and rows)
    return show(
        request,
        "amendments/amendment.html",
        current=PAGE,
        status=status,
        amendment=shown,
        plan=shown.plan,
        rows=rows,
        is_mixed=shown.is_open and len({row.is_first for row in rows}) > 1,
        part={row.pk for row in part} if in_part else None,
        approvers=approvers_of(shown) if asks else None,
        parts=list(shown.parts.order_by("pk")) if waits else [],
        overtaken=bool(conflicts),
        form=form,
        mine=mine,
        crumbs=[*amendments_trail(shown.plan), (_("변경 %(number)s") % {"number": shown.pk}, "")],
    )


@require_POST
@login_required
def take_back(request: HttpRequest, year: int, number: int, change: int) -> HttpResponse:
    """Delete a change from the user's own amendment."""
    shown = amendment_for(request.user, year, number)
    row = get_object_or_404(shown.changes.select_related("amendment"), pk=change)
    return act(request, shown, lambda: writing.take_back(change=row, by=request.user))


@require_POST
@login_required
def withdraw(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Withdraw the user's own amendment."""
    shown = amendment_for(request.user, year, number)
    return act(request, shown, lambda: writing.withdraw(amendment=shown, by=request.user))


@require_POST
@login_required
def rebase(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Update the user's own amendment to the plan's present values."""
    shown = amendment_for(request.user, year, number)
    return act(request, shown, lambda: deciding.rebase(amendment=shown, by=request.user))


def act(request: HttpRequest, shown: Amendment, action: object) -> HttpResponse:
    """Run an action on an amendment; redirect to its page with the result or the refusal."""
    if shown.requested_by_id != request.user.pk:
        raise PermissionDenied
    try:
        action()
        messages.success(request, _("저장했습니다."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("amendments:amendment", shown.plan.year, shown.pk)


def amendments_trail(plan: Plan) -> list[tuple[str, str]]:
    """Return the breadcrumbs to a plan's amendments."""
    return [
        (_("계획"), reverse("editing:plans")),
        (str(plan), reverse("editing:tree", args=[plan.year])),
        (_("변경"), reverse("amendments:amendments", args=[plan.year])),
    ]
