"""Opening a case and going on with it. Each raises RefusedError with a sentence."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger.models import Record
from plans.tree.models import Activity, Plan
from welfare.cases.access import activities_for, cases_for, may_write
from welfare.models import SupportCase

log = logging.getLogger(__name__)


@transaction.atomic
def open_case(*, activity: Activity, by: User, opened_on: date | None = None) -> SupportCase:
    """Open a case under the next number of the plan's year, on a day of that year.

    Without one, that is today, held within the year.
    """
    if not activities_for(by).filter(pk=activity.pk).exists():
        raise RefusedError("이 활동의 사례를 시작할 권한이 없습니다. 담당부서에 알려 주세요.")
    plan = Plan.objects.select_for_update().get(pk=activity.plan_id)
    today = plan.within_year(timezone.localdate())
    opened_on = opened_on or today
    if not plan.first_day <= opened_on <= today:
        raise RefusedError(
            f"{plan.first_day:%Y. %-m. %-d.}부터 {today:%Y. %-m. %-d.}까지의 날에 시작합니다. "
            "시작한 날을 고쳐 주세요."
        )
    last = SupportCase.objects.filter(year=plan.year).aggregate(last=Max("serial"))["last"]
    case = SupportCase.objects.create(
        activity=activity,
        year=plan.year,
        serial=(last or 0) + 1,
        opened_on=opened_on,
        opened_by=by,
    )
    log.info("case %s opened by %s", case, by.pk)
    return case


@transaction.atomic
def move_case(
    *, case: SupportCase, state: str, version: int, by: User, closed_on: date | None = None
) -> SupportCase:
    """Bring a case to another state; the last one closes it, any other opens it again.

    It is closed on a day, today if none is said: not before it opened, nor before its last contact.
    """
    rows = cases_for(by).select_for_update(of=("self",)) if may_write(by) else None
    case = rows.filter(pk=case.pk).first() if rows is not None else None
    if case is None:
        raise RefusedError("이 사례를 고칠 권한이 없습니다. 담당부서에 알려 주세요.")
    if case.version != version:
        raise RefusedError("그 사이에 다른 사람이 이 사례를 고쳤습니다. 확인하고 다시 저장하세요.")
    case.state = state
    case.closed_on = case.closed_by = case.closed_at = None
    if state == SupportCase.State.CLOSED:
        case.closed_on = closed_on or timezone.localdate()
        case.closed_by, case.closed_at = by, timezone.now()
        refuse_closing_day(case)
    case.version += 1
    case.save(update_fields=["state", "closed_on", "closed_by", "closed_at", "version"])
    log.info("case %s is %s now, by %s", case, state, by.pk)
    return case


def refuse_closing_day(case: SupportCase) -> None:
    """Raise RefusedError where a case would be closed before a contact, or on a day to come."""
    counted = (Record.State.DRAFT, Record.State.CONFIRMED)
    contacts = case.contacts.filter(record__state__in=counted)
    last = contacts.aggregate(last=Max("record__happened_on"))["last"]
    first = max(case.opened_on, last or case.opened_on)
    if not first <= case.closed_on <= timezone.localdate():
        raise RefusedError(
            f"종결한 날은 시작한 날과 마지막 접촉이 지난 {first:%Y. %-m. %-d.}부터 오늘까지로 "
            "적어 주세요."
        )
