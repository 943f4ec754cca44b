"""Staff pages of the own settings of reminders; nobody opens those of somebody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from plans.reminders.calendars.actions import drop_feed, make_feed
from plans.reminders.links import address
from plans.reminders.models import Absence
from plans.reminders.muting.actions import set_wanted
from plans.reminders.settings.actions import (
    add_absence,
    change_absence,
    delete_absence,
    remove_phone,
    set_phone,
)
from plans.reminders.settings.forms import AbsenceForm, KindsForm, PhoneForm
from plans.reminders.settings.queries import absences_of, phone_of, settings_of, urgent_kinds

HOME = "workspace:home"
PAGE = "reminders:settings"


@require_http_methods(["GET", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Show one's settings; on POST, save which kinds of reminders are wanted."""
    form = KindsForm(posted(request), person=request.user)
    if form.is_valid():
        set_wanted(codes=form.cleaned_data["kinds"], by=request.user)
        messages.success(request, _("저장했습니다. 달력에는 한 시간 안에 나타납니다."))
        return redirect(PAGE)
    return show(
        request,
        "reminders/settings/settings.html",
        current=HOME,
        form=form,
        settings=settings_of(request.user),
        urgent=urgent_kinds(),
        email=request.user.email,
        crumbs=crumbs_to(),
    )


@require_http_methods(["GET", "POST"])
@login_required
def absence_add(request: HttpRequest) -> HttpResponse:
    """Add an absence."""
    return edit_absence(request, Absence(person=request.user))


@require_http_methods(["GET", "POST"])
@login_required
def absence(request: HttpRequest, key: int) -> HttpResponse:
    """Change an absence."""
    return edit_absence(request, own_absence(request, key))


def edit_absence(request: HttpRequest, shown: Absence) -> HttpResponse:
    """Show the form of an absence that may be new; on POST, save it."""
    form = AbsenceForm(posted(request), absence=shown)
    if form.is_valid():
        try:
            if shown.pk:
                change_absence(absence=shown, values=form.cleaned_data, by=request.user)
            else:
                add_absence(values=form.cleaned_data, by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("부재를 저장했습니다."))
            return redirect(PAGE)
    return show(
        request,
        "reminders/settings/absence.html",
        current=HOME,
        form=form,
        absence=shown,
        crumbs=crumbs_to(_("부재")),
    )


@require_POST
@login_required
def absence_delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete an absence."""
    delete_absence(absence=own_absence(request, key), by=request.user)
    messages.success(request, _("부재를 지웠습니다."))
    return redirect(PAGE)


def own_absence(request: HttpRequest, key: int) -> Absence:
    """Return an absence of the user, or answer 404 (1 query)."""
    found = absences_of(request.user).filter(pk=key).first()
    if found is None:
        raise Http404(_("그런 부재가 없습니다."))
    return found


@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
@login_required
def phone(request: HttpRequest) -> HttpResponse:
    """Ask for the number for urgent reminders; on POST, save it."""
    form = PhoneForm(posted(request))
    if form.is_valid():
        set_phone(number=form.cleaned_data["number"], by=request.user)
        messages.success(request, _("번호를 저장했습니다."))
        return redirect(PAGE)
    return show(
        request,
        "reminders/settings/phone.html",
        current=HOME,
        form=form,
        phone=phone_of(request.user),
        urgent=urgent_kinds(),
        crumbs=crumbs_to(_("급한 알림을 받을 번호")),
    )


@require_POST
@login_required
def phone_remove(request: HttpRequest) -> HttpResponse:
    """Remove the number for urgent reminders."""
    remove_phone(by=request.user)
    messages.success(request, _("번호를 지웠습니다. 문자로는 더 알리지 않습니다."))
    return redirect(PAGE)


@require_POST
@login_required
def calendar_make(request: HttpRequest) -> HttpResponse:
    """Make an address of one's calendar, and show it; no other page does."""
    secret = make_feed(person=request.user)
    return show(
        request,
        "reminders/settings/calendar.html",
        current=HOME,
        address=address("calendars:feed", secret),
        crumbs=crumbs_to(_("달력 주소")),
    )


@require_POST
@login_required
def calendar_drop(request: HttpRequest) -> HttpResponse:
    """End the address of one's calendar."""
    drop_feed(person=request.user)
    messages.success(request, _("달력 주소를 없앴습니다. 그 주소로는 아무것도 읽지 못합니다."))
    return redirect(PAGE)


def crumbs_to(title: str = "") -> list[tuple[str, str]]:
    """Return the breadcrumb of the settings, or of a page below them."""
    here = _("알림 설정")
    below = [(here, reverse(PAGE)), (title, "")] if title else [(here, "")]
    return [(_("내 업무"), reverse(HOME)), *below]
