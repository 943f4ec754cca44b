"""Set up, change and open the periods of a plan.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import refuse_outdated
from plans.tracking.access import may_arrange
from plans.tracking.models import LAST_NUMBER, Period
from plans.tree.models import Plan

log = logging.getLogger(__name__)

MONTHS = 12
DAY = timedelta(days=1)
# Departments write for ten days after a period, unless other days are set.
WRITING = timedelta(days=9)
NOT_ALLOWED = "보고 기간은 기획이 정합니다. 기획에 알려 주세요."
SENTENCES = {
    "period_once": "이 계획의 보고 기간은 이미 있습니다. 화면을 다시 열어 확인하세요.",
    "period_days_not_twice": "이 계획의 보고 기간은 이미 있습니다. 화면을 다시 열어 확인하세요.",
    "period_days_in_order": "제출 기한은 쓰기 시작하는 날보다 늦은 날로 적어 주세요.",
}


@transaction.atomic
def set_up_periods(*, plan: Plan, kind: str, by: User) -> list[Period]:
    """Add the periods of a plan's year; none is open yet."""
    refuse_others(by)
    if Period.objects.filter(plan=plan).exists():
        raise RefusedError(SENTENCES["period_once"])
    with refusing(SENTENCES):
        added = Period.objects.bulk_create(periods_of(plan, kind))
    log.info("periods of plan %s set up by %s", plan.pk, by.pk)
    return added


def periods_of(plan: Plan, kind: str) -> Iterator[Period]:
    """Yield the periods of a plan's year, not saved."""
    months = MONTHS // LAST_NUMBER[kind]
    for number in range(1, LAST_NUMBER[kind] + 1):
        first = date(plan.year, (number - 1) * months + 1, 1)
        opens = date(plan.year + number * months // MONTHS, number * months % MONTHS + 1, 1)
        yield Period(
            plan=plan,
            kind=kind,
            number=number,
            first_on=first,
            last_on=opens - DAY,
            opens_on=opens,
            due_on=opens + WRITING,
        )


@transaction.atomic
def drop_periods(*, plan: Plan, by: User) -> None:
    """Delete the periods of a plan, of which none was opened, to set up others."""
    refuse_others(by)
    periods = Period.objects.select_for_update().filter(plan=plan)
    if any(one.state != Period.State.PLANNED for one in periods):
        raise RefusedError("이미 연 보고 기간이 있어 지울 수 없습니다.")
    Period.objects.filter(plan=plan).delete()
    log.info("periods of plan %s deleted by %s", plan.pk, by.pk)


@transaction.atomic
def change_days(*, period: Period, opens_on: date, due_on: date, version: int, by: User) -> Period:
    """Change when departments begin to write, and by when they should be done.

    Raises OutdatedError where the period changed after `version`.
    """
    refuse_others(by)
    period = lock_period(period.pk)
    refuse_outdated(period, version)
    if period.state == Period.State.CLOSED:
        raise RefusedError("마감한 기간입니다. 날을 바꿀 수 없습니다.")
    if period.is_open and opens_on != period.opens_on:
        raise RefusedError("이미 쓰기 시작한 기간입니다. 제출 기한만 바꿀 수 있습니다.")
    period.opens_on, period.due_on = opens_on, due_on
    save(period, "opens_on", "due_on")
    return period


@transaction.atomic
def open_period(*, period: Period, by: User) -> Period:
    """Let departments write now, also before the day that was set."""
    refuse_others(by)
    period = lock_period(period.pk)
    if period.state != Period.State.PLANNED:
        raise RefusedError("이미 열린 기간입니다.")
    if not period.plan.is_published:
        raise RefusedError("계획을 공개한 뒤에 열 수 있습니다.")
    if timezone.localdate() < period.first_on:
        raise RefusedError(f"{period}는 아직 시작하지 않았습니다.")
    begin(period, by)
    return period


def open_due(*, on: date) -> int:
    """Open the periods whose day has come; return how many. A missed day is caught up on."""
    opened = 0
    for key in Period.objects.to_open(on).values_list("pk", flat=True):
        with transaction.atomic():
            period = lock_period(key)
            if period.state == Period.State.PLANNED and period.opens_on <= on:
                begin(period, None)
                opened += 1
    return opened


def begin(period: Period, by: User | None) -> None:
    """Mark a locked period as open."""
    period.state, period.opened_at, period.opened_by = Period.State.OPEN, timezone.now(), by
    save(period, "state", "opened_at", "opened_by")
    log.info("period %s opened by %s", period.pk, by and by.pk)


def lock_period(key: int) -> Period:
    """Lock a period, and return it with its plan (2 queries)."""
    return lock_row(Period.objects.select_related("plan"), key)


def save(period: Period, *columns: str) -> None:
    """Save columns of a locked period as its next version."""
    period.version += 1
    with refusing(SENTENCES):
        period.save(update_fields=[*columns, "version"])


def refuse_others(by: User) -> None:
    """Raise RefusedError for who may not arrange periods."""
    if not may_arrange(by):
        raise RefusedError(NOT_ALLOWED)
