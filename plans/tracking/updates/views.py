"""Staff pages of what departments write: the form, the update, and decisions on it."""

from collections.abc import Callable
from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.krds.forms import posted
from gwonseon.office.acting import act_and_say
from gwonseon.office.actions import discard_drafts
from gwonseon.office.menu import show
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, same, seen_version
from plans.tracking import actions
from plans.tracking.access import (
    may_decide,
    may_write,
    needs_reading,
    node_to_read,
    node_to_write,
    update_for,
)
from plans.tracking.budget.queries import money_lines
from plans.tracking.forms import ReturnForm, UpdateForm
from plans.tracking.history import steps_of
from plans.tracking.listing import figures_for
from plans.tracking.models import Period, Update
from plans.tracking.pages import (
    PAGE,
    period_in,
    read_figures,
    returning_form,
    saved_already,
    texts_of,
    trail,
)
from plans.tracking.queries import beside, said_before
from plans.tracking.updates.unsaved import places_of, unsaved_texts
from plans.tree.models import Activity, Initiative

CHANGED = gettext_lazy("그 사이에 다른 사람이 고쳤습니다. 지금 내용을 읽고 다시 해 주세요.")
SUBMITTED = gettext_lazy("제출한 추진상황입니다. 고치려면 제출을 거두세요.")


@require_http_methods(["GET", "POST"])
@needs_reading
def open_update(request: HttpRequest, key: int, level: str, node: int) -> HttpResponse:
    """Write about an activity, or an initiative as one, in a period."""
    shown = period_in(request, key)
    about = node_to_write(request.user, shown, level, node)
    there = beside(shown, about)
    own = own_among(there, about)
    if request.method == "GET" and (said := reason_not_to_write(shown, own, there)):
        if unsaved_texts(request.user, shown, about, own):
            return redirect("tracking:unsaved", key, level, node)
        messages.info(request, said)
        return redirect(there[0] if len(there) == 1 else shown)
    last = said_before(shown, about)
    form = UpdateForm(
        posted(request),
        instance=copy(own) if own else Update(period=shown, **{level: about}),
        copied=last if request.GET.get("from") == "last" and not own else None,
        user=request.user,
    )
    if form.is_valid():
        try:
            saved = actions.write_update(period=shown, node=about, **form.values(), by=request.user)
        except (OutdatedError, actions.UpdateBegunMeanwhileError):
            return show_both(request, shown, about, form, last)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return after_writing(request, form, saved)
    return show_writing(request, shown, about, form, last)


@require_http_methods(["GET", "POST"])
@needs_reading
def unsaved(request: HttpRequest, key: int, level: str, node: int) -> HttpResponse:
    """Show what the user typed about an item and did not save; on POST, discard it."""
    shown = period_in(request, key)
    about = node_to_read(request.user, shown, level, node)
    there = beside(shown, about)
    own = own_among(there, about)
    if request.method == "POST":
        discard_drafts(user=request.user, places=places_of(shown, about).values())
        messages.success(request, _("저장하지 않은 글을 버렸습니다."))
        return redirect(own or shown)
    may = may_write(request.user, about)
    return show(
        request,
        "tracking/unsaved.html",
        current=PAGE,
        period=shown,
        node=about,
        level=level,
        texts=unsaved_texts(request.user, shown, about, own),
        reason=reason_not_to_write(shown, own, there) if may else actions.NOT_YOURS,
        crumbs=trail(shown, about.shown_title),
    )


def own_among(there: list[Update], about: Activity | Initiative) -> Update | None:
    """Return the update that is about an item itself, or None."""
    return next((one for one in there if one.node == about), None)


def reason_not_to_write(period: Period, own: Update | None, there: list[Update]) -> str:
    """Return why nobody can write now; "" where one can."""
    if not period.is_open:
        return actions.CLOSED
    if own and own.state == Update.State.SUBMITTED:
        return str(SUBMITTED)
    if own and not own.is_in_work:
        return actions.SENTENCES["approved_update_stays"]
    return "" if own or not there else actions.SENTENCES["update_at_one_level"]


def after_writing(request: HttpRequest, form: UpdateForm, saved: Update) -> HttpResponse:
    """Show what was saved, and say what comes next."""
    discard_drafts(user=request.user, places=form.places.values())
    if saved.is_in_work:
        messages.success(request, _("저장했습니다. 다 썼으면 제출하세요."))
    else:
        messages.success(request, _("제출했습니다. 쓴 사람이 아닌 다른 사람이 승인합니다."))
    return redirect(saved)


