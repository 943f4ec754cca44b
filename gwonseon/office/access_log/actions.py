"""Writing the access log of personal data, and forgetting what is old enough."""

import logging
from collections.abc import Iterable
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
    *,
    request: HttpRequest,
    what: PersonalAccess.What,
    subjects: Iterable[str],
    reason: str = "",
) -> None:
    """Note down that the request's user handles people's personal data (1 query, if of anybody).

    Each of the `subjects` says whose data it is by a number, never by a name; a row is written for
    each of them once. What is only shown is logged before, in no transaction that may be undone;
    what is written is logged in the same transaction. A download has a `reason`.
    """
    facts = {
        "user": request.user,
        "address": client_address(request),
        "what": what,
        "page": request.resolver_match.view_name,
        "reason": reason,
    }
    rows = [PersonalAccess(subject=subject, **facts) for subject in dict.fromkeys(subjects)]
    PersonalAccess.objects.bulk_create(rows)


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
