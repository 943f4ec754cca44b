"""Writing the access log of personal data, and forgetting what it need not keep any more."""

import logging
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from gwonseon.office.models import PersonalAccess

log = logging.getLogger(__name__)

# Two years, with the day of a leap year: the database deletes nothing younger.
KEPT = timedelta(days=731)


def log_access(
    *, request: HttpRequest, what: PersonalAccess.What, subject: str, count: int = 1
) -> None:
    """Note down that the request's user handles somebody's personal data (1 query).

    Call it in the view, before the data is shown, and in no transaction that may be undone.
    `subject` says whose data it is by a number, never by a name; `count` is of how many people.
    """
    PersonalAccess.objects.create(
        user=request.user,
        address=client_address(request),
        what=what,
        subject=subject,
        page=request.resolver_match.view_name,
        count=count,
    )


def client_address(request: HttpRequest) -> str | None:
    """Return where a request comes from.

    A proxy on our own machine says from whom it passes a request on (docs/operators.md); nobody
    else is believed.
    """
    peer = parsed(request.META.get("REMOTE_ADDR", ""))
    if peer is None or peer.is_loopback:
        peer = parsed(request.headers.get("X-Forwarded-For", "").rpartition(",")[2]) or peer
    return peer and str(peer)


def parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address; None where it is none, as of a request through a socket's file."""
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


@transaction.atomic
def forget_old_access() -> None:
    """Delete what is older than the log must keep."""
    number, _models = PersonalAccess.objects.filter(at__lt=timezone.now() - KEPT).delete()
    if number:
        log.info("%s rows of the access log were old enough to be deleted", number)
