"""Opening a case and going on with it. Each raises RefusedError with a sentence."""

import logging

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.tree.models import Activity, Plan
from welfare.cases.access import activities_for, cases_for, may_write
from welfare.models import SupportCase

log = logging.getLogger(__name__)


@transaction.atomic
def open_case(*, activity: Activity, by: User) -> SupportCase:
    """Open a case under the next number of the plan's year."""
    if not activities_for(by).filter(pk=activity.pk).exists():
        raise RefusedError("이 활동의 사례를 시작할 권한이 없습니다. 담당부서에 알려 주세요.")
    plan = Plan.objects.select_for_update().get(pk=activity.plan_id)
    last = SupportCase.objects.filter(year=plan.year).aggregate(last=Max("serial"))["last"]
    case = SupportCase.objects.create(
        activity=activity, year=plan.year, serial=(last or 0) + 1, opened_on=timezone.localdate()
    )
    log.info("case %s opened by %s", case, by.pk)
    return case


@transaction.atomic
def move_case(*, case: SupportCase, state: str, version: int, by: User) -> SupportCase:
    """Bring a case to another state; the last one closes it today, any other opens it again."""
    rows = cases_for(by).select_for_update(of=("self",)) if may_write(by) else None
    case = rows.filter(pk=case.pk).first() if rows is not None else None
    if case is None:
        raise RefusedError("이 사례를 고칠 권한이 없습니다. 담당부서에 알려 주세요.")
    if case.version != version:
        raise RefusedError("그 사이에 다른 사람이 이 사례를 고쳤습니다. 확인하고 다시 저장하세요.")
    case.state = state
    case.closed_on = timezone.localdate() if state == SupportCase.State.CLOSED else None
    case.version += 1
    case.save(update_fields=["state", "closed_on", "version"])
    log.info("case %s is %s now, by %s", case, state, by.pk)
    return case
