"""Five wrong passwords lock a name for a quarter of an hour.

django-axes counts and locks. It would keep what it finds in a request; it is shown one in which
nothing is found but the name, and of the name it keeps a sign from which nobody reads it back:
people type passwords into the name's field.
"""

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# One address for all, so that a name has one row, and one count.
NOWHERE = "0.0.0.0"  # noqa: S104  nobody listens here
MINUTES = settings.AXES_COOLOFF_TIME.seconds // 60


def bare_request() -> HttpRequest:
    """Return a request that says nothing of who sends it, and from where."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = NOWHERE
    return request


def sign(username: str) -> str:
    """Return what stands for a name in the count; capitals make no other name."""
    return salted_hmac(__name__, username.casefold(), algorithm="sha256").hexdigest()


def sign_of_request(_request: HttpRequest, credentials: dict[str, str]) -> str:
    """Return the sign of the name that somebody tries. For axes (AXES_USERNAME_CALLABLE)."""
    return sign(credentials["username"])


def is_locked(username: str) -> bool:
    """Return whether nobody can sign in under the name at the moment (1 query)."""
    return AxesProxyHandler.is_locked(bare_request(), {"username": username})


def unlock(username: str) -> None:
    """Forget the failures under the name."""
    reset(username=sign(username))
