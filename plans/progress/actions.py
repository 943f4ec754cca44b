"""Put an activity on hold, and resume it, each from a given day."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.amendments.force import beginning_of
from plans.ledger.access import may_record
from plans.progress.models import Hold
from plans.tree.models import Activity

log = logging.getLogger(__name__)


@transaction.atomic
def hold_activity(
    *, activity: Activity, reason: str, by: User, starts_on: date | None = None
) -> Hold:
    """Put an activity on hold from a day on. The default is today, or the plan's nearest day.

    Raises RefusedError if the rules do not allow it.
    """
    activity = lock(activity, by)
    if activity.retired_on:
        raise RefusedError("이미 끝난 활동은 보류할 수 없습니다.")
    last = activity.plan.within_year(timezone.localdate())
    starts_on = starts_on or last
    refuse_outside(starts_on, beginning_of(activity), last)
    refuse_second(activity, starts_on)
    hold = Hold.objects.create(activity=activity, reason=reason, starts_on=starts_on, set_by=by)
    log.info("activity %s put off by %s", activity.pk, by.pk)
    return hold


@transaction.atomic
def resume_activity(*, activity: Activity, by: User, ends_on: date | None = None) -> None:
    """Resume an activity from a day on. The default is today, or the plan's nearest day.

    The past hold stays in the database. Raises RefusedError if the rules do not allow it.
    """
    activity = lock(activity, by)
    hold = Hold.objects.filter(activity=activity, ends_on=None).first()
    if hold is None:
        raise RefusedError("보류한 활동이 아닙니다. 이미 다시 시작했습니다.")
    last = activity.plan.within_year(timezone.localdate())
    hold.ends_on = ends_on or last
    refuse_outside(hold.ends_on, hold.starts_on, max(last, hold.starts_on))
    hold.ended_by, hold.ended_at = by, timezone.now()
    hold.save(update_fields=["ends_on", "ended_by", "ended_at"])
    log.info("activity %s resumed by %s", activity.pk, by.pk)


def refuse_outside(day: date, first: date, last: date) -> None:
    """Raise RefusedError if a day is not between two others, both included."""
    if not first <= day <= last:
        raise RefusedError(
            f"{first:%Y. %-m. %-d.}부터 {last:%Y. %-m. %-d.}까지의 날을 적어 주세요."
        )


def refuse_second(activity: Activity, starts_on: date) -> None:
    """Raise RefusedError if an activity is on hold already on or after a day (1 query)."""
    going_on = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    rows = Hold.objects.filter(going_on, activity=activity).exclude(ends_on=F("starts_on"))
    hold = rows.order_by("-starts_on").first()
    if hold is None:
        return
    if hold.ends_on is None:
        raise RefusedError("이미 보류한 활동입니다. 지금 적힌 까닭을 확인하세요.")
    raise RefusedError(
        f"{hold.ends_on:%Y. %-m. %-d.}에 다시 시작한 보류가 있습니다. "
        "보류한 날은 그날이나 그 뒤의 날로 적어 주세요."
    )


def lock(activity: Activity, by: User) -> Activity:
    """Lock an activity and return it; raise RefusedError if `by` may not record work for it."""
    rows = Activity.objects.select_related(Activity.PILLAR_PATH, "plan")
    activity = lock_row(rows, activity.pk)
    if not may_record(by, activity):
        raise RefusedError("이 활동을 보류할 권한이 없습니다. 담당부서에 알려 주세요.")
    return activity
