"""The portal's URLs, and a view that only returns a page's stored bytes."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@cache
def stored(name: str) -> bytes:
    """Return a page's stored bytes; the file is read once."""
    return (settings.VAR / f"{name}.html").read_bytes()


def bare(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """Return a page's stored bytes, behind the same middleware as every page."""
    return HttpResponse(stored(name))


urlpatterns = [path("bare/<slug:name>/", bare), path("", include("gwonseon.urls"))]
