"""Staff release photos of a confirmed record for reports, and withdraw them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwonseon.refusals import RefusedError
from plans.ledger.access import record_for
from plans.ledger.models import Evidence, Record
from plans.ledger.releases.actions import release_photo, withdraw_photo
from plans.ledger.releases.forms import ReleaseForm
from plans.ledger.views import show_record
from plans.tree.access import may_approve


@require_POST
@login_required
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Let reports show a photo."""
    photo, shown = photo_to_release(request, key)
    form = ReleaseForm(request.POST, photo=photo)
    if not form.is_valid():
        return show_record(request, shown, form)
    try:
        release_photo(photo=photo, by=request.user, **form.cleaned_data)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("이 사진을 보고서에 싣습니다."))
    return redirect(shown)


@require_POST
@login_required
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a photo from reports."""
    photo, shown = photo_to_release(request, key)
    withdraw_photo(photo=photo, by=request.user)
    messages.success(request, _("이 사진을 보고서에서 거두었습니다. 이미 받은 파일에는 남습니다."))
    return redirect(shown)


def photo_to_release(request: HttpRequest, key: int) -> tuple[Evidence, Record]:
    """Return evidence that the user may release, with its record: 404 if not visible, else 403."""
    photo = get_object_or_404(Evidence, pk=key)
    shown = record_for(request.user, photo.record_id)
    if not may_approve(request.user, shown.activity):
        raise PermissionDenied
    return photo, shown
