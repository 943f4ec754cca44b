"""Report what was contracted and spent of an activity's budget.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from gwonseon.constraints import SENT_TWICE, refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError, refuse_unless
from gwonseon.versions import OutdatedError, write_over
from plans.tracking.access import may_write
from plans.tracking.actions import CLOSED, stay_open
from plans.tracking.budget.models import Spending
from plans.tracking.models import Period
from plans.tree.models import Activity

log = logging.getLogger(__name__)

NOT_YOURS = "이 활동의 집행액을 적을 권한이 없습니다. 담당부서에 알려 주세요."


class ReportedMeanwhileError(RefusedError):
    """There is a report of this activity in this period already, or of this form."""


SENTENCES = {
    "update_in_open_period": CLOSED,
    "spending_once_a_period": ReportedMeanwhileError,
    "plans_spending_token_key": ReportedMeanwhileError,
    "spending_has_a_source": "어디에서 읽은 금액인지 출처를 적어 주세요.",
}


@transaction.atomic
def report_spending(
    *,
    period: Period,
    activity: Activity,
    values: Mapping[str, Any],
    version: int | None,
    token: UUID,
    by: User,
) -> Spending:
    """Save an activity's sums up to the end of a period, in 원.

    `version` is None in the form of a new report, and `token` is the form's: sending it twice
    gives one report. Raises OutdatedError where somebody else reported after `version`.
    """
    stay_open(period.pk)
    refuse_unless(may_write(by, activity), NOT_YOURS)
    refuse_unless(activity.plan_id == period.plan_id, "이 계획의 활동이 아닙니다.")
    ended = activity.retired_on and activity.retired_on <= period.first_on
    refuse_unless(not ended, "이 기간에는 이미 끝난 활동입니다.")
    if version is None:
        found = first_report(Spending(period=period, activity=activity, token=token), values, by)
    else:
        found = next_report(period, activity, values, version, by)
    log.info("spending %s written by %s", found.pk, by.pk)
    return found


def first_report(new: Spending, values: Mapping[str, Any], by: User) -> Spending:
    """Save a new report, or return the one that the same form has saved."""
    new.written_by = by
    for name, value in values.items():
        setattr(new, name, value)
    try:
        with refusing(SENTENCES):
            new.save()
    except ReportedMeanwhileError:
        about = {"period": new.period, "activity": new.activity}
        there = Spending.objects.select_related("written_by").filter(**about).first()
        refuse_unless(there, SENT_TWICE)
        if there.token != new.token or any(getattr(there, one) != values[one] for one in values):
            raise OutdatedError(there) from None
        return there
    return new


def next_report(
    period: Period, activity: Activity, values: Mapping[str, Any], version: int, by: User
) -> Spending:
    """Save over a report that the user saw."""
    rows = Spending.objects.select_related("written_by")
    there = rows.filter(period=period, activity=activity).first()
    refuse_unless(there, "적은 것이 없습니다. 화면을 다시 열어 적어 주세요.")
    locked = lock_row(rows, there.pk)
    with refusing(SENTENCES):
        write_over(locked, {**values, "written_by": by}, version)
    return locked
