"""Middleware that converts all text of a request to Unicode's composed form (NFC).

Some systems send 가 as two characters, ㄱ and ㅏ (NFD), mostly in file names.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict

from gwonseon.fields.words import composed


class NormalTextMiddleware:
    """Converts a request's query, form and file names to NFC."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; `process_view` converts its text."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Convert the text. CsrfViewMiddleware, which runs before, has read the form already."""
        request.GET = composed_values(request.GET)
        if request.method == "POST":
            request.POST = composed_values(request.POST)
            for _name, files in request.FILES.lists():
                for file in files:
                    compose_name(file)


def composed_values(values: QueryDict) -> QueryDict:
    """Return a form's values in NFC; the same object if they are so already."""
    given = dict(values.lists())
    letters = {name: [composed(one) for one in texts] for name, texts in given.items()}
    if letters == given:
        return values
    normal = QueryDict(mutable=True, encoding=values.encoding)
    for name, texts in letters.items():
        normal.setlist(name, texts)
    normal._mutable = False  # noqa: SLF001  as Django makes its own
    return normal


def compose_name(file: UploadedFile) -> None:
    """Convert the name of an uploaded file to NFC."""
    if file.name:
        file.name = composed(file.name)
