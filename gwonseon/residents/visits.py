"""The cookie of the residents' pages, and the visit behind it.

Residents never get Django's session: its cookie would go to the published pages, too, which then
could not be kept. This one is sent below /my/ only.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gwonseon.residents.actions import hashed
from gwonseon.residents.models import Visit

COOKIE = "my"
PATH = "/my/"
IDLE = timedelta(minutes=30)
# A visit is written as seen at most so often.
SEEN_EVERY = timedelta(minutes=1)

View = Callable[..., HttpResponse]


def set_cookie(response: HttpResponse, key: str) -> None:
    """Give the browser the key of a visit, until it is closed."""
    response.set_cookie(
        COOKIE, key, path=PATH, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def delete_cookie(response: HttpResponse) -> None:
    """Take the cookie away from the browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def visit_of(request: HttpRequest) -> Visit | None:
    """Return the visit of a request's cookie if it has not idled (1 query, 2 once a minute)."""
    key = request.COOKIES.get(COOKIE)
    if not key:
        return None
    now = timezone.now()
    visit = Visit.objects.filter(Q(seen_at__gt=now - IDLE), key_hash=hashed(key)).first()
    if visit and visit.seen_at < now - SEEN_EVERY:
        Visit.objects.filter(pk=visit.pk).update(seen_at=now)
    return visit


def verified(view: View) -> View:
    """Let a view be called as `view(request, visit)` with a verified number, else ask for one."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request)
        if visit is None or visit.verified_at is None:
            return redirect("residents:number")
        return view(request, visit, *args, **kwargs)

    return guarded
