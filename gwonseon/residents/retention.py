"""How long residents' data is kept, why, and how it is deleted: one table, run every hour."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwonseon.messaging.actions import lift_old_suppressions
from gwonseon.residents.models import ConsentEvent, Erasure, Resident, Verification, Visit
from gwonseon.residents.rate_limits import LONGEST
from gwonseon.residents.visits import IDLE

log = logging.getLogger(__name__)

# Three years with a leap day. A trigger refuses to delete anything younger.
CONSENTS_KEPT = timedelta(days=1096)
# Rows that a rule looks at in one run; the next run goes on.
MOST_LINES = 1000


@dataclass(frozen=True)
class RetentionRule:
    """Some data: how long it is kept, why, and the function that deletes and counts it."""

    name: str
    what: str | Promise
    how_long: str | Promise
    why: str | Promise
    delete: Callable[[datetime], int]


def delete_visits(now: datetime) -> int:
    """Delete the visits that idled too long."""
    return Visit.objects.filter(seen_at__lte=now - IDLE).delete()[0]


def delete_verifications(now: datetime) -> int:
    """Delete the codes that no limit counts any more."""
    return Verification.objects.filter(sent_at__lte=now - LONGEST).delete()[0]


def delete_consents(now: datetime) -> int:
    """Delete the ledger of numbers whose last line is old and that have no resident."""
    of_number = {"mac": OuterRef("mac")}
    old = ConsentEvent.objects.filter(act=ConsentEvent.Act.WITHDRAWN, at__lte=now - CONSENTS_KEPT)
    old = old.exclude(Exists(Resident.objects.filter(**of_number)))
    old = old.exclude(Exists(ConsentEvent.objects.filter(**of_number, at__gt=now - CONSENTS_KEPT)))
    return ConsentEvent.objects.filter(mac__in=old.values("mac")[:MOST_LINES]).delete()[0]


def delete_stops(now: datetime) -> int:
    """Delete suppressions that are older than CONSENTS_KEPT, at most MOST_LINES of them."""
    return lift_old_suppressions(until=now - CONSENTS_KEPT, most=MOST_LINES)


RULES = (
    RetentionRule(
        "visits",
        _("방문(휴대전화번호, 확인한 때)"),
        _("쓰지 않은 지 30분"),
        _("그 뒤에는 번호를 다시 확인합니다."),
        delete_visits,
    ),
    RetentionRule(
        "verifications",
        _("인증번호를 보낸 기록(번호와 인터넷 주소를 알아볼 수 없게 바꾼 값)"),
        _("하루"),
        _("한 번호나 한 곳에 너무 많이 보내지 않으려고 셉니다."),
        delete_verifications,
    ),
    RetentionRule(
        "consents",
        _("동의와 철회의 기록(번호를 알아볼 수 없게 바꾼 값)"),
        _("마지막 철회로부터 3년"),
        _("동의를 받았음을 증명합니다(민법 제766조의 손해배상 청구 기간)."),
        delete_consents,
    ),
    RetentionRule(
        "stops",
        _("그만 받기 표시(번호를 알아볼 수 없게 바꾼 값)"),
        _("그만 받은 때부터 3년"),
        _("받는 사람을 미리 적어 둔 문자도 보내지 않습니다."),
        delete_stops,
    ),
)


def delete_what_is_due() -> dict[str, int]:
    """Run all rules, each in a transaction of its own; return how many rows each deleted."""
    counts = {}
    for rule in RULES:
        with transaction.atomic():
            counts[rule.name] = rule.delete(timezone.now())
            if counts[rule.name]:
                Erasure.objects.create(rule=rule.name, count=counts[rule.name])
    log.info("residents' data deleted as due: %s", counts)
    return counts
