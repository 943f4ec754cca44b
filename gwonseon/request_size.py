"""Requests that are too large are answered with a page that says what may be sent.

The limits are those of gwonseon/limits.py. A request that is larger as a whole is not read at all;
one whose texts or number of fields are too large Django stops reading.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request as not_understood

from gwonseon.limits import LARGEST_EVIDENCE, LARGEST_FILES, LARGEST_REQUEST, LARGEST_TEXT, MEBIBYTE

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SIZES = {
    name: size // MEBIBYTE
    for name, size in (("file", LARGEST_EVIDENCE), ("files", LARGEST_FILES), ("text", LARGEST_TEXT))
}


class RequestSizeMiddleware:
    """Refuses a request that is larger than anything an honest form sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, or say that it is too large."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_REQUEST:
            answer = too_large(request)
            # What is still on its way is not read.
            answer["Connection"] = "close"
            return answer
        return self.get_response(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say what may be sent. A proxy that refuses a request shows this page, too."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "413.html", SIZES, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what is wrong with a request that Django refuses."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return not_understood(request, exception)
