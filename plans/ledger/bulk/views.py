"""Staff's pages to record many days at once: bring a table, look at it, write all of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gwonseon.office.menu import show
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from gwonseon.tables.rows import rows_of
from gwonseon.tables.workbooks import blank_workbook
from plans.ledger.bulk.actions import keep, kept_rows, write_upload
from plans.ledger.bulk.forms import TableForm
from plans.ledger.bulk.models import RecordUpload
from plans.ledger.bulk.reading import TableReader, Taken
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record
from plans.ledger.views import PAGE, activity_to_record, confirms, trail
from plans.tree.models import Activity


@require_GET
@login_required
def records_form(request: HttpRequest, key: int) -> FileResponse:
    """Give a workbook to fill in, with the columns of the activity's kind."""
    reader = TableReader(user=request.user, activity=activity_for_many(request, key))
    book = blank_workbook(
        _("실적"), reader.headers, reader.lists, many=reader.several, texts=reader.texts
    )
    return FileResponse(book, as_attachment=True, filename=_("실적-양식.xlsx"))


@require_http_methods(["GET", "POST"])
@login_required
def records_add(request: HttpRequest, key: int) -> HttpResponse:
    """Take a table of many days and show what is wrong in it, cell by cell."""
    activity = activity_for_many(request, key)
    reader = TableReader(user=request.user, activity=activity)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return show_form(request, reader, form)
    try:
        rows, problems = rows_of(
            form.lines(), known=reader.headers, needed=reader.needed, synonyms=reader.synonyms
        )
        if not rows and not problems:
            raise RefusedError("표에 적힌 날이 없습니다. 한 줄에 하루씩 적어 주세요.")
        problems += reader.read(rows)[1]
    except RefusedError as refusal:
        form.add_error(form.source, str(refusal))
        return show_form(request, reader, form)
    if problems:
        sentence = _("고칠 칸이 %(count)s곳 있습니다. 고친 뒤 다시 확인하세요.")
        form.add_error(form.source, sentence % {"count": len(problems)})
        return show_form(request, reader, form, problems)
    upload = keep(activity=activity, rows=rows, by=request.user)
    return redirect("ledger:records_preview", activity.pk, upload.pk)


def show_form(
    request: HttpRequest,
    reader: TableReader,
    form: TableForm,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    """Show the page to bring a table to."""
    return show(
        request,
        "ledger/bulk/records_add.html",
        current=PAGE,
        activity=reader.activity,
        form=form,
        headers=reader.headers,
        needed=reader.needed,
        problems=problems or [],
        crumbs=crumbs_of(reader.activity, _("여러 날 한꺼번에")),
    )


@require_http_methods(["GET", "POST"])
@login_required
def records_preview(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """Show what would be written, ask, and write all of it or nothing."""
    activity = activity_for_many(request, key)
    if request.method == "POST":
        return write(request, activity, number)
    rows = RecordUpload.objects.filter(uploaded_by=request.user, activity=activity)
    upload = rows.filter(pk=number).first()
    if upload is None:
        messages.info(request, _("이미 반영했거나 더 새로 올린 표가 있습니다."))
        return redirect("ledger:records_add", activity.pk)
    reader = TableReader(user=request.user, activity=activity)
    taken, _problems = reader.read(kept_rows(upload))
    there = written_before(taken)
    headers = [name for name in reader.headers if any(one.shown.get(name) for one in taken)]
    return show(
        request,
        "ledger/bulk/records_preview.html",
        current=PAGE,
        activity=activity,
        kind=kind_of(activity.record_kind),
        headers=headers,
        lines=[line_of(one, headers, one.entry.token in there) for one in taken],
        there=len(there),
        crumbs=crumbs_of(activity, _("확인")),
    )


def written_before(taken: list[Taken]) -> set:
    """Return the tokens of the lines that are records already (1 query)."""
    tokens = [one.entry.token for one in taken]
    return set(Record.objects.filter(token__in=tokens).values_list("token", flat=True))


def line_of(taken: Taken, headers: list[str], is_there: bool) -> dict:
    """Return a row as the preview shows it: what was read, and what was typed where it differs."""
    cells = []
    for name in headers:
        read, typed = taken.shown.get(name, ""), taken.row.cells.get(name, "")
        same = typed in {read, read.replace(",", "")}
        cells.append({"name": name, "read": read, "typed": "" if same else typed})
    return {"number": taken.row.number, "cells": cells, "is_there": is_there}


def write(request: HttpRequest, activity: Activity, number: int) -> HttpResponse:
    """Write a kept table and lead to where the outcome can be seen."""
    confirm = confirms(request)
    try:
        written = write_upload(number=number, activity=activity, by=request.user, confirm=confirm)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:records_add", activity.pk)
    sentence = (
        _("실적 %(count)s건을 확정했습니다. 진행에 더해집니다.")
        if confirm
        else _("실적 %(count)s건을 작성중으로 저장했습니다. 확정해야 진행에 더해집니다.")
    )
    messages.success(request, sentence % {"count": len(written)})
    return redirect(f"{reverse('ledger:records')}?activity={activity.pk}&mine=on")


def activity_for_many(request: HttpRequest, key: int) -> Activity:
    """Return an activity that the user may record many days of: of persons, one by one only."""
    activity = activity_to_record(request, key)
    if kind_of(activity.record_kind).is_personal:
        raise Http404(_("개인의 일은 한 건씩 기록합니다."))
    return activity


def crumbs_of(activity: Activity, here: str) -> list[tuple[str, str]]:
    """Return the breadcrumb below the activity's form."""
    above = reverse("ledger:record_add", args=[activity.pk])
    return trail(
        (_("기록하기"), reverse("ledger:choose")), (activity.shown_title, above), (here, "")
    )
