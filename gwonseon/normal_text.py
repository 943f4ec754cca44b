"""Text comes in composed: one letter is one character, whichever system it was typed on.

Some systems take 가 apart into ㄱ and ㅏ (NFD), in names of files above all. Everything that a
request says is put together again (NFC) before anybody reads it.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict

from gwonseon.fields.words import composed


class NormalTextMiddleware:
    """Composes the letters of all that a request says: its address, its form, its files' names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; its text is composed once its form has been read."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Compose the text. CsrfViewMiddleware, which stands before, has read the form."""
        request.GET = composed_values(request.GET)
        if request.method == "POST":
            request.POST = composed_values(request.POST)
            for _name, files in request.FILES.lists():
                for file in files:
                    compose_name(file)


def composed_values(values: QueryDict) -> QueryDict:
    """Return what a form says, with composed letters; itself where they are."""
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
    """Compose the letters of an uploaded file's name."""
    if file.name:
        file.name = composed(file.name)
