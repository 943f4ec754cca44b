"""Residents' pages below /my/ that know nothing of plans: the door, the copy, and stopping."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.messaging.gateways.registry import only_writes
from gwonseon.messaging.phones import masked
from gwonseon.messaging.sealing import unseal
from gwonseon.messaging.stop_links import message_id_of
from gwonseon.office.access_log.actions import client_address
from gwonseon.refusals import RefusedError
from gwonseon.residents.actions import (
    begin_verification,
    check_code,
    end_visit,
    open_visit,
    stop_by_message,
    withdraw,
)
from gwonseon.residents.exporting import export
from gwonseon.residents.forms import NumberForm, ResidentCodeForm
from gwonseon.residents.models import Resident, Visit
from gwonseon.residents.queries import link_state
from gwonseon.residents.visits import delete_cookie, set_cookie, verified, visit_of


@never_cache
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest) -> HttpResponse:
    """Ask for a phone number; on POST, send a code to it, whether it is known or not."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            key = begin_verification(
                number=form.cleaned_data["number"], address=client_address(request)
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("residents:code")
            set_cookie(response, key)
            return response
    return render(request, "residents/number.html", {"form": form, "hide_search": True})


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent; on POST, check it."""
    visit = visit_of(request)
    if visit is None:
        return redirect("residents:number")
    form = ResidentCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            check_code(visit=visit, code=form.cleaned_data["code"])
        except RefusedError as refusal:
            form.add_error("code", str(refusal))
        else:
            response = redirect(settings.RESIDENT_HOME)
            set_cookie(response, open_visit(visit=visit))
            return response
    context = {
        "form": form,
        "number": masked(unseal(visit.sealed)),
        "is_written": only_writes(),
        "hide_search": True,
    }
    return render(request, "residents/code.html", context)


@require_POST
@verified
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """End the visit."""
    end_visit(visit=visit)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    delete_cookie(response)
    return response


@require_GET
@verified
def copy(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """Download everything that is known of the resident, as JSON."""
    resident = Resident.objects.filter(mac=visit.mac).first()
    if resident is None:
        return redirect(settings.RESIDENT_HOME)
    content = json.dumps(export(resident), ensure_ascii=False, indent=2)
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my.json"'},
    )


@require_http_methods(["GET", "POST"])
@verified
def stop(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask whether to stop; on POST, erase the resident and end all visits of the number."""
    if request.method == "POST":
        withdraw(mac=bytes(visit.mac))
        response = redirect("residents:stopped")
        delete_cookie(response)
        return response
    return render(request, "residents/stop.html", {"hide_search": True})


@never_cache
@require_GET
def stopped(request: HttpRequest) -> HttpResponse:
    """Say that all was stopped and erased."""
    return render(request, "residents/stopped.html", {"hide_search": True})


# No CSRF token: who knows the address may stop, which is the link's purpose, and a browser inside
# of another program may refuse cookies.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button to stop, for a link in a message; on POST, stop at once, without a code."""
    message_id = message_id_of(token)
    if message_id is None:
        raise Http404(_("문자에 있는 주소와 다릅니다."))
    if request.method == "POST":
        stop_by_message(message_id=message_id)
        return redirect("residents:stop_by_link", token)
    context = {"state": link_state(message_id), "hide_search": True}
    return render(request, "residents/stop_by_link.html", context)
