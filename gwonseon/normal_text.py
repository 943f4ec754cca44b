"""Text comes in composed: one letter is one character, whichever system it was typed on.

Some systems take 가 apart into ㄱ and ㅏ (NFD), in names of files above all. Everything that a
request says is put together again (NFC) before anybody reads it.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict

FORM = "NFC"


class NormalTextMiddleware:
    """Composes the letters of all that a request says: its address, its form, its files' names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; its text is composed once its form has been read."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Compose the text. CsrfViewMiddleware, which stands before, has read the form."""
        request.GET = composed(request.GET)
        if request.method == "POST":
            request.POST = composed(request.POST)
            for _name, files in request.FILES.lists():
                for file in files:
                    compose_name(file)


def composed(values: QueryDict) -> QueryDict:
    """Return what a form says, with composed letters."""
    if all(unicodedata.is_normalized(FORM, one) for _name, all_ in values.lists() for one in all_):
        return values
    normal = QueryDict(mutable=True, encoding=values.encoding)
    for name, given in values.lists():
        normal.setlist(name, [unicodedata.normalize(FORM, one) for one in given])
    normal._mutable = False  # noqa: SLF001  as Django makes its own
    return normal


def compose_name(file: UploadedFile) -> None:
    """Compose the letters of an uploaded file's name."""
    if file.name and not unicodedata.is_normalized(FORM, file.name):
        file.name = unicodedata.normalize(FORM, file.name)
