"""Staff pages of blockers: the list, raising one, and following it until it is resolved."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.menu import show
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, same
from plans.ledger.access import activity_for
from plans.tracking.access import may_write
from plans.tracking.blockers.access import (
    blocker_for_staff,
    may_change,
    may_resolve,
    needs_reading,
)
from plans.tracking.blockers.actions import change_blocker, raise_blocker, resolve_blocker
from plans.tracking.blockers.forms import BlockerFilter, BlockerForm, ResolvingForm
from plans.tracking.blockers.models import Blocker
from plans.tracking.pages import saved_already

PAGE = "progress:latest"
PER_PAGE = 30


@require_GET
@needs_reading
def blockers(request: HttpRequest) -> HttpResponse:
    """List the blockers."""
    form = BlockerFilter(request.GET, user=request.user)
    query = request.GET.copy()
    query.pop("page", None)
    return show(
        request,
        "tracking/blockers/blockers.html",
        current=PAGE,
        form=form,
        page=numbered_page(request, form.blockers(), PER_PAGE),
        query=query.urlencode(),
        today=timezone.localdate(),
        crumbs=[(_("진행"), reverse(PAGE)), (_("애로사항"), "")],
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def blocker_add(request: HttpRequest, key: int) -> HttpResponse:
    """Raise a blocker of an activity."""
    activity = activity_for(request.user, key)
    if not may_write(request.user, activity):
        raise PermissionDenied
    new = Blocker(activity=activity, raised_by=request.user)
    form = BlockerForm(request.POST or None, instance=new)
    if form.is_valid():
        token = form.cleaned_data["token"]
        try:
            saved = raise_blocker(
                activity=activity, values=form.values(), token=token, by=request.user
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("적었습니다. 풀릴 때까지 「애로사항」에 남습니다."))
            return redirect(saved)
    return show_blocker(request, new, form=form)


@require_http_methods(["GET", "POST"])
@needs_reading
def blocker(request: HttpRequest, key: int) -> HttpResponse:
    """Show a blocker; on POST, change it."""
    shown = blocker_for_staff(key)
    may = may_change(request.user, shown)
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = BlockerForm(request.POST or None, instance=blocker_for_staff(key))
    status = HTTPStatus.OK
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_blocker(blocker=shown, values=form.values(), version=version, by=request.user)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            if same(form.sides):
                return saved_already(request, shown)
            shown, status = outdated.row, HTTPStatus.CONFLICT
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다."))
            return redirect(shown)
    return show_blocker(request, shown, form=form if may else None, status=status)


@require_POST
@needs_reading
def resolve(request: HttpRequest, key: int) -> HttpResponse:
    """Write that a blocker is resolved."""
    shown = blocker_for_staff(key)
    if not may_resolve(request.user, shown):
        raise PermissionDenied
    form, status = ResolvingForm(request.POST), HTTPStatus.OK
    if form.is_valid():
        try:
            resolve_blocker(blocker=shown, by=request.user, **form.cleaned_data)
        except OutdatedError as outdated:
            form.show_outdated(outdated)
            shown, status = outdated.row, HTTPStatus.CONFLICT
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("풀었다고 적었습니다."))
            return redirect("blockers:blockers")
    return show_blocker(request, shown, resolving=form, status=status)


def show_blocker(
    request: HttpRequest,
    shown: Blocker,
    *,
    form: BlockerForm | None = None,
    resolving: ResolvingForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show a blocker that may be new, with the forms of those who may use them."""
    is_open, user = not shown.resolved_on, request.user
    if shown.pk and is_open and may_resolve(user, shown):
        seen = {"version": shown.version, "day": timezone.localdate()}
        resolving = resolving or ResolvingForm(initial=seen)
        resolving.helper.form_action = reverse("blockers:resolve", args=[shown.pk])
    if shown.pk and is_open and form is None and may_change(user, shown):
        form = BlockerForm(instance=shown)
        form.helper.form_action = shown.get_absolute_url()
    title = shown.what if shown.pk else _("애로사항 알리기")
    crumbs = [(_("진행"), reverse(PAGE)), (_("애로사항"), reverse("blockers:blockers"))]
    return show(
        request,
        "tracking/blockers/blocker.html",
        current=PAGE,
        status=status,
        title=title,
        blocker=shown,
        is_late=shown.pk and is_open and shown.due_on < timezone.localdate(),
        form=form if is_open else None,
        resolving=resolving,
        crumbs=[*crumbs, (title, "")],
    )
