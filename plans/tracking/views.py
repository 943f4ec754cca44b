"""Staff pages of a plan's periods: arranging them, following them, deciding in them."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking import actions
from plans.tracking.access import decidable_by, may_arrange, needs_reading
from plans.tracking.budget.queries import money_lines
from plans.tracking.figures import read_owners
from plans.tracking.forms import ApprovalForm, DaysForm, PeriodFilter, SetUpForm
from plans.tracking.listing import figures_for, parts_of, sums_of
from plans.tracking.models import ABOVE, Period
from plans.tracking.pages import (
    PAGE,
    period_in,
    read_figures,
    returning_form,
    texts_of,
    trail,
)
from plans.tracking.periods import change_days, drop_periods, open_period, set_up_periods
from plans.tracking.queries import counts_of, is_late, lines_of
from plans.tracking.updates.unsaved import unsaved_in
from plans.tree.access import plan_for, plans_for
from plans.tree.models import Plan

SOME_CHANGED = gettext_lazy(
    "그 사이에 바뀐 추진상황이 있어 하나도 승인하지 않았습니다. 다시 읽고 승인하세요."
)


@require_GET
@needs_reading
def latest(request: HttpRequest) -> HttpResponse:
    """Redirect to the periods of the newest published plan, or of the newest."""
    plan = Plan.objects.published().first() or plans_for(request.user).first()
    if plan is None:
        return show(request, "tracking/empty.html", current=PAGE, crumbs=[])
    return redirect("tracking:periods", plan.year)


@require_http_methods(["GET", "POST"])
@needs_reading
def periods(request: HttpRequest, year: int) -> HttpResponse:
    """List a plan's periods; on POST, set them up."""
    plan = plan_for(request.user, year)
    form = SetUpForm(posted(request))
    if request.method == "POST" and not may_arrange(request.user):
        raise PermissionDenied
    if form.is_valid():
        try:
            set_up_periods(plan=plan, kind=form.cleaned_data["kind"], by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("보고 기간을 만들었습니다. 날짜를 확인하세요."))
            return redirect("tracking:periods", year)
    request.district = plan.district
    rows = counts_of(plan)
    states = {one.state for one, _count in rows}
    return show(
        request,
        "tracking/periods.html",
        current=PAGE,
        plan=plan,
        years=list(plans_for(request.user).values_list("year", flat=True)),
        rows=[(one, count, bool(count and count.behind) and is_late(one)) for one, count in rows],
        form=form,
        may_arrange=may_arrange(request.user),
        may_drop=states == {Period.State.PLANNED},
        crumbs=[(_("추진상황"), "")],
    )


@require_POST
@needs_reading
def drop(request: HttpRequest, year: int) -> HttpResponse:
    """Delete a plan's periods, none of which was opened."""
    plan = plan_for(request.user, year)

    def act() -> None:
        drop_periods(plan=plan, by=request.user)

    act_and_say(request, act, _("보고 기간을 지웠습니다. 새로 만들 수 있습니다."))
    return redirect("tracking:periods", year)


@require_http_methods(["GET", "POST"])
@needs_reading
def days(request: HttpRequest, key: int) -> HttpResponse:
    """Change when departments begin to write, and by when they should be done."""
    shown, status = period_in(request, key), 200
    if not may_arrange(request.user):
        raise PermissionDenied
    form = DaysForm(posted(request), instance=copy(shown))
    if form.is_valid():
        version = form.cleaned_data["version"]
        given = {name: form.cleaned_data[name] for name in DaysForm.Meta.fields}
        try:
            change_days(period=shown, **given, version=version, by=request.user)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            shown, status = outdated.row, 409
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다."))
            return redirect("tracking:periods", shown.plan.year)
    return show(
        request,
        "tracking/days.html",
        current=PAGE,
        status=status,
        period=shown,
        form=form,
        crumbs=trail(shown, _("날짜 바꾸기")),
    )


@require_POST
@needs_reading
def open_now(request: HttpRequest, key: int) -> HttpResponse:
    """Let departments write now."""
    shown = period_in(request, key)

    def act() -> None:
        open_period(period=shown, by=request.user)

    act_and_say(request, act, _("열었습니다. 이제 부서가 추진상황을 씁니다."))
    return redirect("tracking:periods", shown.plan.year)


@require_GET
@needs_reading
def period(request: HttpRequest, key: int) -> HttpResponse:
    """Show a period's activities with their figures and updates, filtered by the address."""
    shown = period_in(request, key)
    figures = read_figures(request, shown)
    read_owners(figures)
    lines, late = lines_of(shown, figures), is_late(shown)
    form = PeriodFilter(request.GET, lines=lines, user=request.user, is_late=late)
    found = form.found()
    return show(
        request,
        "tracking/period.html",
        current=PAGE,
        period=shown,
        form=form,
        number=len(found),
        pillars=parts_of(shown, figures, lines, shown=found, user=request.user),
        sums=sums_of(lines),
        late=late,
        unsaved=[(one, one._meta.model_name) for one in unsaved_in(request.user, shown, lines)],
        may_arrange=may_arrange(request.user),
        to_decide=decidable_by(request.user).filter(period=shown).count(),
        crumbs=trail(shown),
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def waiting(request: HttpRequest, key: int) -> HttpResponse:
    """Show all that waits for the user's decision; on POST, approve what was chosen."""
    shown, status = period_in(request, key), 200
    form = ApprovalForm(posted(request))
    if form.is_valid():
        try:
            approved = actions.approve(seen=form.cleaned_data["seen"], by=request.user)
        except OutdatedError:
            form.add_error(None, str(SOME_CHANGED))
            status = 409
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(number)s건을 승인했습니다.") % {"number": len(approved)}
            messages.success(request, said)
            return redirect(shown)
    return show(
        request,
        "tracking/waiting.html",
        current=PAGE,
        status=status,
        period=shown,
        form=form,
        rows=rows_to_decide(request, shown, form),
        crumbs=trail(shown, _("승인하기")),
    )


def rows_to_decide(
    request: HttpRequest, period: Period, form: ApprovalForm
) -> list[dict[str, Any]]:
    """Return the updates that wait for the user, with texts, figures, money and forms."""
    figures = read_figures(request, period)
    activities = [one.activity for one in figures.of.values()]
    money = {one.activity.pk: one for one in money_lines(period, activities)}
    rows = decidable_by(request.user).filter(period=period).select_related(*ABOVE, "author")
    found = []
    for one in rows.order_by("submitted_at", "pk"):
        counted = figures_for(one.node, figures)
        row = {
            "update": one,
            "texts": texts_of(one),
            "figures": counted,
            "money": [money[figure.activity.pk] for figure in counted],
            "is_ticked": form.is_ticked(one),
            "returning": returning_form(one, many=True),
        }
        found.append(row)
    return found
