"""The visitor's display setting (high contrast), kept in a cookie."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

CONTRAST_COOKIE = "contrast"
HIGH = "high"
NORMAL = "normal"
YEAR = 365 * 24 * 60 * 60  # seconds


def has_high_contrast(request: HttpRequest) -> bool:
    """Return whether the visitor chose high contrast."""
    return request.COOKIES.get(CONTRAST_COOKIE) == HIGH


def contrast(request: HttpRequest) -> dict[str, bool]:
    """Context processor: `high_contrast`."""
    return {"high_contrast": has_high_contrast(request)}


# No CSRF token: published pages are cached whole for all anonymous visitors, so they cannot contain
# one. All that another site could do is to change this visitor's colours.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Set the contrast cookie and redirect to the page that the visitor came from."""
    response = redirect(came_from(request))
    chosen = HIGH if request.POST.get("contrast") == HIGH else NORMAL
    response.set_cookie(
        CONTRAST_COOKIE,
        chosen,
        max_age=YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def came_from(request: HttpRequest) -> str:
    """Return the path of the visitor's last page if it is ours, else the front page.

    It comes from the Referer header: the cached page is the same for everybody.
    """
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not referer or not ours:
        return "/"
    parts = urlsplit(referer)
    back = parts._replace(scheme="", netloc="", fragment="").geturl()
    # Even our own path may begin with two slashes, which a browser would read as a host.
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"
