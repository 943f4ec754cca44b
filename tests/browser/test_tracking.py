"""Pages of periods, updates, budgets and risks at both widths, in the states of a year."""

from gwonseon.office.actions import save_draft
from gwonseon.office.models import User
from plans.tracking import actions
from plans.tracking.closing.actions import close_period
from plans.tracking.models import Period
from plans.tracking.periods import begin
from plans.tree.models import Activity
from tests.browser.conftest import Check, SitDown
from tests.factories.amendments import amend
from tests.factories.ledger import RecordFactory
from tests.factories.tracking import (
    approved,
    draft,
    first_quarter,
    reported,
    risk_of,
    submitted,
)

PERIODS = "/staff/tracking/2021/"
BOARD = "/staff/board/"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
TEXT = "예시로 합동 순찰을 했습니다."


def test_pages_of_updates_are_accessible(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    officer, head, planner, lead = (
        User.objects.get(username=f"demo-{role}")
        for role in ("officer", "head", "planner", "safety")
    )
    activity = Activity.objects.select_related("plan").get(slug="joint-patrol")
    amend(activity.initiative, department_id=officer.department_id)
    quarter = first_quarter(activity.plan, by=planner)
    approved(period=quarter, about=activity, by=officer, by_another=head, results=TEXT)
    close_period(period=quarter, version=quarter.version, by=planner)
    RecordFactory(activity=activity, happened_on="2021-03-30", people=3, confirmed=True)
    second = Period.objects.get(number=2)
    begin(second, None)
    others = Activity.objects.filter(plan=quarter.plan).exclude(initiative=activity.initiative)
    waiting = submitted(period=second, about=activity, by=officer, results=TEXT)
    patrol, other, third = others.filter(initiative__goal__pillar__code="safety")[:3]
    submitted(period=second, about=patrol.initiative, by=lead, results=f"{TEXT}\n\n{TEXT}")
    returned = submitted(period=second, about=other, by=lead)
    actions.send_back(update=returned, version=1, reason="예시 반려 사유", by=planner)
    texts = {"results": "예시 바로잡은 실적"}
    actions.rewrite(update=returned, texts=texts, version=2, by=lead)
    draft(period=second, about=third, by=lead)
    Activity.objects.filter(plan=quarter.plan).update(budget=123_456_000)
    reported(second, activity, 120_000_000, 123_000_000, by=officer)
    risk = risk_of(activity, by=officer)
    place = f"update:{second.pk}:activity:{activity.pk}:problems"
    save_draft(user=planner, place=place, text=f"{TEXT}\n\n{TEXT}")
    page = sit_down("demo-planner").page

    for url in [
        f"/staff/budget/period/{second.pk}/",
        "/staff/risks/2021/",
        risk.get_absolute_url(),
        "/staff/",
        f"{BOARD}?on=2021-06-30",
        PERIODS,
        second.get_absolute_url(),
        f"{second.get_absolute_url()}?state=missing&mine=on",
        f"{second.get_absolute_url()}days/",
        f"{second.get_absolute_url()}waiting/",
        f"{second.get_absolute_url()}activity/{third.pk}/",
        f"{second.get_absolute_url()}activity/{others.last().pk}/",
        f"{second.get_absolute_url()}activity/{activity.pk}/unsaved/",
        waiting.get_absolute_url(),
        returned.get_absolute_url(),
        quarter.get_absolute_url(),
    ]:
        page.goto(portal_2021 + url)
        page.evaluate(OPEN_ALL)
        accessible_at_all_widths(page)
