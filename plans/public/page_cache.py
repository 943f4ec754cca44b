"""Published pages, kept whole in each web process.

An anonymous visitor's page depends on its address, the contrast mode, the release, the date in
Seoul and the public data, of which a trigger keeps the number (see models.py). All of them are
in the key, so that a kept page is never stale: a change asks for another key. Serving a kept
page costs the one query for the number.

The address is the whole one, with the host, because the feed says it. Hosts that are not allowed
are refused before any view, so that a page is kept for few of them.
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
    """A page as it is kept: its bytes, what they are, and the tag that browsers know them by.

    `disposition` names a file that is to be saved; empty for what is shown.
    """

    content: bytes
    content_type: str
    etag: str
    disposition: str

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        """Return a response's page. The tag is the content's own, whatever number it is under."""
        digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
        disposition = response.get("Content-Disposition", "")
        return cls(response.content, response["Content-Type"], f'"{digest}"', disposition)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or 304 where the browser has it.

        Browsers and proxies may keep it if they ask each time whether it still holds.
        """
        headers = {"ETag": self.etag, "Cache-Control": "no-cache", "Vary": "Cookie"}
        if self.disposition:
            headers["Content-Disposition"] = self.disposition
        response = HttpResponse(self.content, content_type=self.content_type, headers=headers)
        if "If-None-Match" not in request.headers:
            return response
        return get_conditional_response(request, etag=self.etag, response=response)


def page_key(request: HttpRequest, year: int | None) -> str:
    """Return the key of everything that a year's page, or one of none, depends on (1 query)."""
    parts = (
        public_state(year),
        gwonseon.__version__,
        timezone.localdate(),
        has_high_contrast(request),
        request.build_absolute_uri(request.path),
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def public_state(year: int | None = None) -> int:
    """Return the number of what a year's pages show, or all: what a kept page costs, in plain SQL.

    It is asked first of all, and so takes the place of Django's own question whether the
    connection still works: where the database was restarted, it is asked again on a new one.
    """
    connection.health_check_done = True
    try:
        return ask_public_state(year)
    except OperationalError:
        connection.close()
        return ask_public_state(year)


def ask_public_state(year: int | None) -> int:
    """Return the sum of the numbers, each of which only rises (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(number)::bigint FROM plans_publicstate"
            " WHERE %(year)s::smallint IS NULL OR year IN (0, %(year)s)",
            {"year": year},
        )
        return cursor.fetchone()[0]
