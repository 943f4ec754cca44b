"""Add, change, close and review risks.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing, save_once
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError, refuse_unless
from gwonseon.versions import refuse_outdated, write_over
from plans.tracking.access import may_write
from plans.tracking.actions import CLOSED as NOT_OPEN
from plans.tracking.actions import stay_open
from plans.tracking.models import Period
from plans.tracking.risks.access import may_change, may_review, risks_for_staff
from plans.tracking.risks.models import Risk, RiskReview
from plans.tree.models import Activity

log = logging.getLogger(__name__)

CLOSED = "이미 닫은 위험입니다. 다시 살펴야 하면 새로 적어 주세요."
SENTENCES = {
    "closed_risk_stays": CLOSED,
    "update_in_open_period": NOT_OPEN,
}


@transaction.atomic
def add_risk(*, activity: Activity, values: Mapping[str, Any], token: UUID, by: User) -> Risk:
    """Save a new risk. `token` is the form's: sending it twice gives one risk."""
    allowed = may_write(by, activity)
    refuse_unless(allowed, "이 활동의 위험을 적을 권한이 없습니다. 담당부서에 알려 주세요.")
    refuse_unless(not activity.retired_on, "이미 끝난 활동입니다.")
    new = Risk(activity=activity, raised_by=by, token=token, **values)
    risk = save_once(new, SENTENCES, activity=activity, raised_by=by)
    if risk is new:
        log.info("risk %s added by %s", risk.pk, by.pk)
    return risk


@transaction.atomic
def change_risk(*, risk: Risk, values: Mapping[str, Any], version: int, by: User) -> Risk:
    """Save new values of an open risk. Raises OutdatedError where it changed after `version`."""
    risk = lock_open(risk, version, by)
    save_risk(risk, values, version)
    log.info("risk %s changed by %s", risk.pk, by.pk)
    return risk


@transaction.atomic
def close_risk(*, risk: Risk, day: date, note: str, version: int, by: User) -> Risk:
    """Write when and why a risk need not be watched any more."""
    risk = lock_open(risk, version, by)
    if not risk.raised_on <= day <= timezone.localdate():
        raise RefusedError(
            f"적은 날({risk.raised_on:%Y. %-m. %-d.})부터 오늘까지의 날을 적어 주세요."
        )
    save_risk(risk, {"closed_on": day, "closed_by": by, "closed_for": note}, version)
    log.info("risk %s closed by %s", risk.pk, by.pk)
    return risk


@transaction.atomic
def review_risk(
    *, risk: Risk, period: Period, values: Mapping[str, Any], version: int, by: User
) -> RiskReview:
    """Save what somebody thinks of a risk in a period, over an earlier review of that period.

    `values` are likelihood, impact and a note; the risk takes over the first two. Raises
    OutdatedError where the risk changed, or was reviewed, after `version`.
    """
    stay_open(period.pk)
    risk = lock_row(risks_for_staff(), risk.pk)
    allowed = may_review(by, risk)
    refuse_unless(allowed, "이 위험을 검토할 권한이 없습니다. 살피는 사람에게 알려 주세요.")
    refuse_unless(risk.activity.plan_id == period.plan_id, "이 계획의 위험이 아닙니다.")
    refuse_unless(not risk.closed_on, CLOSED)
    refuse_outdated(risk, version)
    said = {**values, "reviewed_by": by, "reviewed_at": timezone.now()}
    with refusing(SENTENCES):
        review, _is_new = RiskReview.objects.update_or_create(
            risk=risk, period=period, defaults=said
        )
    save_risk(risk, {name: values[name] for name in ("likelihood", "impact")}, version)
    log.info("risk %s reviewed by %s in period %s", risk.pk, by.pk, period.pk)
    return review


def lock_open(risk: Risk, version: int, by: User) -> Risk:
    """Lock an open risk that the user may change, as they saw it."""
    risk = lock_row(risks_for_staff(), risk.pk)
    allowed = may_change(by, risk)
    refuse_unless(allowed, "이 위험을 고칠 권한이 없습니다. 담당부서에 알려 주세요.")
    refuse_unless(not risk.closed_on, CLOSED)
    refuse_outdated(risk, version)
    return risk


def save_risk(risk: Risk, values: Mapping[str, Any], version: int) -> None:
    """Set values on a locked risk and save it as its next version."""
    with refusing(SENTENCES):
        write_over(risk, values, version)
