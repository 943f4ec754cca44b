"""Staff come and go."""

import logging

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gwonseon.office.forms import SignInForm
from gwonseon.office.models import User

logger = logging.getLogger(__name__)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a member of staff in and lead to where they wanted to go.

    The log names the account by its number alone, and of a refused attempt nothing at all: people
    type passwords into the name's field.
    """
    if request.user.is_authenticated:
        return redirect(destination(request, request.GET.get(REDIRECT_FIELD_NAME, "")))
    if request.method == "GET":
        form = SignInForm(request, next_page=request.GET.get(REDIRECT_FIELD_NAME, ""))
        return render(request, "office/sign_in.html", {"form": form, "demo": settings.DEMO})
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        logger.warning("A sign-in was refused.")
        return render(request, "office/sign_in.html", {"form": form, "demo": settings.DEMO})
    login(request, form.get_user())
    logger.info("User %s signed in.", request.user.pk)
    return redirect(destination(request, form.cleaned_data["next"]))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign the member of staff out and lead to the front page."""
    if request.user.is_authenticated:
        logger.info("User %s signed out.", request.user.pk)
    logout(request)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


def destination(request: HttpRequest, wanted: str) -> str:
    """Return the page to go to after signing in: the wanted one if it is ours.

    Raises PermissionDenied for the admin if it is closed to this user: the admin would send them
    back here, and here they would be sent there, for ever.
    """
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return resolve_url(landing_page(request.user))
    if wanted.startswith(resolve_url("admin:index")) and not request.user.is_staff:
        raise PermissionDenied
    return wanted


def landing_page(user: User) -> str:
    """Return the page that greets the user; the admin is closed to who is not `is_staff`."""
    return settings.LOGIN_REDIRECT_URL if user.is_staff else settings.LOGOUT_REDIRECT_URL
