"""Published pages, kept whole in each web process.

An anonymous visitor's page depends on its address, the contrast mode, the release, the date in
Seoul and the public data, of which a trigger keeps the number (see models.py). All of them are
in the key, so that a kept page is never stale: a change asks for another key. Serving a kept
page costs the one query for the number.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

import gwonseon
from gwonseon.krds.display import has_high_contrast

View = Callable[..., HttpResponse]

# With one of these the page may hold something of its visitor.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}
# A page beyond this is not kept: 500 of them would fill a small machine.
MOST_BYTES = 1_000_000


def cached_page(view: View) -> View:
    """Keep what the view answers to anonymous visitors, and answer 304 where it is unchanged.

    For views that depend on nothing but the address, the public data and the contrast mode.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not PERSONAL_COOKIES.isdisjoint(request.COOKIES):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response
        if not settings.PAGE_CACHE or request.GET:
            return for_anyone(request, view(request, *args, **kwargs))
        key = page_key(request)
        if kept := caches["pages"].get(key):
            return for_anyone(request, HttpResponse(kept))
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and len(response.content) <= MOST_BYTES:  # noqa: PLR2004
            caches["pages"].set(key, response.content)
        return for_anyone(request, response)

    return answer


def for_anyone(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let browsers and proxies keep the page, if they ask each time whether it still holds."""
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    if response.status_code != 200:  # noqa: PLR2004
        return response
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def page_key(request: HttpRequest) -> str:
    """Return the key of everything that the page depends on (1 query)."""
    parts = (
        public_state(),
        gwonseon.__version__,
        timezone.localdate(),
        has_high_contrast(request),
        request.path,
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def public_state() -> int:
    """Return the number of the public state. Plain SQL: this is all that a kept page costs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM plans_publicstate")
        return cursor.fetchone()[0]
