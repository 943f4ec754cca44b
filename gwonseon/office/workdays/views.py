"""Staff pages of the table of days off."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.office.people.access import needs
from gwonseon.office.workdays.access import READING, WRITING, may_write
from gwonseon.office.workdays.actions import add_holiday, change_holiday, delete_holiday
from gwonseon.office.workdays.forms import HolidayForm, NewHolidayForm
from gwonseon.office.workdays.models import Holiday
from gwonseon.office.workdays.queries import days_off_of, shown_years
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, seen_version

PAGE = "office:workdays"


@require_GET
@needs(READING)
def workdays(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """List the days off of a year: public holidays, and the office's own."""
    year = year or timezone.localdate().year
    years = shown_years()
    if year not in years:
        raise Http404
    return show(
        request,
        "office/workdays/workdays.html",
        current=PAGE,
        year=year,
        before=year - 1 if year > years[0] else None,
        after=year + 1 if year < years[-1] else None,
        days=days_off_of(year),
        may_write=may_write(request.user),
        crumbs=[(_("쉬는 날"), "")],
    )


@require_http_methods(["GET", "POST"])
@needs(WRITING)
def holiday_add(request: HttpRequest) -> HttpResponse:
    """Add a day."""
    form = NewHolidayForm(posted(request))

    def save() -> date:
        return add_holiday(**form.cleaned_data, by=request.user).on

    return edit(request, form, save, _("쉬는 날 더하기"))


@require_http_methods(["GET", "POST"])
@needs(WRITING)
def holiday(request: HttpRequest, on: date) -> HttpResponse:
    """Change a day's name, or whether it is worked."""
    found = get_object_or_404(Holiday, pk=on)
    form = HolidayForm(posted(request), instance=found)

    def save() -> date:
        seen = {"version": form.cleaned_data["version"], "by": request.user}
        change_holiday(holiday=found, values=form.values(), **seen)
        return on

    return edit(request, form, save, f"{on:%Y. %-m. %-d.}")


@require_POST
@needs(WRITING)
def holiday_delete(request: HttpRequest, on: date) -> HttpResponse:
    """Delete a day of the office's own."""
    found = get_object_or_404(Holiday, pk=on)

    def act() -> None:
        delete_holiday(holiday=found, version=seen_version(request), by=request.user)

    if act_and_say(request, act, _("쉬는 날을 지웠습니다.")):
        return redirect("office:workdays_of_year", on.year)
    return redirect("office:holiday", on)


def edit(
    request: HttpRequest, form: forms.ModelForm, save: Callable[[], date], title: str
) -> HttpResponse:
    """Show a day's form; save it if it is valid."""
    outdated = None
    if form.is_valid():
        try:
            on = save()
        except OutdatedError as refusal:
            form.show_outdated(refusal)
            outdated = refusal.row
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("쉬는 날을 저장했습니다."))
            return redirect("office:workdays_of_year", on.year)
    return show(
        request,
        "office/workdays/holiday.html",
        current=PAGE,
        status=HTTPStatus.CONFLICT if outdated else HTTPStatus.OK,
        title=title,
        form=form,
        saved=outdated,
        crumbs=[(_("쉬는 날"), reverse(PAGE)), (title, "")],
    )
