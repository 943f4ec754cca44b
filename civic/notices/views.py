"""Staff pages of notices: the list, writing, approving, and watching them go."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from civic.notices import actions
from civic.notices.access import (
    may_approve,
    may_cancel,
    may_change,
    may_write,
    needs_reading,
    notice_for_staff,
    notices_for_staff,
)
from civic.notices.forms import NoticeApprovalForm, NoticeForm, NoticeReturnForm, TestForm
from civic.notices.models import Notice, NoticeTemplate
from civic.notices.preview import phone_of, preview_of
from civic.notices.progress import progress_of
from civic.notices.queries import audience_in_words, first_activity, latest_plan
from gwonseon.messaging.actions import usable_senders
from gwonseon.office.acting import act_and_say
from gwonseon.office.menu import show
from gwonseon.paging import numbered_page
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError

PAGE = "notices:notices"
PER_PAGE = 20
EVENING = time(18)
WORDING = ("nature", "news", "title", "text")
# What notices.js sends as the name `preview`, where a button sends its label.
WHILE_TYPING = "live"


@require_GET
@needs_reading
def notices(request: HttpRequest) -> HttpResponse:
    """List all notices, latest first."""
    return show(
        request,
        "civic/notices/notices.html",
        current=PAGE,
        page=numbered_page(request, notices_for_staff(), PER_PAGE),
        may_write=may_write(request.user),
        crumbs=[(_("문자 안내"), "")],
    )


@require_http_methods(["GET", "POST"])
@needs_reading
def notice_add(request: HttpRequest) -> HttpResponse:
    """Write a new notice, perhaps from a template or from another notice."""
    if not may_write(request.user):
        raise PermissionDenied
    form = NoticeForm(request.POST or None, instance=new_notice(request))

    def save() -> Notice:
        token = form.cleaned_data["token"]
        return actions.write_notice(values=form.values(), by=request.user, token=token)

    return compose(request, form, save, _("문자 안내 쓰기"))


@require_http_methods(["GET", "POST"])
@needs_reading
def notice_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Change a draft."""
    notice = notice_for_staff(key)
    if not may_change(request.user, notice):
        raise PermissionDenied
    if request.method == "GET" and not notice.is_draft:
        messages.error(request, actions.why_fixed(notice))
        return redirect(notice)
    form = NoticeForm(request.POST or None, instance=notice)

    def save() -> Notice:
        version = form.cleaned_data["version"]
        return actions.rewrite_notice(
            notice=notice, values=form.values(), version=version, by=request.user
        )

    return compose(request, form, save, _("문자 안내 고치기"))


def new_notice(request: HttpRequest) -> Notice:
    """Return an unsaved notice with the values that the form begins with (at most 5 queries)."""
    notice = Notice(
        activity=first_activity(latest_plan()),
        sender=usable_senders().first(),
        expires_at=evening_after(timezone.now()),
    )
    source: NoticeTemplate | Notice | None
    source = NoticeTemplate.objects.filter(pk=number_in(request.GET, "template")).first()
    copied = WORDING
    if source is None:
        source = Notice.objects.filter(pk=number_in(request.GET, "from")).first()
        copied = (*WORDING, "words", "pillars", "initiatives", "dongs")
    for name in copied if source else ():
        setattr(notice, name, getattr(source, name))
    return notice


def evening_after(moment: datetime) -> datetime:
    """Return six in the evening of the next day."""
    day = timezone.localdate(moment) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, EVENING))


def compose(
    request: HttpRequest, form: NoticeForm, save: Callable[[], Notice], title: str
) -> HttpResponse:
    """Show a notice's form with its preview; save it if that button was pressed."""
    outdated = None
    is_valid = form.is_valid()
    if is_valid and "preview" not in request.POST:
        try:
            saved = save()
        except OutdatedError as refusal:
            form.show_outdated(refusal)
            outdated = refusal.row
        except actions.NoticeSentTwiceError as refusal:
            form.add_error(None, str(refusal))
            form.renew_token()
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("저장했습니다. 확인하고 승인을 요청하세요."))
            return redirect(saved)
    preview = preview_of(form.typed(), stop_page(request))
    if request.POST.get("preview") == WHILE_TYPING:
        # What is not typed yet is no mistake.
        form.errors.clear()
    return show(
        request,
        "civic/notices/compose.html",
        current=PAGE,
        status=HTTPStatus.CONFLICT if outdated else HTTPStatus.OK,
        title=title,
        form=form,
        saved=outdated,
        preview=preview,
        templates=list(NoticeTemplate.objects.all()),
        crumbs=[(_("문자 안내"), reverse(PAGE)), (title, "")],
    )


@require_GET
@needs_reading
def notice(request: HttpRequest, key: int) -> HttpResponse:
    """Show a notice: how it reads, and how far it has come."""
    return show_notice(request, notice_for_staff(key))


