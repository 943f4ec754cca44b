"""Staff pages of findings: what records found and somebody must correct."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.menu import show
from gwonseon.office.models import PersonalAccess
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from plans.findings.access import finding_for, may_close
from plans.findings.actions import close_finding
from plans.findings.forms import FindingClosingForm, FindingFilter
from plans.ledger.personal import log_personal, logged

PAGE = "ledger:records"
PER_PAGE = 30


@require_GET
@login_required
def findings(request: HttpRequest) -> HttpResponse:
    """List the findings."""
    form = FindingFilter(request.GET, user=request.user)
    query = request.GET.copy()
    query.pop("page", None)
    page = numbered_page(request, form.findings(), PER_PAGE)
    log_personal(request, [one.record for one in page], PersonalAccess.What.SEARCH)
    return show(
        request,
        "ledger/findings/findings.html",
        current=PAGE,
        form=form,
        page=page,
        query=query.urlencode(),
        today=timezone.localdate(),
        crumbs=[(_("실적"), reverse("ledger:records")), (_("조치할 것"), "")],
    )


@require_http_methods(["GET", "POST"])
@login_required
def finding(request: HttpRequest, key: int) -> HttpResponse:
    """Show a finding; on POST, close it."""
    shown = finding_for(request.user, key)
    may = may_close(request.user, shown)
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = FindingClosingForm(request.POST or None)
    if form.is_valid():
        try:
            with logged(request, PersonalAccess.What.CHANGE, shown.record):
                close_finding(finding=shown, by=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("조치한 것으로 적었습니다."))
            return redirect("findings:findings")
    log_personal(request, [shown.record], PersonalAccess.What.VIEW)
    crumbs = [(_("조치할 것"), reverse("findings:findings")), (shown.what, "")]
    return show(
        request,
        "ledger/findings/finding.html",
        current=PAGE,
        finding=shown,
        form=form if may and not shown.done_on else None,
        crumbs=[(_("실적"), reverse("ledger:records")), *crumbs],
    )
