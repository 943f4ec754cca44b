"""Staff pages that import a plan's document: upload, preview, save."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gwonseon.office.menu import show
from gwonseon.tables.cells import Problem
from gwonseon.uploads.actions import Found
from gwonseon.uploads.models import Upload
from gwonseon.uploads.views import TablePages, preview_and_write, upload_table
from plans.documents import printing
from plans.documents.outline import LEVEL_NAMES
from plans.editing.documents.actions import (
    PLACE,
    KeptDocument,
    check_document,
    refuse_others,
    stamp_of,
    write_document,
)
from plans.editing.documents.forms import DocumentForm
from plans.editing.pages import PAGE, plan_trail


@require_http_methods(["GET", "POST"])
@login_required
def document(request: HttpRequest) -> HttpResponse:
    """Show the upload form, and read an uploaded document."""
    return upload_table(request, document_pages(request))


@require_http_methods(["GET", "POST"])
@login_required
def document_preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show what an uploaded document would do, ask for confirmation, and import it."""
    return preview_and_write(request, document_pages(request), number)


def document_pages(request: HttpRequest) -> TablePages:
    """Return the settings of the upload pages for documents."""
    refuse_others(request.user)
    return TablePages(
        place=PLACE,
        form=partial(DocumentForm, initial={"year": request.GET.get("year", "")}),
        read=partial(read_form, request),
        show_form=partial(show_form, request),
        show_preview=partial(show_preview, request),
        write=partial(write_and_tell, request),
        form_url=reverse("editing:document"),
        preview_url=lambda number: reverse("editing:document_preview", args=[number]),
        nothing=_("저장된 계획과 다른 곳이 없습니다."),
    )


def read_form(request: HttpRequest, form: DocumentForm) -> Found:
    """Return what is kept of a valid form's document."""
    facts = form.cleaned_data
    return check_document(
        year=facts["year"], document=facts["file"], markers=facts["markers"], by=request.user
    )


def show_form(
    request: HttpRequest, form: DocumentForm, _problems: Sequence[Problem]
) -> HttpResponse:
    """Show the upload form."""
    crumbs = [*plan_trail(), (_("문서 불러오기"), "")]
    return show(request, "editing/documents/document.html", current=PAGE, form=form, crumbs=crumbs)


def show_preview(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Show the outline of a kept document, its lines that were not understood, and its changes."""
    kept = KeptDocument.of(upload)
    proposal = kept.proposal()
    outline = proposal.outline
    facts: dict[str, Any] = {
        "year": kept.year,
        "read_as": kept.read_as,
        "plan": proposal.plan,
        "changes": proposal.changes,
        "stamp": stamp_of(proposal),
        "vision": outline.vision,
        "items": [(LEVEL_NAMES[item.rank], item) for item in outline.items()],
        "lost": outline.framed("not_understood"),
        "account": printing.account(outline).splitlines(),
        "warning": printing.other_years(outline, kept.year),
    }
    crumbs = [
        *plan_trail(proposal.plan),
        (_("문서 불러오기"), reverse("editing:document")),
        (_("확인"), ""),
    ]
    return show(request, "editing/documents/preview.html", current=PAGE, crumbs=crumbs, **facts)


def write_and_tell(request: HttpRequest, number: int) -> HttpResponse:
    """Import a kept document and redirect to the plan."""
    seen = request.POST.get("seen", "")
    year = write_document(number=number, seen=seen, by=request.user)
    messages.success(request, _("문서를 작성 중인 계획에 반영했습니다."))
    return redirect("editing:tree", year)
