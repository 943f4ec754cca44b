"""Answer requests that are too large with a page that names the limits.

The limits are in gwonseon/size_limits.py. A request that is too large as a whole is not read at
all; Django stops reading one with too much text or too many fields.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request as not_understood

from gwonseon.size_limits import (
    LARGEST_EVIDENCE,
    LARGEST_FILES,
    LARGEST_REQUEST,
    LARGEST_TEXT,
    MEBIBYTE,
)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SIZES = {
    name: size // MEBIBYTE
    for name, size in (("file", LARGEST_EVIDENCE), ("files", LARGEST_FILES), ("text", LARGEST_TEXT))
}


class RequestSizeMiddleware:
    """Refuses a request that is larger than LARGEST_REQUEST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, or refuse it if it is too large."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_REQUEST:
            answer = too_large(request)
            # The rest of the request is not read.
            answer["Connection"] = "close"
            return answer
        return self.get_response(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """Show the page that names the limits. A proxy that refuses a request shows it, too."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "413.html", SIZES, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django refuses: with 413 if it is too large, else with 400."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return not_understood(request, exception)