@require_POST
@needs_reading
def submit(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for approval."""
    found = notice_for_staff(key)
    seen = {"notice": found, "version": number_in(request.POST, "version"), "by": request.user}

    def act() -> None:
        actions.submit(portal=stop_page(request), **seen)

    act_and_say(request, act, _("승인을 요청했습니다. 다른 사람이 승인하면 보냅니다."))
    return redirect(found)


@require_POST
@needs_reading
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Make a notice a draft again."""
    found = notice_for_staff(key)
    seen = {"notice": found, "version": number_in(request.POST, "version"), "by": request.user}

    def act() -> None:
        actions.take_back(**seen)

    act_and_say(request, act, _("승인 요청을 거두었습니다. 이제 고칠 수 있습니다."))
    return redirect(found)


@require_POST
@needs_reading
def delete(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a draft."""
    found = notice_for_staff(key)
    address = found.get_absolute_url()
    seen = {"notice": found, "version": number_in(request.POST, "version"), "by": request.user}

    def act() -> None:
        actions.delete_notice(**seen)

    return redirect(PAGE if act_and_say(request, act, _("안내를 지웠습니다.")) else address)


@require_POST
@needs_reading
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Stop what has not left, and say how much has."""
    found = notice_for_staff(key)

    def act() -> dict[str, str]:
        done = actions.cancel(notice=found, by=request.user)
        return {"stopped": f"{done.stopped:,}", "left": f"{done.left:,}"}

    said = _("발송을 취소했습니다. 멈춘 문자는 %(stopped)s건, 이미 나간 문자는 %(left)s건입니다.")
    act_and_say(request, act, said)
    return redirect(found)


@require_POST
@needs_reading
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Approve another person's notice, with the typed number of recipients."""
    found, form = notice_for_staff(key), NoticeApprovalForm(request.POST)
    action = partial(actions.approve, notice=found, by=request.user, portal=stop_page(request))
    if status := refusal_of(form, action):
        return show_notice(request, notice_for_staff(key), status, approval=form)
    messages.success(request, _("승인했습니다. 정한 때에 보내기 시작합니다."))
    return redirect(found)


@require_POST
@needs_reading
def send_back(request: HttpRequest, key: int) -> HttpResponse:
    """Return a notice to its author."""
    found, form = notice_for_staff(key), NoticeReturnForm(request.POST)
    if status := refusal_of(form, partial(actions.send_back, notice=found, by=request.user)):
        return show_notice(request, notice_for_staff(key), status, returning=form)
    messages.success(request, _("돌려보냈습니다."))
    return redirect(found)


@require_POST
@needs_reading
def send_test(request: HttpRequest, key: int) -> HttpResponse:
    """Send a notice to the user's own phone."""
    found, form = notice_for_staff(key), TestForm(request.POST)
    if status := refusal_of(form, partial(actions.send_test, notice=found, by=request.user)):
        return show_notice(request, found, status, testing=form)
    messages.success(request, _("시험 문자를 보냈습니다. 곧 도착합니다."))
    return redirect(found)


def refusal_of(
    form: NoticeApprovalForm | NoticeReturnForm | TestForm, action: Callable[..., object]
) -> HTTPStatus | None:
    """Run an action with a form's values; return None on success, else the HTTP status.

    Errors and refusals are in the form then, which can be sent again.
    """
    if not form.is_valid():
        return HTTPStatus.OK
    try:
        action(**form.cleaned_data)
    except OutdatedError as outdated:
        form.show_outdated(outdated)
        return HTTPStatus.CONFLICT
    except actions.WrongCountError as refusal:
        form.add_error("recipients", str(refusal))
        return HTTPStatus.OK
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return HTTPStatus.OK
    return None


def number_in(sent: QueryDict, name: str) -> int:
    """Return a number that was sent, as a version or a key; -1 where there is none."""
    try:
        return int(sent.get(name, ""))
    except ValueError:
        return -1


def stop_page(request: HttpRequest) -> str:
    """Return the address of the residents' stop page, as messages name it."""
    return request.build_absolute_uri(reverse("residents:stop"))


def show_notice(
    request: HttpRequest,
    notice: Notice,
    status: int = HTTPStatus.OK,
    *,
    approval: NoticeApprovalForm | None = None,
    returning: NoticeReturnForm | None = None,
    testing: TestForm | None = None,
) -> HttpResponse:
    """Show a notice's page, with the forms of those who may use them."""
    user, seen = request.user, {"version": notice.version}
    approves = notice.state == Notice.State.WAITING and may_approve(user, notice)
    writes = may_change(user, notice)
    tests = not notice.is_over and (writes or may_approve(user, notice))
    forms = {
        "approve": (approval or NoticeApprovalForm(initial=seen)) if approves else None,
        "send_back": (returning or NoticeReturnForm(initial=seen)) if approves else None,
        "send_test": (testing or TestForm()) if tests else None,
    }
    for name, form in forms.items():
        if form:
            form.helper.form_action = reverse(f"notices:{name}", args=[notice.pk])
    return show(
        request,
        "civic/notices/notice.html",
        current=PAGE,
        status=status,
        notice=notice,
        audience=audience_in_words(notice),
        preview=None if notice.dispatch else preview_of(notice, stop_page(request)),
        phone=phone_of(notice) if notice.dispatch else None,
        progress=progress_of(notice) if notice.dispatch else None,
        record=getattr(getattr(notice, "detail", None), "record", None),
        form=approval or returning or testing,
        approval=forms["approve"],
        returning=forms["send_back"],
        testing=forms["send_test"],
        may_change=writes,
        may_cancel=notice.dispatch and not notice.is_over and may_cancel(user, notice),
        may_copy=may_write(user),
        waits_for_another=notice.state == Notice.State.WAITING and not approves,
        crumbs=[(_("문자 안내"), reverse(PAGE)), (notice.title, "")],
    )
