"""Staff pages of risks: a plan's risks in a grid and a list, one of them, and its reviews."""

from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.menu import show
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, same
from plans.ledger.access import activity_for
from plans.tracking.access import may_write, needs_reading
from plans.tracking.actions import CLOSED as NOT_OPEN
from plans.tracking.models import Period
from plans.tracking.pages import PAGE, period_in, saved_already
from plans.tracking.risks.access import may_change, may_review, risk_for_staff
from plans.tracking.risks.actions import CLOSED, add_risk, change_risk, close_risk, review_risk
from plans.tracking.risks.forms import RiskClosingForm, RiskFilter, RiskForm, RiskReviewForm
from plans.tracking.risks.models import Likelihood, Risk, RiskReview
from plans.tracking.risks.queries import (
    grade_of,
    grid_of,
    open_periods,
    reviews_of,
    risks_of,
    tone_of,
    unreviewed,
)
from plans.tree.access import plan_for, plans_for
from plans.tree.models import Plan

PER_PAGE = 30


@require_GET
@needs_reading
def latest(request: HttpRequest) -> HttpResponse:
    """Redirect to the risks of the newest published plan, or of the newest."""
    plan = Plan.objects.published().first() or plans_for(request.user).first()
    return redirect("risks:risks", plan.year) if plan else redirect(PAGE)


@require_GET
@needs_reading
def risks(request: HttpRequest, year: int) -> HttpResponse:
    """Show a plan's risks in a grid of likelihood and impact, and list those of the filter."""
    plan = plan_for(request.user, year)
    request.district = plan.district
    period = next(iter(open_periods(plan.pk)), None)
    waiting = set(unreviewed(period).values_list("pk", flat=True)) if period else None
    form = RiskFilter(request.GET, risks=risks_of(plan), unreviewed=waiting, user=request.user)
    found = [(one, grade_of(one.likelihood, one.impact)) for one in form.found()]
    query = request.GET.copy()
    query.pop("page", None)
    return show(
        request,
        "tracking/risks/risks.html",
        current=PAGE,
        plan=plan,
        period=period,
        form=form,
        likelihoods=Likelihood.labels,
        grid=linked(request, form),
        page=numbered_page(request, found, PER_PAGE),
        query=query.urlencode(),
        crumbs=[*above(plan)[:1], (_("위험"), "")],
    )


def linked(request: HttpRequest, form: RiskFilter) -> list[tuple[str, list[tuple[object, str]]]]:
    """Return the rows of the grid: the impact's label, and each cell with its query string."""

    def query_of(likelihood: int, impact: int) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query["likelihood"], query["impact"] = str(likelihood), str(impact)
        return query.urlencode()

    return [
        (impact.label, [(one, query_of(one.likelihood, one.impact)) for one in cells])
        for impact, cells in grid_of(form.in_grid())
    ]


@require_http_methods(["GET", "POST"])
@needs_reading
def risk_add(request: HttpRequest, key: int) -> HttpResponse:
    """Add a risk of an activity."""
    activity = activity_for(request.user, key)
    if not may_write(request.user, activity):
        raise PermissionDenied
    new = Risk(activity=activity, raised_by=request.user)
    form = RiskForm(posted(request), instance=new)
    if form.is_valid():
        token = form.cleaned_data["token"]
        try:
            saved = add_risk(activity=activity, values=form.values(), token=token, by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("적었습니다. 닫을 때까지 기간마다 검토합니다."))
            return redirect(saved)
    return show_risk(request, new, form=form)


@require_http_methods(["GET", "POST"])
@needs_reading
def risk(request: HttpRequest, key: int) -> HttpResponse:
    """Show a risk with its reviews; on POST, change it."""
    shown = risk_for_staff(key)
    may = may_change(request.user, shown)
    if request.method == "POST" and not may:
        raise PermissionDenied
    form, status = RiskForm(posted(request), instance=copy(shown)), HTTPStatus.OK
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_risk(risk=shown, values=form.values(), version=version, by=request.user)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            if same(form.sides):
                return saved_already(request, shown)
            shown, status = outdated.row, HTTPStatus.CONFLICT
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다."))
            return redirect(shown)
    return show_risk(request, shown, form=form if may else None, status=status)


