"""Begin a session at sign-in, and find the page to go to next."""

import datetime as dt

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from gwonseon.office.models import User

PREVIOUS_SIGN_IN = "previous_sign_in"


def let_in(request: HttpRequest, user: User) -> None:
    """Begin the session of a user, and store the time of their previous sign-in in it."""
    previous = user.last_login
    login(request, user)
    request.session[PREVIOUS_SIGN_IN] = previous.isoformat() if previous else ""


def previous_sign_in(request: HttpRequest) -> dt.datetime | None:
    """Return the time of the user's previous sign-in; None if this is the first."""
    stored = request.session.get(PREVIOUS_SIGN_IN)
    return dt.datetime.fromisoformat(stored) if stored else None


def destination(request: HttpRequest, wanted: str) -> str:
    """Return the path to go to after sign-in: `wanted` if it is on this site, else the start page.

    Raises PermissionDenied for the admin if this user may not use it; otherwise the admin and the
    sign-in page would redirect to each other without end.
    """
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    if wanted.startswith(resolve_url("admin:index")) and not request.user.is_staff:
        raise PermissionDenied
    return wanted


def after_step(request: HttpRequest) -> str:
    """Return the path to go to after a step: the one in the URL's `next`, else the account."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    return destination(request, wanted) if wanted else resolve_url("office:account")
