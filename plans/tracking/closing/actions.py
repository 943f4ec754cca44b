"""Close a period, and reopen it with another person's approval.

Closing locks the plan first, as every change of its promises does, and then the period, for which
everybody who writes an update waits. Every function raises RefusedError with a sentence where the
rules do not allow the write.
"""

import logging
from datetime import date

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import Department, User
from gwonseon.refusals import RefusedError
from gwonseon.versions import refuse_outdated
from plans.tracking.access import may_arrange
from plans.tracking.budget.queries import reported_in
from plans.tracking.closing.canonical import digest_of, staff_digest_of
from plans.tracking.closing.freezing import (
    Place,
    activity_as_data,
    content_of,
    places_in,
    staff_content_of,
)
from plans.tracking.closing.models import Closing, Reopening, Snapshot
from plans.tracking.closing.queries import blockers_in, gaps_of, gaps_stamp
from plans.tracking.figures import PeriodFigures, figures_of
from plans.tracking.milestones.queries import schedules_of
from plans.tracking.models import Period, Update
from plans.tracking.periods import NOT_ALLOWED, lock_period, save
from plans.tracking.queries import Updates, approved_updates, by_node
from plans.tree.models import Activity
from plans.tree.writing import lock_plan

log = logging.getLogger(__name__)

SENTENCES = {
    "reopening_one_at_a_time": "이미 다시 열기를 요청했습니다. 결정을 기다리세요.",
    "reopening_decided_by_another": "자기가 요청한 다시 열기는 다른 사람이 결정해야 합니다.",
}


@transaction.atomic
def close_period(*, period: Period, version: int, by: User, seen: str | None = None) -> Closing:
    """Freeze a period's figures, money, approved texts and blockers; nobody writes in it any more.

    `version` is the period's version that was read, and `seen` the stamp of what it lacked then, if
    that must be the same. Makes the same number of queries (28 without `seen`) for a plan of any
    size.
    """
    refuse_others(by)
    period = lock_plan_and_period(period)
    refuse_outdated(period, version)
    refuse_unclosable(period)
    figures = figures_of(period)
    if seen is not None and gaps_stamp(gaps_of(period, figures)) != seen:
        raise RefusedError("확인하는 동안 빠진 것이 달라졌습니다. 다시 확인하고 마감해 주세요.")
    closing, snapshots = frozen(period, figures, by)
    closing.save()
    Snapshot.objects.bulk_create(snapshots)
    approved_updates(period).update(state=Update.State.CONFIRMED)
    period.state = Period.State.CLOSED
    save(period, "state")
    log.info("period %s closed by %s as %s", period.pk, by.pk, closing.digest)
    return closing


def refuse_unclosable(period: Period) -> None:
    """Raise RefusedError for a locked period that cannot be closed now."""
    if not period.is_open:
        raise RefusedError("열린 기간이 아닙니다. 이미 마감했거나 아직 열지 않았습니다.")
    if timezone.localdate() <= period.last_on:
        raise RefusedError("아직 끝나지 않은 기간입니다. 마지막 날이 지난 뒤에 마감하세요.")
    earlier = Period.objects.filter(plan=period.plan_id, first_on__lt=period.first_on)
    if earlier.exclude(state=Period.State.CLOSED).exists():
        raise RefusedError("앞의 기간을 먼저 마감하세요.")


