"""Actions that open a case and change its state. They raise RefusedError with a sentence."""

import logging
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger.models import Record
from plans.tree.models import Activity, Plan
from welfare.cases.access import activities_for, cases_for, may_write
from welfare.models import SupportCase

log = logging.getLogger(__name__)

SENT_TWICE = (
    "이 양식으로 사례 {}을(를) 이미 시작했으니, 하나 더 시작하려면 「사례 시작」을 다시 누르세요."
)
SENT_BY_ANOTHER = (
    "이미 다른 사례를 시작한 양식입니다. 새 사례를 시작하려면 「사례 시작」을 다시 누르세요."
)


class CaseSentTwiceError(RefusedError):
    """The same form already opened another case, perhaps a moment ago.

    `case` is that case if the same person opened it and may still see it, else None.
    """

    def __init__(self, case: SupportCase | None = None) -> None:
        self.case = case
        super().__init__(SENT_TWICE.format(case) if case else SENT_BY_ANOTHER)


@transaction.atomic
def open_case(
    *, activity: Activity, by: User, opened_on: date | None = None, token: UUID | None = None
) -> SupportCase:
    """Open a case with the next number of the plan's year, on a day of that year.

    The default day is today, limited to the plan's year. `token` is the form's: sending the same
    form twice gives one case. Raises CaseSentTwiceError where the form already opened a case
    with other values.
    """
    token = token or uuid4()
    if not activities_for(by).filter(pk=activity.pk).exists():
        raise RefusedError("이 활동의 사례를 시작할 권한이 없습니다. 담당부서에 알려 주세요.")
    plan = Plan.objects.select_for_update().get(pk=activity.plan_id)
    asked = SupportCase(activity=activity, opened_on=opened_on, opened_by=by, token=token)
    if sent := SupportCase.objects.filter(token=token).first():
        return same_case(sent, asked, plan)
    today = plan.within_year(timezone.localdate())
    asked.opened_on = opened_on or today
    if not plan.first_day <= asked.opened_on <= today:
        raise RefusedError(
            f"{plan.first_day:%Y. %-m. %-d.}부터 {today:%Y. %-m. %-d.}까지의 날에 시작합니다. "
            "시작한 날을 고쳐 주세요."
        )
    last = SupportCase.objects.filter(year=plan.year).aggregate(last=Max("serial"))["last"]
    asked.year, asked.serial = plan.year, (last or 0) + 1
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        # The form was also sent for an activity of another plan, and that case was saved first.
        sent = SupportCase.objects.filter(token=token).first()
        if sent is None:
            raise
        return same_case(sent, asked, plan)
    log.info("case %s opened by %s", asked, by.pk)
    return asked


def same_case(sent: SupportCase, asked: SupportCase, plan: Plan) -> SupportCase:
    """Return the case that the same form opened before (1 query).

    Raises CaseSentTwiceError where another user sent the form, or it has other values now. A day
    that was left empty means the day on which the case was saved.
    """
    seen = cases_for(asked.opened_by).filter(pk=sent.pk)
    if sent.opened_by_id != asked.opened_by_id or not seen.exists():
        raise CaseSentTwiceError
    opened_on = asked.opened_on or plan.within_year(timezone.localdate(sent.opened_at))
    if (sent.activity_id, sent.opened_on) != (asked.activity_id, opened_on):
        raise CaseSentTwiceError(sent)
    sent.was_there = True
    return sent


@transaction.atomic
def move_case(
    *, case: SupportCase, state: str, version: int, by: User, closed_on: date | None = None
) -> SupportCase:
    """Change the state of a case; the last state closes it, any other opens it again.

    The closing day is today by default; it cannot be before the opening or the last contact.
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
    """Raise RefusedError where the closing day is before a contact or in the future."""
    counted = (Record.State.DRAFT, Record.State.CONFIRMED)
    contacts = case.contacts.filter(record__state__in=counted)
    last = contacts.aggregate(last=Max("record__happened_on"))["last"]
    first = max(case.opened_on, last or case.opened_on)
    if not first <= case.closed_on <= timezone.localdate():
        raise RefusedError(
            f"종결한 날은 시작한 날과 마지막 접촉이 지난 {first:%Y. %-m. %-d.}부터 오늘까지로 "
            "적어 주세요."
        )
