"""The pages of 인사이동."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from plans.editing.handover.actions import (
    hand_over,
    handover_stamp,
    items_in_charge,
    items_without_a_person,
    may_hand_over,
)
from plans.editing.handover.forms import HandoverForm

PAGE = "editing:handover"


@require_GET
@login_required
def handover(request: HttpRequest) -> HttpResponse:
    """Choose two people and preview the items that would move; list items without a person."""
    if not may_hand_over(request.user):
        raise PermissionDenied
    form = HandoverForm(request.GET or None, user=request.user)
    found = None
    if form.is_valid():
        found = items_in_charge(request.user, form.cleaned_data["giver"])
    return show(
        request,
        "editing/handover.html",
        current=PAGE,
        form=form,
        items=found,
        seen=handover_stamp(found) if found else "",
        nobodys=items_without_a_person(request.user),
        crumbs=[(_("인사이동"), "")],
    )


@require_POST
@login_required
def handover_do(request: HttpRequest) -> HttpResponse:
    """Move the items that the preview showed."""
    if not may_hand_over(request.user):
        raise PermissionDenied
    form = HandoverForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("넘기는 사람과 받는 사람을 다시 골라 주세요."))
        return redirect(PAGE)
    giver, taker = form.cleaned_data["giver"], form.cleaned_data["taker"]
    try:
        seen = request.POST.get("seen", "")
        number = hand_over(giver=giver, taker=taker, seen=seen, by=request.user)
        sentence = _("%(number)s개 항목을 %(taker)s 님에게 넘겼습니다.")
        messages.success(request, sentence % {"number": number, "taker": taker})
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(PAGE)