def show_both(
    request: HttpRequest,
    period: Period,
    about: Activity | Initiative,
    form: UpdateForm,
    last: Update | None,
) -> HttpResponse:
    """Show what is saved beside what was typed, which stays in the form to be saved over it."""
    saved = own_among(beside(period, about), about)
    if saved is None:
        form.add_error(None, _("그 사이에 지워진 추진상황입니다. 다시 저장하면 새로 씁니다."))
        return show_writing(request, period, about, form, last, status=409)
    form.show_outdated(OutdatedError(saved))
    if same(form.sides):
        return saved_already(request, saved)
    return show_writing(request, period, about, form, last, status=409)


def show_writing(
    request: HttpRequest,
    period: Period,
    about: Activity | Initiative,
    form: UpdateForm,
    last: Update | None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the form beside figures, money, and what was said in the period before."""
    figures = figures_for(about, read_figures(request, period))
    return show(
        request,
        "tracking/write.html",
        current=PAGE,
        status=status,
        period=period,
        node=about,
        level_name=about._meta.verbose_name,
        form=form,
        figures=figures,
        money=money_lines(period, [one.activity for one in figures]),
        last=last,
        last_texts=texts_of(last) if last else [],
        crumbs=trail(period, about.shown_title),
    )


@require_GET
@needs_reading
def update(request: HttpRequest, key: int) -> HttpResponse:
    """Show an update: texts, figures, money, people, and what the user may do with it."""
    return show_update(request, update_in(request, key))


def show_update(
    request: HttpRequest, update: Update, form: ReturnForm | None = None
) -> HttpResponse:
    """Show an update's page; `form` is the one with errors."""
    user, period = request.user, update.period
    writes = period.is_open and may_write(user, update.node)
    decides = period.is_open and not update.is_in_work and may_decide(user, update)
    returning = (form or returning_form(update)) if decides else None
    figures = figures_for(update.node, read_figures(request, period))
    return show(
        request,
        "tracking/update.html",
        current=PAGE,
        update=update,
        period=period,
        node=update.node,
        level=update.node._meta.model_name,
        texts=texts_of(update),
        figures=figures,
        money=money_lines(period, [one.activity for one in figures]),
        steps=steps_of(update),
        has_unsaved=bool(unsaved_texts(user, period, update.node, update)),
        may_write=writes and update.is_in_work,
        may_take_back=writes and update.state == Update.State.SUBMITTED,
        may_approve=decides and update.state == Update.State.SUBMITTED,
        returning=returning,
        form=form,
        crumbs=trail(period, update.node.shown_title),
    )


@require_POST
@needs_reading
def submit(request: HttpRequest, key: int) -> HttpResponse:
    """Hand an update in for approval."""
    said = _("제출했습니다. 쓴 사람이 아닌 다른 사람이 승인합니다.")
    return act_on(request, update_in(request, key), actions.submit, said)


@require_POST
@needs_reading
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Make an update that waits for approval a draft again."""
    said = _("제출을 거두었습니다. 이제 고칠 수 있습니다.")
    return act_on(request, update_in(request, key), actions.take_back, said)


@require_POST
@needs_reading
def delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a draft."""
    found = update_in(request, key)
    return act_on(request, found, actions.delete_update, _("지웠습니다."), then=found.period)


@require_POST
@needs_reading
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Approve one update."""

    def action(*, update: Update, version: int, by: User) -> None:
        actions.approve(seen={update.pk: version}, by=by)

    return act_on(request, update_in(request, key), action, _("승인했습니다."))


@require_POST
@needs_reading
def send_back(request: HttpRequest, key: int) -> HttpResponse:
    """Return an update to its author with a reason."""
    found = update_in(request, key)
    form = returning_form(found, request.POST)
    if not form.is_valid():
        return show_update(request, found, form)
    try:
        actions.send_back(
            update=found,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except RefusedError as refusal:
        is_outdated = isinstance(refusal, OutdatedError)
        form.add_error(None, str(CHANGED if is_outdated else refusal))
        return show_update(request, found, form)
    messages.success(request, _("반려했습니다. 작성자의 「내 업무」에 나옵니다."))
    is_one_of_many = form.cleaned_data["many"]
    return redirect("tracking:waiting", found.period_id) if is_one_of_many else redirect(found)


def act_on(
    request: HttpRequest,
    found: Update,
    action: Callable[..., object],
    said: str,
    *,
    then: Period | Update | None = None,
) -> HttpResponse:
    """Act on an update as the user saw it, and say so on the page of `then`, or on its own."""

    def act() -> None:
        try:
            action(update=found, version=seen_version(request), by=request.user)
        except OutdatedError as outdated:
            raise RefusedError(str(CHANGED)) from outdated

    address = found.get_absolute_url()
    return redirect(then if act_and_say(request, act, said) and then else address)


def update_in(request: HttpRequest, key: int) -> Update:
    """Return the update of a page, whose district the page names."""
    found = update_for(request.user, key)
    request.district = found.period.plan.district
    return found
