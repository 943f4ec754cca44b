"""Staff pages of templates for notices that recur."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from civic.notices.access import may_write, needs_reading
from civic.notices.models import NoticeTemplate
from civic.notices.recurring.actions import add_template, change_template, delete_template
from civic.notices.recurring.forms import TemplateForm
from civic.notices.views import PAGE, number_in
from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError

LIST = "notice_templates:templates"


@require_GET
@needs_reading
def templates(request: HttpRequest) -> HttpResponse:
    """List the templates by name."""
    return show(
        request,
        "civic/notices/recurring/templates.html",
        current=PAGE,
        templates=list(NoticeTemplate.objects.all()),
        may_write=may_write(request.user),
        crumbs=[(_("문자 안내"), reverse(PAGE)), (_("문안 서식"), "")],
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def template_add(request: HttpRequest) -> HttpResponse:
    """Add a template."""
    form = TemplateForm(request.POST or None)

    def save() -> None:
        add_template(values=form.values(), by=request.user)

    return edit(request, form, save, _("새 서식"))


@require_http_methods(["GET", "POST"])
@needs_reading
def template(request: HttpRequest, key: int) -> HttpResponse:
    """Change or delete a template."""
    found = get_object_or_404(NoticeTemplate, pk=key)
    if "delete" in request.POST:
        return delete(request, found)
    title = found.name
    form = TemplateForm(request.POST or None, instance=found)

    def save() -> None:
        version = form.cleaned_data["version"]
        change_template(template=found, values=form.values(), version=version, by=request.user)

    return edit(request, form, save, title)


def delete(request: HttpRequest, template: NoticeTemplate) -> HttpResponse:
    """Delete a template, whatever is typed in its form."""
    if not may_write(request.user):
        raise PermissionDenied

    def act() -> None:
        version = number_in(request.POST, "version")
        delete_template(template=template, version=version, by=request.user)

    if act_and_say(request, act, _("서식을 지웠습니다.")):
        return redirect(LIST)
    return redirect("notice_templates:template", template.pk)


def edit(
    request: HttpRequest, form: TemplateForm, save: Callable[[], None], title: str
) -> HttpResponse:
    """Show a template's form; save it if it is valid."""
    if not may_write(request.user):
        raise PermissionDenied
    outdated = None
    if form.is_valid():
        try:
            save()
        except OutdatedError as refusal:
            form.show_outdated(refusal)
            outdated = refusal.row
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("서식을 저장했습니다."))
            return redirect(LIST)
    crumbs = [(_("문자 안내"), reverse(PAGE)), (_("문안 서식"), reverse(LIST)), (title, "")]
    return show(
        request,
        "civic/notices/recurring/template.html",
        current=PAGE,
        status=HTTPStatus.CONFLICT if outdated else HTTPStatus.OK,
        title=title,
        form=form,
        saved=outdated,
        crumbs=crumbs,
    )
