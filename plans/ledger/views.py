"""Staff pages of the ledger: find, record, confirm, correct and void records."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gwonseon.office.menu import show
from gwonseon.office.models import PersonalAccess
from gwonseon.refusals import RefusedError
from plans.facilities.models import Facility
from plans.ledger import actions
from plans.ledger.access import activity_for, may_confirm, may_record, record_for
from plans.ledger.conflicts import both_versions, forms_over
from plans.ledger.forms.entries import EntryForms, last_record
from plans.ledger.forms.records import VoidForm
from plans.ledger.keyset import page_of
from plans.ledger.kinds import kind_of
from plans.ledger.listing import RecordFilter, RecordsDownloadForm, file_of
from plans.ledger.models import Evidence, Record
from plans.ledger.personal import log_form, log_personal, log_record, logged
from plans.ledger.queries import facilities_for, recordable_with_last
from plans.ledger.releases.forms import ReleaseForm, evidence_with_forms
from plans.ledger.versions.queries import steps_of
from plans.tree.access import may_approve
from plans.tree.models import Activity

PAGE = "ledger:records"
# Digits of the largest key or version that a page can send.
MOST_DIGITS = 18
MOST_RECENT = 5
# Messages after saving.
CONFIRMED = gettext_lazy("확정했습니다. 진행에 더해집니다.")
DRAFT = gettext_lazy("작성중으로 저장했습니다. 확정해야 진행에 더해집니다.")
WAS_CONFIRMED = gettext_lazy(
    "이미 저장되어 있는 실적이라 또 적지 않았습니다. 한 번만 진행에 더해집니다."
)
WAS_DRAFT = gettext_lazy(
    "이미 저장되어 있는 실적이라 또 적지 않았습니다. 작성중이니 확정해야 진행에 더해집니다."
)
WAS_REPLACED = gettext_lazy(
    "이미 저장했고 그 뒤에 정정되거나 취소된 실적이라 또 적지 않았습니다. 따로 한 일이면 「하나 더 "
    "기록」으로 적으세요."
)
STRUCK_OUT = gettext_lazy("실적을 취소했습니다. 진행에서 빠집니다.")
STRIKES_OUT = gettext_lazy(
    "취소를 요청했습니다. 요청한 사람이 아닌 다른 사람이 확정하면 진행에서 빠집니다."
)


@require_GET
@login_required
def records(request: HttpRequest) -> HttpResponse:
    """List the records that the user may see, filtered; the address holds the filter."""
    form = RecordFilter(request.GET, user=request.user)
    rows = form.records()
    page = page_of(rows, request.GET)
    log_personal(request, page.records, PersonalAccess.What.SEARCH)
    query = request.GET.copy()
    for name in ("newer", "older"):
        query.pop(name, None)
    return show(
        request,
        "ledger/records.html",
        current=PAGE,
        form=form,
        page=page,
        totals=form.totals() if form.narrows else None,
        query=query.urlencode(),
        crumbs=records_trail(),
    )


@require_http_methods(["GET", "POST"])
@login_required
def records_file(request: HttpRequest) -> HttpResponse:
    """Send the filtered records as CSV; a reason is required if personal records are included.

    Invalid input redirects to the list, which shows the errors.
    """
    asked = RecordFilter(request.GET, user=request.user)
    if not asked.is_valid():
        return redirect(f"{reverse('ledger:records')}?{request.GET.urlencode()}")
    rows = asked.records()
    personal = list(rows.personal().select_related(None).only("kind", "corrects"))
    form = RecordsDownloadForm(request.POST if request.method == "POST" else None)
    if personal and not form.is_valid():
        crumbs = records_trail((_("목록 받기"), ""))
        context = {"form": form, "number": len(personal), "crumbs": crumbs}
        return show(request, "ledger/records_file.html", current=PAGE, **context)
    if personal:
        reason = form.cleaned_data["reason"]
        log_personal(request, personal, PersonalAccess.What.DOWNLOAD, reason)
    # Records added since then are not logged, so they are left out.
    rows = rows.personal_limited_to(personal)
    answer = StreamingHttpResponse(file_of(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="records.csv"'
    return answer


@require_GET
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """List the activities that the user may record for, most recently recorded first."""
    activities = list(recordable_with_last(request.user))
    recent = [one for one in activities if one.last]
    return show(
        request,
        "ledger/choose.html",
        current=PAGE,
        activities=activities,
        recent=sorted(recent, key=lambda one: one.last, reverse=True)[:MOST_RECENT],
        crumbs=records_trail((_("기록하기"), "")),
    )


@require_http_methods(["GET", "POST"])
@login_required
def record_add(request: HttpRequest, key: int) -> HttpResponse:
    """Record work for an activity; first ask for the facility if its kind needs one."""
    activity = activity_to_record(request, key)
    if activity.retired_on and request.method == "GET":
        day = f"{activity.retired_on:%Y. %-m. %-d.}"
        messages.info(
            request, _("%(day)s에 끝난 활동입니다. 그날까지의 일만 적습니다.") % {"day": day}
        )
    facility = facility_of(request, activity)
    asks_facility = kind_of(activity.record_kind).facilities and facility is None
    if asks_facility and request.method == "GET":
        return choose_facility(request, activity)
    forms = forms_of(request, activity, facility=facility)
    if request.method == "POST" and forms.is_valid():
        try:
            with logged(request, PersonalAccess.What.ADD) as written:
                record = actions.add_record(
                    activity=activity,
                    entry=forms.entry(),
                    by=request.user,
                    confirm=confirms(request),
                )
                if not record.was_there:
                    written.append(record)
        except actions.RecordSentTwiceError as refusal:
            log_personal(request, [refusal.record], PersonalAccess.What.VIEW)
            forms.renew(another="on")
            forms.record.ask("another", sent_twice(refusal))
        except RefusedError as refusal:
            forms.refuse(str(refusal))
        else:
            return after_saving(request, record)
    return show_forms(request, forms, _("기록하기"))


@require_GET
@login_required
def record(request: HttpRequest, key: int) -> HttpResponse:
    """Show a record with the buttons for what the user may do."""
    return show_record(request, record_for(request.user, key))


def show_record(
    request: HttpRequest, shown: Record, typed: ReleaseForm | None = None
) -> HttpResponse:
    """Show a record's page, perhaps with the form of a photo's release that has errors."""
    correction = Record.objects.visible_to(request.user).filter(corrects=shown).first()
    log_record(request, shown, correction, shown.corrects)
    kind = kind_of(shown.kind)
    detail = kind.detail.objects.filter(record=shown).first() if kind.detail else None
    steps = steps_of(shown)
    return show(
        request,
        "ledger/record.html",
        current=PAGE,
        record=shown,
        kind=kind,
        detail=detail,
        facts=detail.facts() if detail else [],
        findings=list(shown.findings.select_related("department")),
        evidence=evidence_with_forms(shown, request.user, typed),
        typed=typed,
        steps=steps,
        authors=list(dict.fromkeys([shown.written_by, *(one.version.by for one in steps)])),
        correction=correction,
        may_record=may_record(request.user, shown.activity),
        may_confirm=may_confirm(request.user, shown),
        may_approve=may_approve(request.user, shown.activity),
        crumbs=records_trail((shown.activity.shown_title, "")),
    )


@require_http_methods(["GET", "POST"])
@login_required
def record_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Edit a draft, or write the correction of a confirmed record."""
    if request.method == "POST" and not Record.objects.filter(pk=key).exists():
        return show_discarded(request)
    shown = record_to_write(request, key)
    if request.method == "GET" and not may_be_written(request, shown):
        return redirect(shown)
    forms = forms_of(request, shown.activity, facility=shown.facility, record=shown)
    if request.method == "POST" and forms.is_valid():
        try:
            with logged(request, PersonalAccess.What.CHANGE, shown) as written:
                saved = save(request, shown, forms)
                written.append(saved)
        except actions.RecordChangedMeanwhileError as refusal:
            return show_both(request, forms, refusal)
        except actions.RecordSentTwiceError as refusal:
            return show_sent_twice(request, forms, refusal)
        except RefusedError as refusal:
            forms.refuse(str(refusal))
        else:
            return after_saving(request, saved)
    return show_forms(request, forms, _("고치기") if shown.is_draft else _("정정"))


