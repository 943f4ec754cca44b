"""Staff pages of closing a period: what is missing, closing, reopening, and what was frozen."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.office.models import User
from plans.tracking.access import may_arrange, period_for
from plans.tracking.closing import actions
from plans.tracking.closing.access import closing_for, reopening_for
from plans.tracking.closing.canonical import bytes_of
from plans.tracking.closing.forms import CloseForm, DecideForm, ReopenForm
from plans.tracking.closing.models import Closing, Reopening
from plans.tracking.closing.queries import (
    closings_of,
    gaps_of,
    obstacle_to,
    reopenings_of,
    until,
)
from plans.tracking.closing.reading import frozen_blockers, frozen_context
from plans.tracking.models import Period

PAGE = "tracking:latest"


@require_http_methods(["GET", "POST"])
@login_required
def closing(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a period lacks and its versions; on POST, close it."""
    period = period_for(request.user, key)
    if request.method == "GET":
        return show_closing(request, period)
    refuse_others(request.user)
    gaps = gaps_of(period) if period.is_open else []
    form = CloseForm(request.POST, version=period.version, gaps=gaps)
    if not form.is_valid():
        return show_closing(request, period, closing_form=form)
    read = {name: form.cleaned_data[name] for name in ("version", "seen")}

    def act() -> None:
        actions.close_period(period=period, by=request.user, **read)

    act_and_say(request, act, _("마감했습니다. 주민이 읽을 수 있습니다."))
    return redirect("closing:closing", key)


@require_GET
@login_required
def version(request: HttpRequest, key: int) -> HttpResponse:
    """Show a version of a closed period, as it was frozen."""
    shown = closing_for(request.user, key)
    period = shown.period
    standing = until(shown, closings_of(period.plan))
    return show(
        request,
        "tracking/closing/version.html",
        current=PAGE,
        closing=shown,
        plan=period.plan,
        blockers=frozen_blockers(shown),
        **frozen_context(standing),
        crumbs=closing_trail(period, (_("%(number)s판") % {"number": shown.version}, "")),
    )


@require_GET
@login_required
def staff_file(request: HttpRequest, key: int) -> HttpResponse:
    """Send what only the staff may read of a closed period: the bytes of its staff digest."""
    shown = closing_for(request.user, key)
    answer = HttpResponse(bytes_of(shown.staff_content), content_type="application/json")
    name = f"staff-{shown.period.plan.year}-{shown.period.number}-v{shown.version}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@login_required
def request_reopening(request: HttpRequest, key: int) -> HttpResponse:
    """Ask another person of 기획 to reopen a closed period."""
    shown = closing_for(request.user, key)
    refuse_others(request.user)
    form = ReopenForm(request.POST, action=request.path)
    if not form.is_valid():
        return show_closing(request, shown.period, reopening_form=form)
    asked = {"closing": shown, "reason": form.cleaned_data["reason"], "by": request.user}

    def act() -> None:
        actions.request_reopening(**asked)

    act_and_say(request, act, _("다시 열기를 요청했습니다. 기획의 다른 사람이 결정합니다."))
    return redirect("closing:closing", shown.period_id)


@require_POST
@login_required
def decide_reopening(request: HttpRequest, key: int) -> HttpResponse:
    """Reopen a period as another person asked, or leave it closed."""
    asked = reopening_for(request.user, key)
    refuse_others(request.user)
    form = DecideForm(request.POST, action=request.path)
    if not form.is_valid():
        return show_closing(request, asked.closing.period, decision_form=form)
    decided = {"request": asked, "is_approved": form.is_approved, "by": request.user}

    def act() -> None:
        actions.decide_reopening(**decided)

    said = _("다시 열었습니다. 고친 뒤에 다시 마감하세요.")
    act_and_say(request, act, said if form.is_approved else _("마감한 대로 두었습니다."))
    return redirect("closing:closing", asked.closing.period_id)


def show_closing(
    request: HttpRequest,
    period: Period,
    *,
    closing_form: CloseForm | None = None,
    reopening_form: ReopenForm | None = None,
    decision_form: DecideForm | None = None,
) -> HttpResponse:
    """Show a period's page, with the forms of those who may use them."""
    arranges = may_arrange(request.user)
    versions = list(period.closings.select_related("closed_by"))
    reopenings = reopenings_of(period)
    gaps = gaps_of(period) if period.is_open else []
    obstacle = obstacle_to(partial(actions.refuse_unclosable, period))
    forms: dict[str, CloseForm | ReopenForm | DecideForm | None] = {}
    if arranges and not obstacle:
        fresh = CloseForm(None, version=period.version, gaps=gaps)
        forms["closing_form"] = closing_form or fresh
    pending = next((one for one in reopenings if one.is_approved is None), None)
    if arranges and pending and pending.requested_by_id != request.user.pk:
        forms["decision_form"] = decision_form or decision_of(pending)
    last = versions[0] if versions and period.state == Period.State.CLOSED else None
    stays = obstacle_to(partial(actions.refuse_unreopenable, last)) if last else ""
    if arranges and last and not stays and not pending:
        forms["reopening_form"] = reopening_form or reopening_of(last)
    return show(
        request,
        "tracking/closing/closing.html",
        current=PAGE,
        period=period,
        plan=period.plan,
        gaps=gaps,
        obstacle=obstacle if period.is_open or not versions else "",
        versions=versions,
        reopenings=reopenings,
        pending=pending,
        stays=stays if arranges else "",
        form=closing_form or reopening_form or decision_form or next(iter(forms.values()), None),
        crumbs=closing_trail(period),
        **forms,
    )


def reopening_of(closing: Closing) -> ReopenForm:
    """Return an empty form to request the reopening of a closing."""
    return ReopenForm(None, action=reverse("closing:request_reopening", args=[closing.pk]))


def decision_of(request: Reopening) -> DecideForm:
    """Return a form to decide on a request."""
    return DecideForm(None, action=reverse("closing:decide_reopening", args=[request.pk]))


def closing_trail(period: Period, *below: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the breadcrumbs: the periods, the period, its closing, and what is below."""
    periods = reverse("tracking:periods", args=[period.plan.year])
    page = reverse("closing:closing", args=[period.pk])
    above = [(_("추진상황"), periods), (str(period), period.get_absolute_url())]
    return [*above, (_("마감"), page), *below]


def refuse_others(user: User) -> None:
    """Answer 403 to who may not close periods."""
    if not may_arrange(user):
        raise PermissionDenied
