"""The staff's accounts, for administrators."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.codes.queries import code_state
from gwonseon.office.lockout import is_locked
from gwonseon.office.menu import show
from gwonseon.office.models import User
from gwonseon.office.people import actions
from gwonseon.office.people.access import may_touch, needs
from gwonseon.office.people.forms import NewPersonForm, PeopleFilter, PersonForm
from gwonseon.office.people.history import history_of
from gwonseon.paging import numbered_page

PEOPLE_PER_PAGE = 30
CURRENT = "office:people"


@require_GET
@needs("office.view_user")
def people(request: HttpRequest) -> HttpResponse:
    """List the staff."""
    form = PeopleFilter(request.GET)
    found = form.found().select_related("department").prefetch_related("groups")
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    return show(
        request,
        "office/people/people.html",
        current=CURRENT,
        form=form,
        page=numbered_page(request, found, PEOPLE_PER_PAGE),
        query=urlencode(asked),
    )


@require_http_methods(["GET", "POST"])
@needs("office.add_user")
def person_add(request: HttpRequest) -> HttpResponse:
    """Make an account and show its temporary password once."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            person, password = actions.add_person(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return show_password(request, person, password)
    return show(request, "office/people/person_add.html", current=CURRENT, form=form)


@require_http_methods(["GET", "POST"])
@needs("office.change_user")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person's account; on POST, change name, department, address and roles."""
    person = get_object_or_404(User.objects.select_related("department"), pk=pk)
    form = PersonForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            actions.change_person(by=request.user, person=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            form.renew()
        else:
            messages.success(request, _("저장했습니다."))
            return redirect("office:person", pk=pk)
    return show(
        request,
        "office/people/person.html",
        current=CURRENT,
        person=person,
        form=form,
        may_touch=may_touch(request.user, person),
        is_locked=is_locked(person.username),
        codes=code_state(person),
        history=history_of(person),
    )


@require_POST
@needs("office.change_user")
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a new temporary password and show it once."""
    person = get_object_or_404(User, pk=pk)
    try:
        password = actions.give_password(by=request.user, person=person)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("office:person", pk=pk)
    return show_password(request, person, password)


@require_POST
@needs("office.change_user")
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    return carry_out(request, pk, actions.close_person, _("계정을 닫았습니다."))


@require_POST
@needs("office.change_user")
def person_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    return carry_out(request, pk, actions.reopen_person, _("계정을 다시 열었습니다."))


@require_POST
@needs("office.change_user")
def person_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Unlock a user name after too many wrong passwords."""
    return carry_out(request, pk, actions.unlock_person, _("로그인 잠금을 풀었습니다."))


@require_POST
@needs("office.change_user")
def person_mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to an address again that a mail server refused, for example once it exists."""
    return carry_out(request, pk, actions.try_address_again, _("다시 메일을 보냅니다."))


@require_POST
@needs("office.change_user")
def person_code_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a person's one-time codes, for example if the phone is lost."""
    return carry_out(request, pk, actions.reset_codes, _("일회용 번호를 초기화했습니다."))


def carry_out(
    request: HttpRequest, pk: int, action: Callable[..., None], told: str
) -> HttpResponse:
    """Run an action on a person's account; redirect to their page with `told` or the error."""
    person = get_object_or_404(User, pk=pk)
    try:
        action(by=request.user, person=person)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, told)
    return redirect("office:person", pk=pk)


def show_password(request: HttpRequest, person: User, password: str) -> HttpResponse:
    """Show a temporary password; no other page shows it."""
    context = {"person": person, "password": password}
    return show(request, "office/people/temporary_password.html", current=CURRENT, **context)
