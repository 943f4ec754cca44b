"""Five wrong passwords lock a user name for 15 minutes, from any address.

django-axes counts and locks. It would store details of the request, so it gets an empty request.
Of the user name it stores only a keyed hash, because people type passwords into the name's field
by mistake.
"""

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# The same address for every request, so that each name has a single row and count.
NOWHERE = "0.0.0.0"  # noqa: S104  nobody listens here
MINUTES = settings.AXES_COOLOFF_TIME.seconds // 60


def bare_request() -> HttpRequest:
    """Return a request without any details of the sender."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = NOWHERE
    return request


def hash_of_name(username: str) -> str:
    """Return the keyed hash that is stored for a user name; capitals do not matter."""
    return salted_hmac(__name__, username.casefold(), algorithm="sha256").hexdigest()


def hash_of_request(_request: HttpRequest, credentials: dict[str, str]) -> str:
    """Return the keyed hash of the name in a sign-in, for axes (AXES_USERNAME_CALLABLE)."""
    return hash_of_name(credentials["username"])


def is_locked(username: str) -> bool:
    """Return whether the user name is locked now (1 query)."""
    return AxesProxyHandler.is_locked(bare_request(), {"username": username})


def unlock(username: str) -> None:
    """Delete the failed sign-ins of a user name."""
    reset(username=hash_of_name(username))