def show_discarded(request: HttpRequest) -> HttpResponse:
    """Show the typed input of a draft that was deleted meanwhile: it may be saved as a new one."""
    activity = activity_to_record(request, number_of(request.POST, "activity"))
    forms = forms_of(request, activity, facility=facility_of(request, activity))
    forms.is_valid()
    forms.renew(version="0", state=Record.State.DRAFT.value)
    forms.refuse(actions.DISCARDED_MEANWHILE)
    return show_forms(request, forms, _("기록하기"), status=409)


def may_be_written(request: HttpRequest, shown: Record) -> bool:
    """Return whether a record can be edited or corrected; else add a message that says why not."""
    if shown.strikes_out:
        messages.error(request, actions.STAYS_A_REQUEST)
    elif not (shown.is_draft or shown.state == Record.State.CONFIRMED):
        messages.error(request, actions.SENTENCES["record_corrects_what_counts"])
    else:
        return True
    return False


def save(request: HttpRequest, shown: Record, forms: EntryForms) -> Record:
    """Save the form as what it was opened for: an edit of a draft, or a correction."""
    entry, confirm = forms.entry(), confirms(request)
    seen = forms.record.cleaned_data
    if seen["state"] == Record.State.DRAFT:
        return actions.rewrite_record(
            record=shown, entry=entry, version=seen["version"], by=request.user, confirm=confirm
        )
    return actions.correct_record(record=shown, entry=entry, by=request.user, confirm=confirm)


