"""Staff pages to record many days at once: upload a table, preview it, write all of it."""

from collections.abc import Sequence
from functools import partial

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
from gwonseon.uploads.actions import Found
from gwonseon.uploads.models import Upload
from gwonseon.uploads.views import TablePages, preview_and_write, upload_table
from plans.ledger.bulk.actions import kept_rows, table_place, write_table
from plans.ledger.bulk.forms import TableForm
from plans.ledger.bulk.outcomes import (
    LEFT_ALONE,
    WRITTEN,
    Outcome,
    OutcomeLine,
    counts_of,
    lines_of,
    lines_stamp,
    sentence_of,
)
from plans.ledger.bulk.reading import TableReader
from plans.ledger.kinds import RecordKind, kind_of
from plans.ledger.views import PAGE, activity_to_record, confirms, records_trail
from plans.tree.models import Activity


@require_GET
@login_required
def records_form(request: HttpRequest, key: int) -> FileResponse:
    """Send an empty workbook with the columns of the activity's kind."""
    reader = TableReader(user=request.user, activity=activity_for_many(request, key))
    book = blank_workbook(
        _("실적"), reader.headers, reader.lists, many=reader.several, texts=reader.texts
    )
    return FileResponse(book, as_attachment=True, filename=_("실적-양식.xlsx"))


@require_http_methods(["GET", "POST"])
@login_required
def records_add(request: HttpRequest, key: int) -> HttpResponse:
    """Read an uploaded table of many days and show the wrong cells."""
    return upload_table(request, table_pages(request, activity_for_many(request, key)))


@require_http_methods(["GET", "POST"])
@login_required
def records_preview(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """Show what would be written, ask, and write all of it or nothing."""
    return preview_and_write(request, table_pages(request, activity_for_many(request, key)), number)


def table_pages(request: HttpRequest, activity: Activity) -> TablePages:
    """Return the settings of the upload pages for an activity's many days."""
    reader = TableReader(user=request.user, activity=activity)
    return TablePages(
        place=table_place(activity),
        form=TableForm,
        read=partial(read_table, reader),
        show_form=partial(show_form, request, reader),
        show_preview=partial(show_preview, request, reader),
        write=partial(write_table_and_tell, request, activity),
        form_url=reverse("ledger:records_add", args=[activity.pk]),
        preview_url=lambda number: reverse("ledger:records_preview", args=[activity.pk, number]),
    )


def read_table(reader: TableReader, form: TableForm) -> Found:
    """Return the rows of a form's table, or its errors."""
    rows, problems = rows_of(
        form.lines(), known=reader.headers, needed=reader.needed, synonyms=reader.synonyms
    )
    if not rows and not problems:
        raise RefusedError("표에 적힌 날이 없습니다. 한 줄에 하루씩 적어 주세요.")
    return Found(rows, problems + reader.read(rows)[1])


def show_form(
    request: HttpRequest, reader: TableReader, form: TableForm, problems: Sequence[Problem]
) -> HttpResponse:
    """Show the upload page."""
    return show(
        request,
        "ledger/bulk/records_add.html",
        current=PAGE,
        activity=reader.activity,
        form=form,
        headers=reader.headers,
        needed=reader.needed,
        problems=problems,
        crumbs=crumbs_of(reader.activity, _("여러 날 한꺼번에")),
    )


def show_preview(request: HttpRequest, reader: TableReader, upload: Upload) -> HttpResponse:
    """Show for each line what would be written."""
    activity = reader.activity
    taken, _problems = reader.read(kept_rows(upload, reader))
    lines = lines_of(taken, activity, request.user)
    counts = counts_of(lines)
    kind = kind_of(activity.record_kind)
    to_write = sum(counts[one] for one in WRITTEN)
    headers = [name for name in reader.headers if any(one.shown.get(name) for one in taken)]
    return show(
        request,
        "ledger/bulk/records_preview.html",
        current=PAGE,
        activity=activity,
        kind=kind,
        headers=headers,
        lines=[shown_line(line, headers, kind) for line in lines],
        there=sum(counts[one] for one in LEFT_ALONE),
        voided=counts[Outcome.VOIDED],
        changed=counts[Outcome.CHANGED],
        drafts=counts[Outcome.DRAFT],
        may_save=to_write > 0,
        may_confirm=not kind.confirmed_by_another and to_write + counts[Outcome.DRAFT] > 0,
        seen=lines_stamp(lines),
        crumbs=crumbs_of(activity, _("확인")),
    )


def shown_line(line: OutcomeLine, headers: list[str], kind: RecordKind) -> dict:
    """Return a line for the preview: the value read, and the typed text where it differs."""
    outcome = line.outcome.label
    if line.outcome == Outcome.DRAFT and kind.confirmed_by_another:
        outcome = _("이미 있음(작성중)")
    cells = []
    for name in headers:
        read, typed = line.taken.shown.get(name, ""), line.taken.row.cells.get(name, "")
        same = typed in {read, read.replace(",", "")}
        cells.append({"name": name, "read": read, "typed": "" if same else typed})
    return {"number": line.taken.row.number, "outcome": outcome, "cells": cells, "line": line}


def write_table_and_tell(request: HttpRequest, activity: Activity, number: int) -> HttpResponse:
    """Write a stored table and redirect to a page that shows the outcome."""
    confirm = confirms(request)
    counts = write_table(
        number=number,
        activity=activity,
        by=request.user,
        confirm=confirm,
        seen=request.POST.get("seen", ""),
    )
    messages.success(request, sentence_of(counts, confirmed=confirm))
    return redirect(f"{reverse('ledger:records')}?activity={activity.pk}&mine=on")


def activity_for_many(request: HttpRequest, key: int) -> Activity:
    """Return an activity that the user may record many days of; personal kinds are refused."""
    activity = activity_to_record(request, key)
    if kind_of(activity.record_kind).is_personal:
        raise Http404(_("개인의 일은 한 건씩 기록합니다."))
    return activity


def crumbs_of(activity: Activity, here: str) -> list[tuple[str, str]]:
    """Return the breadcrumb below the activity's form."""
    above = reverse("ledger:record_add", args=[activity.pk])
    return records_trail(
        (_("기록하기"), reverse("ledger:choose")), (activity.shown_title, above), (here, "")
    )
