"""The staff's page of a year's messages: what they cost, and the budget."""

from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from civic.notices.access import may_budget, needs_reading
from civic.notices.budget.actions import set_budget
from civic.notices.budget.forms import BudgetForm
from civic.notices.budget.queries import NoticeSpending, has_page, spent, unpriced_in_words, years
from civic.notices.models import Budget
from civic.notices.queries import this_year
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError

PAGE = "notices:notices"


@require_GET
@needs_reading
def latest(request: HttpRequest) -> HttpResponse:
    """Show this year's budget."""
    return show_budget(request, spent(this_year()))


@require_http_methods(["GET", "POST"])
@needs_reading
def budget(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's budget; on POST, set it if the user may."""
    if not has_page(year):
        raise Http404(_("그 해의 문자 예산은 없습니다."))
    if request.method == "POST" and not may_budget(request.user):
        raise PermissionDenied
    spending = spent(year)
    form = form_of(spending, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            set_budget(year=year, values=form.values(), version=version, by=request.user)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            return show_budget(request, spent(year), form, status=HTTPStatus.CONFLICT)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다. 이미 승인한 안내의 값은 그대로입니다."))
            return redirect("notices_budget:budget", year)
    return show_budget(request, spending, form)


def form_of(spending: NoticeSpending, data: dict | None = None) -> BudgetForm:
    """Return the form of a year's budget, which may not be set yet."""
    return BudgetForm(data, instance=copy(spending.budget) or Budget(year=spending.year))


def show_budget(
    request: HttpRequest,
    spending: NoticeSpending,
    form: BudgetForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a year's sums, with the form for whoever may set the budget."""
    return show(
        request,
        "civic/notices/budget/budget.html",
        current=PAGE,
        status=status,
        spending=spending,
        unpriced=unpriced_in_words(spending.committed.unpriced),
        years=years(),
        form=(form or form_of(spending)) if may_budget(request.user) else None,
        crumbs=[(_("문자 안내"), reverse(PAGE)), (_("문자 예산"), "")],
    )
