"""How many codes may be sent: to a number, from an address, and in all.

They are counted in the database, among the verifications of the last day, so that they hold for all
web processes and while Redis does not answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import connection
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwonseon.refusals import RefusedError
from gwonseon.residents.models import Verification

TEN_MINUTES, HOUR, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
# The number of the advisory lock; see gwonseon/database_lock.py for the other one.
LOCK = 20210413


@dataclass(frozen=True)
class CodeLimit:
    """At most so many codes within a time, for each number, each address, or all together."""

    of: Literal["mac", "address_mac", "all"]
    most: int
    within: timedelta
    why: str
    refusal: str | Promise


NUMBER = _("이 번호로 인증번호를 여러 번 보냈습니다. 조금 뒤에 다시 해 보세요.")
ADDRESS = _("이 인터넷 주소에서 인증번호를 너무 많이 요청했습니다. 한 시간 뒤에 다시 해 보세요.")
ALL = _("지금은 신청이 몰려 인증번호를 보낼 수 없습니다. 한 시간 뒤에 다시 해 보세요.")
TOMORROW = _("이 번호로 오늘 보낼 수 있는 인증번호를 다 보냈습니다. 내일 다시 해 보세요.")

LIMITS = (
    CodeLimit(
        "mac", 3, TEN_MINUTES, "a lost message is asked for again; more would only annoy", NUMBER
    ),
    CodeLimit("mac", 10, DAY, "nobody is flooded; 50 guesses a day at a million codes", TOMORROW),
    CodeLimit(
        "address_mac", 30, HOUR, "mobile carriers put many phones behind one address", ADDRESS
    ),
    CodeLimit(
        "address_mac", 100, DAY, "one machine cannot spend much, nor try many numbers", ADDRESS
    ),
    CodeLimit("all", 1000, HOUR, "a burst after an announcement still gets through", ALL),
    CodeLimit("all", 5000, DAY, "the most money that the form can spend in a day", ALL),
)
# Verifications older than this are counted by no limit.
LONGEST = max(limit.within for limit in LIMITS)


def check_limits(*, mac: bytes, address_mac: bytes, now: datetime) -> None:
    """Raise RefusedError if a limit is reached (2 queries). Call it in the sending transaction.

    One sender at a time: a lock is taken first, and then it is counted in another statement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    keys = {"mac": Q(mac=mac), "address_mac": Q(address_mac=address_mac), "all": Q()}
    counts = counted([keys[limit.of] for limit in LIMITS], now)
    for limit, count in zip(LIMITS, counts, strict=True):
        if count >= limit.most:
            raise RefusedError(str(limit.refusal))


def counted(of: Sequence[Q], now: datetime) -> list[int]:
    """Return how many codes were sent within each limit (1 query)."""
    recent = [
        Q(sent_at__gt=now - limit.within) & who for limit, who in zip(LIMITS, of, strict=True)
    ]
    rows = Verification.objects.filter(sent_at__gt=now - LONGEST)
    found = rows.aggregate(
        **{f"n{place}": Count("pk", filter=one) for place, one in enumerate(recent)}
    )
    return list(found.values())
