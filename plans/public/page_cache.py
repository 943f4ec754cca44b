"""Cache of whole public pages in each web process.

An anonymous visitor's page depends on its address, the contrast mode, the release, the date in
Seoul and the public data, whose state is a number that triggers raise (see models.py). All of them
are part of the key, so a cached page is never stale: after a change, another key is looked up.
Serving a cached page costs only the query for the number.

The key has the whole address with the host, because the feed contains it. Hosts that are not
allowed are refused before any view runs, so few hosts can fill the cache.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

import gwonseon
from gwonseon.krds.display import has_high_contrast

View = Callable[..., HttpResponse]

# With one of these cookies the page may contain data about its visitor.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}
# Larger pages are not cached: 500 of them would fill a small machine.
MOST_BYTES = 1_000_000


def cached_page(view: View) -> View:
    """Cache a view's responses to anonymous visitors, and answer 304 if the browser has it.

    For views that depend only on the address, the public data and the contrast mode.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not PERSONAL_COOKIES.isdisjoint(request.COOKIES):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response
        key = (
            page_key(request, kwargs.get("year")) if settings.PAGE_CACHE and not request.GET else ""
        )
        if key and (page := caches["pages"].get(key)):
            return page.answer(request)
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.OK:
            patch_cache_control(response, no_cache=True)
            return response
        page = Page.of(response)
        if key and len(page.content) <= MOST_BYTES:
            caches["pages"].set(key, page)
        return page.answer(request)

    return answer


class Page(NamedTuple):
    """A cached page: its bytes, content type, and ETag.

    `disposition` is the header of a file to download; empty for a page.
    """

    content: bytes
    content_type: str
    etag: str
    disposition: str

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        """Return a response as a page. The ETag is made of the content alone."""
        digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
        disposition = response.get("Content-Disposition", "")
        return cls(response.content, response["Content-Type"], f'"{digest}"', disposition)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or 304 where the browser has it.

        Browsers and proxies may keep it if they check each time that it is still valid.
        """
        headers = {"ETag": self.etag, "Cache-Control": "no-cache", "Vary": "Cookie"}
        if self.disposition:
            headers["Content-Disposition"] = self.disposition
        response = HttpResponse(self.content, content_type=self.content_type, headers=headers)
        if "If-None-Match" not in request.headers:
            return response
        return get_conditional_response(request, etag=self.etag, response=response)


def page_key(request: HttpRequest, year: int | None) -> str:
    """Return the cache key for a page of a year, or of no year (1 query)."""
    parts = (
        public_state(year),
        gwonseon.__version__,
        timezone.localdate(),
        has_high_contrast(request),
        request.build_absolute_uri(request.path),
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def public_state(year: int | None = None) -> int:
    """Return the number of the public state of a year, or of all (1 query, in plain SQL).

    As the first query of a request it replaces Django's own check of the connection: if the
    database was restarted, it is repeated on a new connection.
    """
    connection.health_check_done = True
    try:
        return ask_public_state(year)
    except OperationalError:
        connection.close()
        return ask_public_state(year)


def ask_public_state(year: int | None) -> int:
    """Return the sum of the counters; each of them only rises (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(number)::bigint FROM plans_publicstate"
            " WHERE %(year)s::smallint IS NULL OR year IN (0, %(year)s)",
            {"year": year},
        )
        return cursor.fetchone()[0]
