"""Putting an activity off, and going on with it."""

import logging

from django.db import transaction
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger.access import may_record
from plans.ledger.models import Hold
from plans.tree.models import Activity

log = logging.getLogger(__name__)


@transaction.atomic
def hold_activity(*, activity: Activity, reason: str, by: User) -> Hold:
    """Put an activity off from today on. Raise RefusedError with a sentence."""
    activity = lock(activity, by)
    if Hold.objects.filter(activity=activity, ends_on=None).exists():
        raise RefusedError("이미 보류한 활동입니다. 지금 적힌 까닭을 확인하세요.")
    hold = Hold.objects.create(
        activity=activity, reason=reason, starts_on=timezone.localdate(), set_by=by
    )
    log.info("activity %s put off by %s", activity.pk, by.pk)
    return hold


@transaction.atomic
def resume_activity(*, activity: Activity, by: User) -> None:
    """Go on with an activity from today on; that it was put off stays on record."""
    activity = lock(activity, by)
    hold = Hold.objects.filter(activity=activity, ends_on=None).first()
    if hold is None:
        raise RefusedError("보류한 활동이 아닙니다. 이미 다시 시작했습니다.")
    hold.ends_on = timezone.localdate()
    hold.save(update_fields=["ends_on"])
    log.info("activity %s resumed by %s", activity.pk, by.pk)


def lock(activity: Activity, by: User) -> Activity:
    """Lock an activity, and refuse who may not say how it goes."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related(Activity.PILLAR_PATH)
    activity = rows.get(pk=activity.pk)
    if not may_record(by, activity):
        raise RefusedError("이 활동을 보류할 권한이 없습니다. 담당부서에 알려 주세요.")
    return activity
