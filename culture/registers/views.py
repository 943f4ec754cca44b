"""Staff pages of the registers: garden plots and planned performances."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from culture.models import Plot, Show
from culture.registers.access import (
    Row,
    activities_for,
    may_keep,
    needs_reading,
    register_rows,
    row_for,
)
from culture.registers.actions import add_row, change_row
from culture.registers.forms import OfActivityForm, PlotForm, ShowForm
from gwonseon.office import menu
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError

PAGE = "ledger:records"
PER_PAGE = 50


@require_GET
@needs_reading
def plots(request: HttpRequest) -> HttpResponse:
    """List the plots, garden by garden."""
    return show_register(request, Plot)


@require_http_methods(["GET", "POST"])
@needs_reading
def plot_add(request: HttpRequest) -> HttpResponse:
    """Add a plot."""
    return add(request, PlotForm, _("구좌 등록"))


@require_http_methods(["GET", "POST"])
@needs_reading
def plot(request: HttpRequest, key: int) -> HttpResponse:
    """Show a plot, and save it where the user may edit it."""
    return change(request, PlotForm, row_for(Plot, key))


@require_GET
@needs_reading
def shows(request: HttpRequest) -> HttpResponse:
    """List the performances, latest first."""
    return show_register(request, Show)


@require_http_methods(["GET", "POST"])
@needs_reading
def show_add(request: HttpRequest) -> HttpResponse:
    """Add a planned performance."""
    return add(request, ShowForm, _("공연 예정 등록"))


@require_http_methods(["GET", "POST"])
@needs_reading
def show(request: HttpRequest, key: int) -> HttpResponse:
    """Show a planned performance, and save it where the user may edit it."""
    return change(request, ShowForm, row_for(Show, key))


def address(model: type[Row], *key: int, adds: bool = False) -> str:
    """Return the URL of a register, of a row, or (`adds`) of the page to add a row."""
    name = model._meta.model_name
    if key:
        return reverse(f"registers:{name}", args=key)
    return reverse(f"registers:{name}_add" if adds else f"registers:{name}s")


def show_register(request: HttpRequest, model: type[Row]) -> HttpResponse:
    """List a register's rows."""
    return menu.show(
        request,
        f"culture/{model._meta.model_name}s.html",
        current=PAGE,
        page=numbered_page(request, register_rows(model), PER_PAGE),
        adds=address(model, adds=True) if activities_for(model, request.user).exists() else "",
        crumbs=[(str(model._meta.verbose_name), "")],
    )


def add(request: HttpRequest, form_class: type[OfActivityForm], title: str) -> HttpResponse:
    """Add a row to a register."""
    model = form_class._meta.model
    if not activities_for(model, request.user).exists():
        raise PermissionDenied
    form = form_class(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            row = add_row(row=form.save(commit=False), by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("등록했습니다."))
            return redirect(address(model, row.pk))
    return show_form(request, model, form, title)


def change(request: HttpRequest, form_class: type[OfActivityForm], row: Row) -> HttpResponse:
    """Show a row of a register, and save it where the user may edit it."""
    may = may_keep(request.user, row)
    if request.method == "POST" and not may:
        raise PermissionDenied
    title = str(row)
    form = form_class(request.POST or None, instance=row, user=request.user)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            change_row(row=row, values=form.values(), version=version, by=request.user)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            saved = outdated.row
            return show_form(request, type(row), form, title, saved, HTTPStatus.CONFLICT)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다."))
            return redirect(address(type(row), row.pk))
    saved = None if may else row
    return show_form(request, type(row), form if may else None, title, saved)


def show_form(
    request: HttpRequest,
    model: type[Row],
    form: OfActivityForm | None,
    title: str,
    saved: Row | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a row's page: the form where the user may edit, and the saved values if given."""
    return menu.show(
        request,
        "culture/row.html",
        current=PAGE,
        status=status,
        title=title,
        form=form,
        facts=register_facts(saved) if saved else [],
        crumbs=[(str(model._meta.verbose_name), address(model)), (title, "")],
    )


def register_facts(row: Row) -> list[tuple[str, str]]:
    """Return label and text of a row's values."""
    hidden = {"id", "version"}
    columns = [field for field in row._meta.fields if field.name not in hidden]
    return [(str(field.verbose_name), getattr(row, field.name)) for field in columns]