def frozen(
    period: Period, figures: PeriodFigures, by: User | None = None, *, on: date | None = None
) -> tuple[Closing, list[Snapshot]]:
    """Return a closing and its snapshots, not saved: of a whole period, or up to a day of it."""
    day = on or period.last_on
    updates = by_node(approved_updates(period))
    schedules = schedules_of(period.plan_id, day)
    reports = reported_in(period)
    departments = dict(Department.objects.values_list("pk", "name"))
    last = Closing.objects.filter(period=period).first()
    version = last.version + 1 if last else 1
    blockers = blockers_in(period)
    titles = {one.activity_id: one.activity.shown_title for one in blockers}
    titles |= {key: one.figure.title for key, one in figures.of.items()}
    kept = staff_content_of(blockers, titles, departments, day)
    content = content_of(period, figures.progress, version, reports, staff_digest_of(kept))
    closing = Closing(
        period=period, version=version, closed_by=by, content=content, staff_content=kept
    )
    places = places_in(figures.progress.whole)
    snapshots = [
        Snapshot(
            closing=closing,
            activity=one.activity,
            position=position,
            counted=one.figure.counted,
            data=activity_as_data(
                one,
                places[one.activity.pk],
                said_of(one.activity, places[one.activity.pk], updates),
                schedules.get(one.activity.pk),
                reports.get(one.activity.pk),
                departments,
            ),
        )
        for position, one in enumerate(figures.of.values(), 1)
    ]
    closing.digest = digest_of(content, [one.data for one in snapshots])
    return closing, snapshots


def said_of(activity: Activity, place: Place, updates: Updates) -> Update | None:
    """Return the update about an activity, or about the initiative that it was below, or None."""
    own = updates.get(("activity", activity.pk))
    return own or updates.get(("initiative", place["initiative"].pk))


@transaction.atomic
def request_reopening(*, closing: Closing, reason: str, by: User) -> Reopening:
    """Ask another person to let a closed period be written in again."""
    refuse_others(by)
    lock_plan_and_period(closing.period)
    refuse_unreopenable(closing)
    with refusing(SENTENCES):
        request = Reopening.objects.create(closing=closing, reason=reason, requested_by=by)
    log.info("reopening of closing %s requested by %s", closing.pk, by.pk)
    return request


@transaction.atomic
def decide_reopening(*, request: Reopening, is_approved: bool, by: User) -> Reopening:
    """Reopen a closed period, or leave it closed. Its closing stays readable in any case."""
    refuse_others(by)
    period = lock_plan_and_period(request.closing.period)
    request = lock_row(Reopening.objects.select_related("closing"), request.pk)
    if request.decided_by_id:
        raise RefusedError("다른 사람이 먼저 결정했습니다. 화면을 다시 열어 보세요.")
    if request.requested_by_id == by.pk:
        raise RefusedError(SENTENCES["reopening_decided_by_another"])
    request.decided_by, request.decided_at = by, timezone.now()
    request.is_approved = is_approved
    if is_approved:
        refuse_unreopenable(request.closing)
        reopen(period)
    with refusing(SENTENCES):
        request.save()
    log.info("reopening %s decided by %s: %s", request.pk, by.pk, is_approved)
    return request


def refuse_unreopenable(closing: Closing) -> None:
    """Raise RefusedError unless a closing is the last of its plan, and its period still closed."""
    period = Period.objects.get(pk=closing.period_id)
    newer = Closing.objects.filter(period=period, version__gt=closing.version)
    if period.state != Period.State.CLOSED or newer.exists():
        raise RefusedError("지금 마감한 판이 아닙니다. 화면을 다시 열어 보세요.")
    later = Period.objects.filter(plan=period.plan_id, first_on__gt=period.first_on)
    if later.filter(state=Period.State.CLOSED).exists():
        raise RefusedError("뒤의 기간을 이미 마감해서 다시 열 수 없습니다.")


def reopen(period: Period) -> None:
    """Let departments write in a locked period again; what was approved is approved as before."""
    period.state = Period.State.OPEN
    save(period, "state")
    confirmed = Update.objects.filter(period=period, state=Update.State.CONFIRMED)
    confirmed.update(state=Update.State.APPROVED)


def lock_plan_and_period(period: Period) -> Period:
    """Lock a period with its plan, and return it newly read (3 queries)."""
    lock_plan(period.plan_id)
    return lock_period(period.pk)


def refuse_others(by: User) -> None:
    """Raise RefusedError for who may not close periods."""
    if not may_arrange(by):
        raise RefusedError(NOT_ALLOWED)