def show_both(
    request: HttpRequest, typed: EntryForms, refusal: actions.RecordChangedMeanwhileError
) -> HttpResponse:
    """Show the current record beside the typed input, which stays in the form to save again."""
    there = record_for(request.user, refusal.record.pk)
    log_personal(request, [there], PersonalAccess.What.VIEW)
    sides = both_versions(there, typed, request.user)
    if not any(one.differs for one in sides):
        there.was_there = True
        return after_saving(request, there)
    forms = forms_over(there, typed, request.user)
    forms.refuse(str(refusal))
    return show_forms(
        request,
        forms,
        _("고치기") if there.is_draft else _("정정"),
        status=409,
        sides=sides,
    )


def show_sent_twice(
    request: HttpRequest, typed: EntryForms, refusal: actions.RecordSentTwiceError
) -> HttpResponse:
    """Show the correction that this form wrote before beside its input now, to save over it."""
    if refusal.record:
        again = actions.RecordChangedMeanwhileError(refusal.record, actions.CORRECTED_BEFORE)
        return show_both(request, typed, again)
    typed.renew()
    typed.refuse(str(refusal))
    return show_forms(request, typed, _("정정"))


def sent_twice(refusal: actions.RecordSentTwiceError) -> str:
    """Return the message for a form that already wrote a record, with a link to that record."""
    if refusal.record is None:
        return str(refusal)
    address, name = refusal.record.get_absolute_url(), actions.named(refusal.record)
    link = format_html('<a href="{}">{}</a>', address, name)
    return format_html(actions.SENT_TWICE, link)


@require_POST
@login_required
def record_confirm(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm a draft."""
    shown = record_to_write(request, key)
    try:
        with logged(request, PersonalAccess.What.CHANGE, shown, shown.corrects):
            actions.confirm_record(record=shown, version=version_of(request), by=request.user)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, STRUCK_OUT if shown.strikes_out else CONFIRMED)
    return redirect(shown)


@require_POST
@login_required
def record_discard(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a draft."""
    shown = record_to_write(request, key)
    try:
        with logged(request, PersonalAccess.What.DELETE, shown):
            actions.discard_record(record=shown, version=version_of(request), by=request.user)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("작성중인 실적을 지웠습니다."))
    return redirect("ledger:records")


@require_http_methods(["GET", "POST"])
@login_required
def record_void(request: HttpRequest, key: int) -> HttpResponse:
    """Void a confirmed record, with a reason."""
    shown = record_to_write(request, key)
    form = VoidForm(request.POST or None, kind=kind_of(shown.kind))
    if form.is_valid():
        try:
            with logged(request, PersonalAccess.What.CHANGE, shown) as written:
                reason = form.cleaned_data["reason"]
                void = actions.void_record(record=shown, reason=reason, by=request.user)
                written.append(void)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, STRIKES_OUT if void.is_draft else STRUCK_OUT)
            return redirect(shown)
    log_personal(request, [shown], PersonalAccess.What.VIEW)
    crumbs = records_trail(
        (shown.activity.shown_title, shown.get_absolute_url()), (_("실적 취소"), "")
    )
    return show(
        request,
        "ledger/void.html",
        current=PAGE,
        record=shown,
        kind=kind_of(shown.kind),
        form=form,
        crumbs=crumbs,
    )


