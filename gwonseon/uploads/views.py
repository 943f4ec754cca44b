"""The two pages of every uploaded table: one to upload it, one to preview and write it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from gwonseon.uploads.actions import Found, Place, PreviewOutdatedError, keep_upload, kept_upload
from gwonseon.uploads.models import Upload


@dataclass(frozen=True)
class TablePages:
    """The parts of the two pages that differ between kinds of table.

    - `form` makes the form from POST and FILES, or from None. Its `source` names the field beside
      which errors of the table are shown.
    - `read` reads the table of a valid form; RefusedError if it cannot be read as a whole.
    - `show_form` and `show_preview` render the pages, whose URLs are `form_url` and `preview_url`.
      `show_preview` raises RefusedError if the kept table does not apply any more.
    - `nothing` is the message for a table that changes nothing.
    - `write` writes the upload of a number and redirects to the result. It raises RefusedError if
      that is not possible, PreviewOutdatedError if the preview must be checked again.
    """

    place: Place
    form: Callable[[Any, Any], forms.Form]
    read: Callable[[Any], Found]
    show_form: Callable[[Any, Sequence[Problem]], HttpResponse]
    show_preview: Callable[[Upload], HttpResponse]
    write: Callable[[int], HttpResponse]
    form_url: str
    preview_url: Callable[[int], str]
    nothing: str = ""


def upload_table(request: HttpRequest, pages: TablePages) -> HttpResponse:
    """Show the upload form; on POST, keep the table and redirect to its preview, or show errors."""
    if request.method == "GET":
        return pages.show_form(pages.form(None, None), ())
    form = pages.form(request.POST, request.FILES)
    if not form.is_valid():
        return pages.show_form(form, ())
    try:
        found = pages.read(form)
    except RefusedError as refusal:
        form.add_error(form.source, str(refusal))
        return pages.show_form(form, ())
    if found.problems:
        sentence = _("고칠 칸이 %(count)s곳 있습니다. 표에서 고친 뒤 다시 올리세요.")
        form.add_error(form.source, sentence % {"count": len(found.problems)})
        return pages.show_form(form, found.problems)
    if not found.rows:
        messages.info(request, pages.nothing)
        return redirect(pages.form_url)
    upload = keep_upload(
        place=pages.place, rows=found.rows, by=request.user, unchanged=found.unchanged
    )
    return redirect(pages.preview_url(upload.pk))


def preview_and_write(request: HttpRequest, pages: TablePages, number: int) -> HttpResponse:
    """Show the preview of a kept table; on POST, write all of it or nothing."""
    if request.method == "POST":
        return write_kept(request, pages, number)
    upload = kept_upload(pages.place, number, request.user)
    if upload is None:
        messages.info(request, _("이미 반영했거나 더 새로 올린 것이 있습니다."))
        return redirect(pages.form_url)
    try:
        return pages.show_preview(upload)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(pages.form_url)


def write_kept(request: HttpRequest, pages: TablePages, number: int) -> HttpResponse:
    """Write a kept table and redirect to the page that shows the result."""
    try:
        return pages.write(number)
    except PreviewOutdatedError as refusal:
        messages.error(request, str(refusal))
        return redirect(pages.preview_url(number))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(pages.form_url)