@require_POST
@needs_reading
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Write that a risk need not be watched any more."""
    shown, status = risk_for_staff(key), HTTPStatus.OK
    if not may_change(request.user, shown):
        raise PermissionDenied
    form = RiskClosingForm(request.POST)
    if form.is_valid():
        try:
            close_risk(risk=shown, by=request.user, **form.cleaned_data)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            shown, status = outdated.row, HTTPStatus.CONFLICT
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("위험을 닫았습니다."))
            return redirect(shown)
    return show_risk(request, shown, closing=form, status=status)


def show_risk(
    request: HttpRequest,
    shown: Risk,
    *,
    form: RiskForm | None = None,
    closing: RiskClosingForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show a risk that may be new, with the forms of those who may use them."""
    user, plan, is_saved = request.user, shown.activity.plan, bool(shown.pk)
    request.district = plan.district
    is_open, changes = not shown.closed_on, may_change(user, shown)
    if is_saved and is_open and changes:
        seen = {"version": shown.version, "day": timezone.localdate()}
        closing = closing or RiskClosingForm(initial=seen)
        closing.helper.form_action = reverse("risks:close", args=[shown.pk])
        form = form or RiskForm(instance=copy(shown))
        form.helper.form_action = shown.get_absolute_url()
    reviews = is_saved and is_open and may_review(user, shown)
    title = shown.title if is_saved else _("위험 적기")
    return show(
        request,
        "tracking/risks/risk.html",
        current=PAGE,
        status=status,
        title=title,
        risk=shown,
        grade=grade_of(shown.likelihood, shown.impact) if is_saved else "",
        tone=tone_of(shown.likelihood, shown.impact) if is_saved else "",
        reviews=reviews_of(shown) if is_saved else [],
        periods=open_periods(plan.pk) if reviews else [],
        form=form if is_open else None,
        closing=closing if is_open else None,
        crumbs=[*above(plan), (title, "")],
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def review(request: HttpRequest, key: int, period: int) -> HttpResponse:
    """Write what the user thinks of a risk in a period."""
    shown, within = risk_for_staff(key), period_in(request, period)
    if shown.activity.plan_id != within.plan_id:
        raise Http404(_("이 계획의 위험이 아닙니다."))
    if not may_review(request.user, shown):
        raise PermissionDenied
    if request.method == "GET" and (said := reason_not_to_review(shown, within)):
        messages.info(request, said)
        return redirect(shown)
    written = RiskReview.objects.filter(risk=shown, period=within).first()
    new = written or RiskReview(risk=shown, period=within)
    form = RiskReviewForm(posted(request), review=copy(new), risk=shown)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            review_risk(
                risk=shown, period=within, values=form.values(), version=version, by=request.user
            )
        except OutdatedError as outdated:
            return show_meanwhile(request, outdated, within, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("검토를 저장했습니다."))
            return redirect(shown)
    return show_review(request, shown, within, form)


def show_meanwhile(
    request: HttpRequest, outdated: OutdatedError, period: Period, form: RiskReviewForm
) -> HttpResponse:
    """Show the risk as another person left it, with what was typed, unless that is the same."""
    form.show_outdated(outdated)
    if same(form.sides):
        return saved_already(request, outdated.row)
    return show_review(request, outdated.row, period, form, status=HTTPStatus.CONFLICT)


def show_review(
    request: HttpRequest,
    risk: Risk,
    period: Period,
    form: RiskReviewForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show the form of a review beside the risk and its earlier reviews."""
    crumbs = [*above(risk.activity.plan), (risk.title, risk.get_absolute_url())]
    return show(
        request,
        "tracking/risks/review.html",
        current=PAGE,
        status=status,
        risk=risk,
        grade=grade_of(risk.likelihood, risk.impact),
        tone=tone_of(risk.likelihood, risk.impact),
        period=period,
        form=form,
        reviews=reviews_of(risk),
        crumbs=[*crumbs, (_("%(period)s 검토") % {"period": period.name}, "")],
    )


def reason_not_to_review(risk: Risk, period: Period) -> str:
    """Return why nobody can review a risk now; "" where one can."""
    if risk.closed_on:
        return CLOSED
    return "" if period.is_open else NOT_OPEN


def above(plan: Plan) -> list[tuple[str, str]]:
    """Return the breadcrumbs above a risk's page."""
    periods = reverse("tracking:periods", args=[plan.year])
    return [(_("추진상황"), periods), (_("위험"), reverse("risks:risks", args=[plan.year]))]
