"""How a visitor wants the pages shown; kept in a cookie of their own browser."""

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


# Exempt: the published pages are kept whole and given to every anonymous visitor, so that they can
# hold no token. All a foreign site could do is to change how this visitor sees our colours.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember the contrast that was asked for and lead back to where the visitor was."""
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
    """Return the path the visitor came from if it is ours, else the front page.

    The address is taken from the Referer and not from the page, which is the same for everybody.
    """
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not referer or not ours:
        return "/"
    parts = urlsplit(referer)
    back = parts._replace(scheme="", netloc="", fragment="").geturl()
    # A path of our own may still begin with two slashes, which a browser reads as a host.
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"
