"""Raise, change and resolve blockers.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import save_once
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import refuse_outdated, write_over
from plans.tracking.access import may_write
from plans.tracking.blockers.access import blockers_for_staff, may_change, may_resolve
from plans.tracking.blockers.models import Blocker
from plans.tree.models import Activity

log = logging.getLogger(__name__)

RESOLVED = "이미 풀었다고 적힌 애로사항입니다. 다시 막히면 새로 적어 주세요."
SENTENCES = {"resolved_blocker_stays": RESOLVED}


@transaction.atomic
def raise_blocker(
    *, activity: Activity, values: Mapping[str, Any], token: UUID, by: User
) -> Blocker:
    """Save a new blocker. `token` is the form's: sending it twice gives one blocker."""
    if not may_write(by, activity):
        raise RefusedError("이 활동의 애로사항을 쓸 권한이 없습니다. 담당부서에 알려 주세요.")
    if activity.retired_on:
        raise RefusedError("이미 끝난 활동입니다.")
    new = Blocker(activity=activity, raised_by=by, token=token, **values)
    blocker = save_once(new, SENTENCES, activity=activity, raised_by=by)
    if blocker is new:
        log.info("blocker %s raised by %s", blocker.pk, by.pk)
    return blocker


@transaction.atomic
def change_blocker(
    *, blocker: Blocker, values: Mapping[str, Any], version: int, by: User
) -> Blocker:
    """Save new values of an open blocker. Raises OutdatedError where it changed meanwhile."""
    blocker = lock_row(blockers_for_staff(), blocker.pk)
    if not may_change(by, blocker):
        raise RefusedError("이 애로사항을 고칠 권한이 없습니다. 담당부서에 알려 주세요.")
    if blocker.resolved_on:
        raise RefusedError(RESOLVED)
    write_over(blocker, values, version)
    log.info("blocker %s changed by %s", blocker.pk, by.pk)
    return blocker


@transaction.atomic
def resolve_blocker(
    *, blocker: Blocker, day: date, resolution: str, version: int, by: User
) -> Blocker:
    """Write when and how a blocker was resolved."""
    blocker = lock_row(blockers_for_staff(), blocker.pk)
    if not may_resolve(by, blocker):
        raise RefusedError("풀어야 할 부서나 활동의 담당부서가 적습니다. 그 부서에 알려 주세요.")
    if blocker.resolved_on:
        raise RefusedError(RESOLVED)
    refuse_outdated(blocker, version)
    if not blocker.raised_on <= day <= timezone.localdate():
        raise RefusedError(
            f"알린 날({blocker.raised_on:%Y. %-m. %-d.})부터 오늘까지의 날을 적어 주세요."
        )
    write_over(blocker, {"resolved_on": day, "resolved_by": by, "resolution": resolution}, version)
    log.info("blocker %s resolved by %s", blocker.pk, by.pk)
    return blocker
