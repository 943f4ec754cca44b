"""Answer 304, without making the file again, if the client already has the same file."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

import gwonseon
from plans.public.page_cache import public_state

Answer = HttpResponse | StreamingHttpResponse


def by_state(view: Callable[..., StreamingHttpResponse]) -> Callable[..., Answer]:
    """Give a file the number of the public state as its ETag (1 query).

    For files that depend only on the address, the public data and the day. The number is read
    before the data, so a file is never older than its ETag says.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        headers = {"ETag": etag_of(request), "Cache-Control": "no-cache"}
        known = None
        if "If-None-Match" in request.headers:
            known = get_conditional_response(request, etag=headers["ETag"])
        found: Answer = known or view(request, *args, **kwargs)
        if request.method == "HEAD" and found.streaming:
            found.streaming_content = iter(())
        for name, value in headers.items():
            found[name] = value
        return found

    return answer


def etag_of(request: HttpRequest) -> str:
    """Return the ETag of a file as it is now (1 query)."""
    parts = (public_state(), gwonseon.__version__, timezone.localdate(), request.path)
    return f'"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'
