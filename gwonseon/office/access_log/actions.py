"""Write the access log of personal data, review it by month, and delete its old rows."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from gwonseon.office.access_log.months import is_over
from gwonseon.office.access_log.queries import in_month
from gwonseon.office.models import AccessReview, PersonalAccess, User
from gwonseon.refusals import RefusedError

log = logging.getLogger(__name__)

# Two years with a leap day. The database refuses to delete anything younger.
KEPT = timedelta(days=731)


def log_access(
    *,
    request: HttpRequest,
    what: PersonalAccess.What,
    subjects: Iterable[str],
    reason: str = "",
) -> None:
    """Log that the request's user handles people's personal data (1 query; 0 without subjects).

    `subjects` names the people by number, never by name. The log gets one row for each person and
    act, once in a request. Log a view before it is shown and outside of any transaction that may be
    rolled back; log a write in its own transaction. A download needs a `reason`.
    """
    facts = {
        "user": request.user,
        "address": client_address(request),
        "what": what,
        "page": request.resolver_match.view_name,
        "reason": reason,
    }
    logged = request.__dict__.setdefault("logged_access", set())
    fresh = [one for one in dict.fromkeys(subjects) if (what, one) not in logged]
    PersonalAccess.objects.bulk_create([PersonalAccess(subject=one, **facts) for one in fresh])
    logged |= {(what, one) for one in fresh}


def client_address(request: HttpRequest) -> str | None:
    """Return the IP address that a request comes from, or None if it is not known.

    X-Forwarded-For is trusted only from a proxy on this machine (docs/operators.md).
    """
    peer = parsed(request.META.get("REMOTE_ADDR", ""))
    if peer is None or peer.is_loopback:
        peer = parsed(request.headers.get("X-Forwarded-For", "").rpartition(",")[2]) or peer
    return peer and str(peer)


def parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address of a text, or None (for example for a request on a Unix socket)."""
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


@transaction.atomic
def forget_old_access() -> None:
    """Delete the rows that are older than KEPT."""
    number, _models = PersonalAccess.objects.filter(at__lt=timezone.now() - KEPT).delete()
    if number:
        log.info("%s rows of the access log were old enough to be deleted", number)


@transaction.atomic
def review_month(*, month: date, note: str, by: User) -> AccessReview:
    """Record that a month of the log was reviewed, and what was found.

    `month` is its first day. A month without rows is reviewed too: the logging may be broken.
    Raises RefusedError without the permission, if the month is not over, if `note` is empty, or if
    the month was reviewed already.
    """
    if not by.has_perm("office.view_personalaccess"):
        raise RefusedError("접속기록을 점검할 권한이 없습니다. 관리자에게 알려 주세요.")
    if not is_over(month):
        raise RefusedError("아직 끝나지 않은 달입니다. 다음 달이 된 뒤에 점검하세요.")
    if not note.strip():
        raise RefusedError("무엇을 살펴보았고 어떠했는지 적어 주세요.")
    facts = in_month(month).aggregate(
        count=Count("pk"), own_count=Count("pk", filter=Q(user=by))
    ) | {"reviewed_by": by, "note": note.strip()}
    review, is_new = AccessReview.objects.get_or_create(month=month, defaults=facts)
    if not is_new:
        raise RefusedError("이미 점검한 달입니다. 화면을 다시 열어 점검 결과를 확인하세요.")
    log.info("access log of %s reviewed by %s", review, by.pk)
    return review
