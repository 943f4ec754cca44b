"""Staff pages of what is contracted and spent: a period's activities, and one of them."""

from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.krds.forms import posted
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, same
from plans.tracking.access import may_write, needs_reading
from plans.tracking.actions import CLOSED
from plans.tracking.budget.access import activity_of, may_report
from plans.tracking.budget.actions import report_spending
from plans.tracking.budget.forms import BudgetFilter, SpendingForm
from plans.tracking.budget.models import Spending
from plans.tracking.budget.queries import (
    MoneyLine,
    budget_lines,
    earlier_versions,
    money_lines,
    reports_of,
    sum_of,
    sums_by_department,
)
from plans.tracking.models import Period
from plans.tracking.pages import PAGE, period_in, saved_already, trail
from plans.tree.models import Activity


@require_GET
@needs_reading
def period(request: HttpRequest, key: int) -> HttpResponse:
    """Show what was contracted and spent in a period, filtered by the address."""
    shown = period_in(request, key)
    form = BudgetFilter(request.GET, lines=budget_lines(shown), user=request.user)
    found = form.found()
    return show(
        request,
        "tracking/budget/period.html",
        current=PAGE,
        period=shown,
        form=form,
        lines=found,
        whole=sum_of(found),
        sums=sums_by_department(found),
        crumbs=trail(shown, _("예산")),
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def spending(request: HttpRequest, key: int, node: int) -> HttpResponse:
    """Show an activity's sums in a period; on POST, save them."""
    shown = period_in(request, key)
    activity = activity_of(request.user, shown, node)
    may = may_write(request.user, activity)
    if request.method == "POST" and not may:
        raise PermissionDenied
    (line,) = money_lines(shown, [activity])
    saved = line.spending
    form = SpendingForm(
        posted(request),
        instance=copy(saved) if saved else Spending(period=shown, activity=activity),
    )
    if form.is_valid():
        try:
            saved = report_spending(
                period=shown, activity=activity, **form.values(), by=request.user
            )
        except OutdatedError as outdated:
            return show_both(request, MoneyLine(activity, outdated.row, line.before), shown, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return after_saving(request, MoneyLine(activity, saved, line.before), shown)
    return show_spending(request, line, shown, form)


def after_saving(request: HttpRequest, line: MoneyLine, period: Period) -> HttpResponse:
    """Lead to the activity's page, and say what looks wrong about the sums."""
    messages.success(request, _("저장했습니다."))
    if line.warnings:
        said = _("금액을 확인해 주세요: %(warnings)s.") % {"warnings": ", ".join(line.warnings)}
        messages.warning(request, said)
    return redirect(address_of(period, line.activity))


def show_both(
    request: HttpRequest, line: MoneyLine, period: Period, form: SpendingForm
) -> HttpResponse:
    """Show what is saved beside what was typed, which stays in the form to be saved over it."""
    form.show_outdated(OutdatedError(line.spending))
    if same(form.sides):
        return saved_already(request, address_of(period, line.activity))
    return show_spending(request, line, period, form, status=HTTPStatus.CONFLICT)


def show_spending(
    request: HttpRequest,
    line: MoneyLine,
    period: Period,
    form: SpendingForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show an activity's sums, with the form for who may report them, or who has sent it."""
    activity, user = line.activity, request.user
    crumbs = trail(period, activity.shown_title)
    crumbs.insert(-1, (_("예산"), reverse("budget:period", args=[period.pk])))
    return show(
        request,
        "tracking/budget/spending.html",
        current=PAGE,
        status=status,
        period=period,
        activity=activity,
        line=line,
        form=form if form.is_bound or may_report(user, period, activity) else None,
        may_write=may_write(user, activity),
        closed="" if period.is_open else CLOSED,
        reports=reports_of(activity),
        versions=earlier_versions(line.spending) if line.spending else [],
        crumbs=crumbs,
    )


def address_of(period: Period, activity: Activity) -> str:
    """Return the address of an activity's page in a period."""
    return reverse("budget:spending", args=[period.pk, activity.pk])
