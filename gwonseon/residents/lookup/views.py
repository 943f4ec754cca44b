"""Staff pages that find a resident by number. Every look is in the access log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gwonseon.messaging.phones import masked
from gwonseon.messaging.sealing import digest, unseal
from gwonseon.office.access_log.actions import log_access
from gwonseon.office.menu import show
from gwonseon.office.models import PersonalAccess
from gwonseon.office.people.access import needs
from gwonseon.residents.lookup.forms import FindForm, RevealForm
from gwonseon.residents.models import ConsentEvent, Erasure, Resident
from gwonseon.residents.retention import RULES

PAGE = "lookup:residents"
MOST_ERASURES = 20


@require_http_methods(["GET", "POST"])
@needs("residents.view_resident")
def residents(request: HttpRequest) -> HttpResponse:
    """Find by number. It is sent by POST, so that it is in no address and no server's log."""
    form = FindForm(request.POST if request.method == "POST" else None)
    lines: list[ConsentEvent] = []
    if form.is_valid():
        mac = digest(form.cleaned_data["number"])
        if resident := Resident.objects.filter(mac=mac).first():
            log_access(
                request=request, what=PersonalAccess.What.SEARCH, subjects=[name_of(resident)]
            )
            return redirect("lookup:resident", resident.pk)
        lines = list(ConsentEvent.objects.filter(mac=mac).order_by("pk"))
        left = [_("떠난 주민 %(key)s") % {"key": line.pk} for line in lines[:1]]
        log_access(request=request, what=PersonalAccess.What.SEARCH, subjects=left)
        if not lines:
            form.add_error("number", _("이 번호로 문자를 받거나 받았던 주민이 없습니다."))
    return show(
        request,
        "residents/lookup/residents.html",
        current=PAGE,
        form=form,
        lines=lines,
        rules=RULES,
        erasures=last_erasures(),
    )


@require_http_methods(["GET", "POST"])
@needs("residents.view_resident")
def resident(request: HttpRequest, key: int) -> HttpResponse:
    """Show a resident with a masked number; on POST with a reason, show the number this once."""
    found = get_object_or_404(Resident, pk=key)
    form = RevealForm(request.POST if request.method == "POST" else None)
    is_shown = form.is_valid()
    log_access(
        request=request,
        what=PersonalAccess.What.VIEW,
        subjects=[name_of(found)],
        reason=form.cleaned_data["reason"] if is_shown else "",
    )
    number = unseal(found.sealed)
    return show(
        request,
        "residents/lookup/resident.html",
        current=PAGE,
        form=form,
        resident=found,
        number=number if is_shown else masked(number),
        is_shown=is_shown,
        lines=list(ConsentEvent.objects.filter(mac=found.mac).order_by("pk")),
        crumbs=[(_("문자를 받는 주민"), reverse(PAGE)), (name_of(found), "")],
    )


def last_erasures() -> list[Erasure]:
    """Return the last erasures, each with `what` in its rule's words (1 query)."""
    words = {rule.name: rule.what for rule in RULES}
    found = list(Erasure.objects.all()[:MOST_ERASURES])
    for one in found:
        one.what = words.get(one.rule, one.rule)
    return found


def name_of(resident: Resident) -> str:
    """Return what the access log and the page call a resident."""
    return _("주민 %(key)s") % {"key": resident.pk}
