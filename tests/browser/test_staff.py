"""Staff pages at both widths."""

from datetime import date

from playwright.sync_api import expect

from gwonseon.office.models import User
from plans.ledger.actions import add_record
from plans.ledger.models import Finding
from plans.tree.models import Activity
from safety.models import Patrol
from tests.browser.closed_quarters import close_quarters
from tests.browser.conftest import Check, SitDown
from tests.factories.amendments import planners, requested
from tests.factories.ledger import FacilityFactory, entry
from tests.factories.tree import InitiativeFactory
from tests.plans.documents.hangul_files import file_of

PAGES = [
    "/staff/",
    "/staff/?person=&state=published",
    "/staff/plans/",
    "/staff/plans/add/",
    "/staff/plans/handover/",
    "/staff/plans/2021/",
    "/staff/plans/2021/next/",
    "/staff/plans/2021/sheet/",
    "/staff/plans/2021/amendments/",
    "/staff/plans/2031/vision/",
    "/staff/plans/2031/publish/",
]


def test_staff_pages_are_accessible(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    activity = Activity.objects.get(slug="joint-patrol")
    amendment = requested(activity, planners()[0], title="새 제목")
    draft = InitiativeFactory(goal__pillar__plan__year=2031)
    node = f"/staff/plans/2021/activity/{activity.pk}/"
    page = sit_down("demo-planner").page

    for url in [
        *PAGES,
        *(f"{node}{page}" for page in ("", "history/", "move/", "retire/")),
        f"/staff/plans/2021/amendments/{amendment.pk}/",
        f"/staff/plans/2031/initiative/{draft.pk}/review/",
        f"/staff/plans/2031/goal/{draft.goal_id}/add/",
    ]:
        page.goto(portal_2021 + url)
        accessible_at_all_widths(page)
    page.goto(f"{portal_2021}/staff/plans/document/?year=2032")
    accessible_at_all_widths(page)
    lines = ["1 안전", "□ 목표", "- ▶ 과제 : 순찰, 점검", "그냥 글"]
    file = {"name": "plan.hwpx", "mimeType": "application/hwp+zip", "buffer": file_of(lines)}
    page.get_by_label("계획 문서").set_input_files(file)
    page.get_by_role("button", name="올려서 확인하기").click()
    expect(page.get_by_text("5행: 그냥 글")).to_be_visible()
    accessible_at_all_widths(page)
    page.get_by_role("button", name="작성 중인 계획에 저장").click()
    expect(page).to_have_url(f"{portal_2021}/staff/plans/2032/")


def test_pages_of_closing_are_accessible(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    first, second, third, fourth = close_quarters()
    closing = second.closings.first()
    page = sit_down("demo-planner").page
    urls = [f"/staff/closing/{one.pk}/" for one in (first, second, third, fourth)]
    for url in [*urls, f"/staff/closing/versions/{closing.pk}/"]:
        page.goto(portal_2021 + url)
        for details in page.locator("main details").all():
            details.locator("summary").click()
        accessible_at_all_widths(page)


LEDGER = [
    "/staff/pillars/safety/",
    "/staff/pillars/welfare/",
    "/staff/pillars/civic/",
    "/staff/pillars/culture/",
    "/staff/records/",
    "/staff/records/new/",
    "/staff/findings/",
    "/staff/progress/2021/",
]


def test_the_ledgers_pages_are_accessible(
    portal_2021: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> None:
    activity = Activity.objects.select_related("plan").get(slug="joint-patrol")
    facility = FacilityFactory(kinds=["park", "heat-shelter"])
    by = User.objects.get(username="demo-planner")
    found = entry("2021-03-02", people=4, dong_id=facility.dong_id, note="예시 기록")
    found.detail = Patrol(residents=4)
    found.findings = [Finding(what="예시 가로등 꺼짐", category="light", due_on=date(2021, 4, 1))]
    record = add_record(activity=activity, entry=found, by=by, confirm=True)
    page = sit_down("demo-planner").page

    for url in [
        *LEDGER,
        *(f"/staff/records/activity/{activity.pk}/{page}/" for page in ("add", "many")),
        f"/staff/records/{record.pk}/",
        f"/staff/findings/{record.findings.get().pk}/",
        f"/staff/facilities/{facility.pk}/",
        f"/staff/progress/activity/{activity.pk}/hold/",
        "/2021/pillar/safety/",
        "/2021/progress/",
        "/2021/activity/joint-patrol/progress/",
    ]:
        page.goto(portal_2021 + url)
        accessible_at_all_widths(page)