@require_GET
@login_required
def evidence(request: HttpRequest, key: int) -> HttpResponse:
    """Send a photo or a document to a user who may see its record."""
    shown = get_object_or_404(Evidence, pk=key)
    log_personal(request, [record_for(request.user, shown.record_id)], PersonalAccess.What.VIEW)
    answer = FileResponse(
        shown.file.open(),
        as_attachment=not shown.is_photo,
        filename=shown.name,
        content_type=shown.type,
    )
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def activity_to_record(request: HttpRequest, key: int) -> Activity:
    """Return an activity that the user may record for: 404 where not visible, else 403."""
    activity = activity_for(request.user, key)
    if not may_record(request.user, activity):
        raise PermissionDenied
    return activity


def record_to_write(request: HttpRequest, key: int) -> Record:
    """Return a record that the user may write: 404 where not visible, else 403."""
    shown = record_for(request.user, key)
    if not may_record(request.user, shown.activity):
        raise PermissionDenied
    return shown


def facility_of(request: HttpRequest, activity: Activity) -> Facility | None:
    """Return the facility that the request names, or None.

    On GET it must be open and fit the activity's kind. On POST any facility is returned, so that
    typed input is kept and the form can ask again.
    """
    key = request.POST.get("facility") or request.GET.get("facility", "")
    if not key.isdecimal() or len(key) > MOST_DIGITS:
        return None
    rows = Facility.objects.select_related("dong").filter(pk=key)
    if request.method == "GET":
        rows = rows.open().filter(kinds__overlap=list(kind_of(activity.record_kind).facilities))
    return rows.first()


def choose_facility(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Show the page that asks for the facility."""
    last = last_record(request.user, activity)
    return show(
        request,
        "ledger/choose_facility.html",
        current=PAGE,
        activity=activity,
        facilities=facilities_for(activity),
        last=last and last.facility,
        crumbs=records_trail((_("기록하기"), reverse("ledger:choose")), (activity.shown_title, "")),
    )


def forms_of(request: HttpRequest, activity: Activity, **given: Any) -> EntryForms:
    """Return a record's forms, with the submitted data."""
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return EntryForms(user=request.user, activity=activity, **given, **sent)


def show_forms(
    request: HttpRequest, forms: EntryForms, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Show the page with a record's forms."""
    log_form(request, forms)
    return show(
        request,
        "ledger/record_form.html",
        current=PAGE,
        status=status,
        forms=forms,
        activity=forms.activity,
        facility=forms.facility if forms.kind.facilities else None,
        kind=forms.kind,
        record=forms.written,
        action=address_of(forms),
        has_files=bool(request.FILES),
        title=title,
        crumbs=records_trail(
            (_("기록하기"), reverse("ledger:choose")), (forms.activity.shown_title, "")
        ),
        **context,
    )


def after_saving(request: HttpRequest, saved: Record) -> HttpResponse:
    """Add a message about what was saved, and redirect to the record."""
    if saved.was_there:
        there = {Record.State.DRAFT: WAS_DRAFT, Record.State.CONFIRMED: WAS_CONFIRMED}
        messages.info(request, there.get(saved.state, WAS_REPLACED))
    else:
        messages.success(request, DRAFT if saved.is_draft else CONFIRMED)
    return redirect(saved)


def confirms(request: HttpRequest) -> bool:
    """Return whether the button that confirms was pressed."""
    return "confirm" in request.POST


def version_of(request: HttpRequest) -> int:
    """Return the version that the user saw."""
    return number_of(request.POST, "version")


def number_of(sent: QueryDict, name: str) -> int:
    """Return a number from a form or URL of the portal, or answer 404 if it is not valid."""
    number = sent.get(name, "")
    if not number.isdecimal() or len(number) > MOST_DIGITS:
        raise Http404
    return int(number)


def address_of(forms: EntryForms) -> str:
    """Return where a record's forms are sent."""
    if forms.written:
        return reverse("ledger:record_edit", args=[forms.written.pk])
    address = reverse("ledger:record_add", args=[forms.activity.pk])
    return f"{address}?facility={forms.facility.pk}" if forms.facility else address


def records_trail(*crumbs: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the breadcrumb below 「실적」."""
    return [(_("실적"), reverse("ledger:records") if crumbs else ""), *crumbs]
