"""Staff pages of the register of facilities."""

from copy import copy
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.menu import show
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.facilities import actions
from plans.facilities.access import may_write, needs_reading, needs_writing
from plans.facilities.forms import FacilityClosingForm, FacilityFilter, FacilityForm
from plans.facilities.importing import table_of
from plans.facilities.models import Facility

PAGE = "facilities:facilities"
FACILITIES_PER_PAGE = 50


@require_GET
@needs_reading
def facilities(request: HttpRequest) -> HttpResponse:
    """List the facilities."""
    form = FacilityFilter(request.GET)
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    return show(
        request,
        "ledger/facilities/facilities.html",
        current=PAGE,
        form=form,
        page=numbered_page(request, form.found(), FACILITIES_PER_PAGE),
        query=urlencode(asked),
        may_write=may_write(request.user),
    )


@require_GET
@needs_reading
def facilities_csv(request: HttpRequest) -> HttpResponse:
    """Return the facilities that match the list's filter as a CSV file.

    A filter that is not valid redirects to the list, which shows the error.
    """
    asked = FacilityFilter(request.GET)
    if not asked.is_valid():
        return redirect(f"{reverse(PAGE)}?{request.GET.urlencode()}")
    table = table_of(asked.found())
    disposition = {"Content-Disposition": 'attachment; filename="facilities.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=disposition)


@require_http_methods(["GET", "POST"])
@needs_writing
def facility_add(request: HttpRequest) -> HttpResponse:
    """Add a facility."""
    form = FacilityForm(request.POST or None, submit=_("시설 등록"))
    if form.is_valid():
        try:
            added = actions.add_facility(values=form.values(), by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("등록했습니다."))
            return redirect("facilities:facility", added.pk)
    crumbs = facilities_trail((_("시설 등록"), ""))
    return show(
        request, "ledger/facilities/facility_add.html", current=PAGE, form=form, crumbs=crumbs
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def facility(request: HttpRequest, key: int) -> HttpResponse:
    """Show a facility; on POST, change it if the user may."""
    shown = read(key)
    form = FacilityForm(request.POST or None, instance=copy(shown), submit=_("저장"))
    if request.method == "POST" and not may_write(request.user):
        raise PermissionDenied
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_facility(
                facility=shown, values=form.values(), version=version, by=request.user
            )
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            return show_facility(request, outdated.row, form, status=HTTPStatus.CONFLICT)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다."))
            return redirect("facilities:facility", key)
    return show_facility(request, shown, form)


def read(key: int) -> Facility:
    """Return a saved facility, or raise Http404 (1 query)."""
    return get_object_or_404(Facility.objects.select_related("dong"), pk=key)


def show_facility(
    request: HttpRequest,
    shown: Facility,
    form: FacilityForm,
    closing: FacilityClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a facility's page: its saved values, and the forms to change it.

    With status 409, shows what somebody else saved meanwhile beside what the user typed.
    """
    return show(
        request,
        "ledger/facilities/facility.html",
        current=PAGE,
        status=status,
        facility=shown,
        form=form,
        closing=closing or FacilityClosingForm(facility=shown),
        is_outdated=status == HTTPStatus.CONFLICT,
        may_write=may_write(request.user),
        crumbs=facilities_trail((shown.name, "")),
    )


@require_POST
@needs_writing
def facility_close(request: HttpRequest, key: int) -> HttpResponse:
    """Close a facility on a day."""
    shown = read(key)
    closing = FacilityClosingForm(request.POST, facility=shown)
    if closing.is_valid():
        try:
            actions.close_facility(facility=shown, by=request.user, **closing.cleaned_data)
        except RefusedError as refusal:
            closing.add_error("day", str(refusal))
        else:
            messages.success(request, _("폐쇄했습니다. 이 시설에서 한 일은 그대로 남습니다."))
            return redirect("facilities:facility", key)
    form = FacilityForm(instance=shown, submit=_("저장"))
    return show_facility(request, shown, form, closing)


@require_POST
@needs_writing
def facility_reopen(request: HttpRequest, key: int) -> HttpResponse:
    """Open a closed facility again."""
    actions.reopen_facility(facility=read(key), by=request.user)
    messages.success(request, _("다시 열었습니다."))
    return redirect("facilities:facility", key)


def facilities_trail(*crumbs: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the breadcrumbs to a page below the register."""
    return [(_("시설"), reverse(PAGE)), *crumbs]
