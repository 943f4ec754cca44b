"""Writing the access log of personal data, reviewing it, and forgetting what is old enough."""

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
    each of them and act once a request. What is only shown is logged before, in no transaction that
    may be undone; what is written is logged in the same transaction. A download has a `reason`.
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


@transaction.atomic
def review_month(*, month: date, note: str, by: User) -> AccessReview:
    """Say that a month of the log was gone through, and what was found. It is said once.

    `month` is its first day. An empty month is reviewed too: a log that falls silent may be broken.
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
