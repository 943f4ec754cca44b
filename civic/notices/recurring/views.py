"""Staff pages of templates for notices that recur."""

from collections.abc import Callable

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
from civic.notices.views import PAGE
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

    def act() -> str:
        add_template(values=form.values(), by=request.user)
        return _("서식을 저장했습니다.")

    return edit(request, form, act, _("새 서식"))


@require_http_methods(["GET", "POST"])
@needs_reading
def template(request: HttpRequest, key: int) -> HttpResponse:
    """Change or delete a template."""
    found = get_object_or_404(NoticeTemplate, pk=key)
    title = found.name
    form = TemplateForm(request.POST or None, instance=found)

    def act() -> str:
        seen = {"template": found, "version": form.cleaned_data["version"], "by": request.user}
        if "delete" in request.POST:
            delete_template(**seen)
            return _("서식을 지웠습니다.")
        change_template(values=form.values(), **seen)
        return _("서식을 저장했습니다.")

    return edit(request, form, act, title)


def edit(
    request: HttpRequest, form: TemplateForm, act: Callable[[], str], title: str
) -> HttpResponse:
    """Show a template's form; do what the pressed button says."""
    if not may_write(request.user):
        raise PermissionDenied
    status = 200
    if form.is_valid():
        try:
            said = act()
        except OutdatedError as outdated:
            form.add_error(None, str(outdated))
            form.renew(outdated.row.version)
            status = 409
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(LIST)
    crumbs = [(_("문자 안내"), reverse(PAGE)), (_("문안 서식"), reverse(LIST)), (title, "")]
    return show(
        request,
        "civic/notices/recurring/template.html",
        current=PAGE,
        status=status,
        title=title,
        form=form,
        crumbs=crumbs,
    )
