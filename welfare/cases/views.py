"""Staff pages of the department's cases. Every view of a case is written to the access log."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gwonseon.office.access_log.actions import log_access
from gwonseon.office.menu import show
from gwonseon.office.models import PersonalAccess
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from plans.ledger.personal import subject_name
from welfare.cases.access import case_for, cases_for, may_write
from welfare.cases.actions import SENT_TWICE, CaseSentTwiceError, move_case, open_case
from welfare.cases.forms import OpeningForm, StateForm
from welfare.models import SupportCase

PAGE = "ledger:records"
PER_PAGE = 30
What = PersonalAccess.What
WAS_OPENED = gettext_lazy(
    "이미 시작되어 있는 사례라 또 시작하지 않았습니다. 다른 가구의 사례면 「사례」 화면을 새로 "
    "열어 시작하세요."
)


@require_http_methods(["GET", "POST"])
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """List the department's cases, and open a case."""
    if not request.user.has_perm("plans.view_draft"):
        raise PermissionDenied
    form = OpeningForm(request.POST or None, user=request.user)
    if form.is_valid() and (opened := open_from(request, form)):
        return redirect("cases:case", opened.pk)
    page = numbered_page(request, cases_for(request.user), PER_PAGE)
    log_access(request=request, what=What.SEARCH, subjects=map(subject_name, page))
    return show(
        request,
        "welfare/cases.html",
        current=PAGE,
        page=page,
        form=form if may_write(request.user) else None,
        crumbs=[(_("실적"), reverse("ledger:records")), (_("사례"), "")],
    )


def open_from(request: HttpRequest, form: OpeningForm) -> SupportCase | None:
    """Return the case that the form opened, now or before; None where the form has an error."""
    try:
        with transaction.atomic():
            opened = open_case(by=request.user, **form.cleaned_data)
            if not opened.was_there:
                log_access(request=request, what=What.ADD, subjects=[subject_name(opened)])
    except CaseSentTwiceError as refusal:
        form.renew()
        form.add_error(None, sent_twice(request, refusal))
        return None
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return None
    if opened.was_there:
        messages.info(request, WAS_OPENED)
    else:
        messages.success(request, _("사례 %(case)s을(를) 시작했습니다.") % {"case": opened})
    return opened


def sent_twice(request: HttpRequest, refusal: CaseSentTwiceError) -> str:
    """Return the message for a form that already opened another case, with a link to it."""
    if refusal.case is None:
        return str(refusal)
    log_access(request=request, what=What.VIEW, subjects=[subject_name(refusal.case)])
    address = reverse("cases:case", args=[refusal.case.pk])
    return format_html(SENT_TWICE, format_html('<a href="{}">{}</a>', address, refusal.case))


@require_http_methods(["GET", "POST"])
@login_required
def case(request: HttpRequest, key: int) -> HttpResponse:
    """Show a case with its contacts, and change its state."""
    shown = case_for(request.user, key)
    if request.method == "POST" and not may_write(request.user):
        raise PermissionDenied
    form = StateForm(request.POST or None, case=shown)
    if form.is_valid():
        try:
            with transaction.atomic():
                move_case(case=shown, by=request.user, **form.cleaned_data)
                log_access(request=request, what=What.CHANGE, subjects=[subject_name(shown)])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다."))
            return redirect("cases:case", key)
    log_access(request=request, what=What.VIEW, subjects=[subject_name(shown)])
    contacts = shown.contacts.select_related("record__correction")
    return show(
        request,
        "welfare/case.html",
        current=PAGE,
        case=shown,
        contacts=list(contacts.order_by("-record__happened_on", "-pk")),
        form=form if may_write(request.user) else None,
        crumbs=[
            (_("실적"), reverse("ledger:records")),
            (_("사례"), reverse("cases:cases")),
            (str(shown), ""),
        ],
    )
