"""The access log and its monthly review, for administrators."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.access_log.actions import review_month
from gwonseon.office.access_log.forms import AccessFilter, MonthReviewForm
from gwonseon.office.access_log.months import has_begun, is_over
from gwonseon.office.access_log.queries import downloads_of, figures_of, log_months, page_of
from gwonseon.office.menu import show
from gwonseon.office.models import AccessReview, PersonalAccess
from gwonseon.office.people.access import needs
from gwonseon.refusals import RefusedError

PAGE = "office:access_log"


@require_GET
@needs("office.view_personalaccess")
def access_log(request: HttpRequest) -> HttpResponse:
    """List who saw whose personal data, newest first; without a filter, also months' reviews."""
    form = AccessFilter(request.GET)
    page = page_of(form.found(), form.cleaned_data.get("before"), form.cleaned_data.get("after"))
    return show(
        request,
        "office/access_log/access_log.html",
        current=PAGE,
        form=form,
        page=page,
        months=None if request.GET else log_months(),
        query=urlencode(form.asked_for),
    )


@require_http_methods(["GET", "POST"])
@needs("office.view_personalaccess")
def access_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show the figures of a month of the log; on POST, record its review."""
    shown = month_or_404(year, month)
    form = MonthReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            review_month(month=shown, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("점검한 것으로 적었습니다."))
            return redirect(PAGE)
    review = AccessReview.objects.filter(month=shown).select_related("reviewed_by").first()
    figures = figures_of(shown, request.user)
    return show(
        request,
        "office/access_log/access_month.html",
        current=PAGE,
        month=shown,
        review=review,
        form=form if form.is_bound or (is_over(shown) and not review) else None,
        acts=PersonalAccess.What.labels,
        figures=figures,
        own=next((one for one in figures if one.person == request.user), None),
        downloads=downloads_of(shown),
        crumbs=[(_("접속기록"), reverse(PAGE)), (date_format(shown, "Y년 n월"), "")],
    )


def month_or_404(year: int, month: int) -> date:
    """Return a month as its first day; raise Http404 if it has not begun or is too early."""
    try:
        shown = date(year, month, 1)
    except (ValueError, OverflowError):
        shown = date.min
    if not has_begun(shown):
        raise Http404(_("그런 달이 없습니다."))
    return shown
