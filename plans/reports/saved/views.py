"""Staff pages of saved reports: one is saved, opened with one click, changed and deleted."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, seen_version
from plans.reports.access import needs_reading, readable
from plans.reports.saved.actions import change_saved, delete_saved, save_report
from plans.reports.saved.forms import SavedReportForm, SaveForm
from plans.reports.saved.queries import address_of, saved_for, saved_of

PAGE = "reports:choose"
LIST = "reports:saved_list"


@require_GET
@needs_reading
def saved_list(request: HttpRequest) -> HttpResponse:
    """List the user's saved reports by name."""
    return show(
        request,
        "reports/saved/list.html",
        current=PAGE,
        rows=list(saved_of(request.user)),
        crumbs=[(_("보고서"), reverse(PAGE)), (_("저장한 보고서"), "")],
    )


@require_POST
@needs_reading
def saved_add(request: HttpRequest) -> HttpResponse:
    """Save what was chosen of a report under a name."""
    form = SaveForm(request.POST, plans=readable(request))
    if not form.is_valid():
        errors = form.errors.get("name") or [_("보고서를 다시 골라 주세요.")]
        messages.error(request, errors[0])
        return redirect(PAGE)
    chosen = form.cleaned_data

    def act() -> None:
        save_report(
            request=form.chosen, name=chosen["name"], token=chosen["token"], by=request.user
        )

    if act_and_say(request, act, _("보고서를 저장했습니다.")):
        return redirect(LIST)
    return redirect(PAGE)


@require_GET
@needs_reading
def saved_open(request: HttpRequest, key: int) -> HttpResponse:
    """Open a saved report for the period that was closed last, or as of today."""
    return redirect(address_of(saved_for(request.user, key), readable(request)))


@require_http_methods(["GET", "POST"])
@needs_reading
def saved(request: HttpRequest, key: int) -> HttpResponse:
    """Rename a saved report, and set whether it is made when a period is closed."""
    found = saved_for(request.user, key)
    title = found.name
    form = SavedReportForm(posted(request), instance=found)
    status = HTTPStatus.OK
    if form.is_valid():
        chosen = form.values()
        try:
            change_saved(
                saved=found,
                values={"name": chosen["name"], "formats": chosen["formats"]},
                recipients=chosen["recipients"],
                is_scheduled=chosen["is_scheduled"],
                version=form.cleaned_data["version"],
            )
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            status = HTTPStatus.CONFLICT
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("보고서를 저장했습니다."))
            return redirect(LIST)
    return show(
        request,
        "reports/saved/change.html",
        current=PAGE,
        status=status,
        title=title,
        form=form,
        saved=found,
        crumbs=[(_("보고서"), reverse(PAGE)), (_("저장한 보고서"), reverse(LIST)), (title, "")],
    )


@require_POST
@needs_reading
def saved_delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a saved report."""
    found = saved_for(request.user, key)

    def act() -> None:
        delete_saved(saved=found, version=seen_version(request))

    if act_and_say(request, act, _("저장한 보고서를 지웠습니다.")):
        return redirect(LIST)
    return redirect(found)
