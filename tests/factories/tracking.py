"""Periods in each state, and updates of them."""

from typing import Any
from uuid import uuid4

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.tracking import actions
from plans.tracking.budget.actions import report_spending
from plans.tracking.budget.models import Spending
from plans.tracking.closing.actions import close_period, decide_reopening, request_reopening
from plans.tracking.closing.models import Closing
from plans.tracking.models import Period, Update
from plans.tracking.periods import begin, set_up_periods
from plans.tracking.risks.actions import add_risk
from plans.tracking.risks.models import Risk
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.office import staff

TEXTS = {"results": "예시 실적", "next_steps": "예시 계획", "problems": "", "evidence": ""}


def first_quarter(plan: Plan, *, by: User, is_open: bool = True) -> Period:
    """Return the first quarter of a plan, with the others set up; `by` is of 기획."""
    period = set_up_periods(plan=plan, kind=Period.Kind.QUARTER, by=by)[0]
    if is_open:
        begin(period, by)
    return period


def closed(plan: Plan, number: int = 1, *, by: User) -> Closing:
    """Close a period of a plan, opened if it is not, and return its new version."""
    period = Period.objects.get(plan=plan, number=number)
    if period.state == Period.State.PLANNED:
        begin(period, by)
    return close_period(period=period, version=period.version, by=by)


def reopened(closing: Closing) -> Period:
    """Reopen a closed period, as one person asks and another approves."""
    request = request_reopening(closing=closing, reason="예시 다시 여는 까닭", by=staff(PLANNER))
    decide_reopening(request=request, is_approved=True, by=staff(PLANNER))
    return Period.objects.get(pk=closing.period_id)


def draft(*, period: Period, about: Activity | Initiative, by: User, **texts: str) -> Update:
    """Return a draft about an activity or initiative."""
    return actions.begin_update(period=period, node=about, texts=TEXTS | texts, by=by)


def submitted(**facts: Any) -> Update:
    """Return an update that waits for approval; `facts` are what `draft` takes."""
    update = draft(**facts)
    return actions.submit(update=update, version=update.version, by=facts["by"])


def approved(*, by_another: User, **facts: Any) -> Update:
    """Return an approved update; `facts` are what `draft` takes."""
    update = submitted(**facts)
    return actions.approve(seen={update.pk: update.version}, by=by_another)[0]


def reported(
    period: Period, activity: Activity, contracted: int, spent: int, *, by: User
) -> Spending:
    """Return a new report of what an activity has contracted and spent."""
    values = {"contracted": contracted, "spent": spent, "source": "예시 집행 현황"}
    return report_spending(
        period=period, activity=activity, values=values, version=None, token=uuid4(), by=by
    )


def risk_of(activity: Activity, *, by: User, since: str = "2021-01-01", **values: Any) -> Risk:
    """Return an open risk of an activity, which is there since a day."""
    facts = {"title": "예시 위험", "what": "예시 부지가 늦음", "response": "예시 다른 부지"}
    levels = {"likelihood": 2, "impact": 3, "owner": by}
    risk = add_risk(activity=activity, values=facts | levels | values, token=uuid4(), by=by)
    Risk.objects.filter(pk=risk.pk).update(raised_on=since)
    risk.refresh_from_db()
    return risk
