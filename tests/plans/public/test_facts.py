"""Facts on an activity's public page."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from gwonseon.office.models import Dong
from plans.public.plan.facts import period
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.amendments import amend
from tests.factories.office import DepartmentFactory, UserFactory
from tests.factories.tree import ActivityFactory, PlanFactory, publish
from tests.plans.public.conftest import Read


def write(activity: Activity) -> None:
    """Set all columns that are no promise."""
    Activity.objects.filter(pk=activity.pk).update(
        kind="patrol",
        budget=12_000_000,
        audiences=["youth", "women"],
        person=UserFactory(name="예시 담당자"),
        phone="031-000-0001",
    )
    activity.supporters.add(
        DepartmentFactory(name="예시나과", position=2), DepartmentFactory(name="예시가과")
    )
    activity.dongs.add(*Dong.objects.order_by("position")[:2])


def test_the_page_shows_all_facts_that_are_set(activity: Activity, read: Read) -> None:
    write(activity)
    amend(
        activity,
        starts_on=dt.date(2031, 1, 4),
        ends_on=dt.date(2031, 12, 31),
        target=Decimal("1200.50"),
        target_q1=Decimal(300),
        target_q2=Decimal(300),
        target_q3=Decimal(300),
        target_q4=Decimal("300.50"),
        text="첫째 줄\n둘째 <줄>",
    )

    page = read(activity.get_absolute_url())

    first, second = Dong.objects.order_by("position")[:2]
    today = f"{activity.target_set_on:%Y}. {activity.target_set_on.month}. "
    for fact in (
        "일의 종류 순찰",
        "담당부서 예시안전과",
        "협조부서 예시가과, 예시나과",
        "기간 2031. 1. 4. ~ 2031. 12. 31.",
        "세는 것 순찰 횟수 (단위: 회)",
        f"연간 목표 1,200.5회 (출처: 담당자, 시행일 2031. 1. 1., 결정일 {today}",
        "분기 목표 1분기 300회 · 2분기 300회 · 3분기 300회 · 4분기 300.5회",
        "계획 예산 12,000,000원",
        "대상 청소년, 여성",
        f"동 {first}, {second}",
        "첫째 줄 둘째 &lt;줄&gt;",
        "전화 031-000-0001",
    ):
        assert fact in page
    assert "예시 담당자" not in page


def test_facts_that_are_not_set_are_not_shown(db: None, read: Read) -> None:
    activity = ActivityFactory()
    publish(activity.plan)

    page = read(activity.get_absolute_url())

    assert "연간 목표 목표 미설정" in page
    for label in ("담당부서", "협조부서", "기간", "세는 것", "분기 목표", "계획 예산", "대상"):
        assert label not in page


def test_a_target_comes_with_its_origin(activity: Activity, read: Read) -> None:
    assert "연간 목표 12회 (출처: 문서, 2031. 1. 4.)" in read(activity.get_absolute_url())


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (None, None, ""),
        (dt.date(2031, 1, 4), None, "2031. 1. 4.부터"),
        (None, dt.date(2031, 12, 31), "2031. 12. 31.까지"),
    ],
)
def test_a_period_is_shown_without_its_missing_day(
    start: dt.date | None, end: dt.date | None, told: str
) -> None:
    assert period(start, end) == told


def test_the_items_own_telephone_comes_first(db: None, read: Read) -> None:
    department = DepartmentFactory(phone="031-000-0002")
    initiative = ActivityFactory(initiative__department=department).initiative
    publish(initiative.plan)
    pages = [initiative.get_absolute_url(), initiative.activities.get().get_absolute_url()]
    assert all("전화 031-000-0002" in read(page) for page in pages)

    Initiative.objects.update(phone="031-000-0001")

    assert all("전화 031-000-0001" in read(page) for page in pages)


@pytest.fixture
def three_years(db: None) -> list[Activity]:
    """Return the same activity in three published plans and in a draft."""
    targets = {2030: 10, 2031: 12, 2032: None, 2033: 99}
    rows = []
    for year, target in targets.items():
        activity = ActivityFactory(
            initiative__goal__pillar__plan=PlanFactory(year=year),
            slug="patrol",
            unit="회",
            target=target,
            target_origin="staff" if target else "",
            target_set_on=dt.date(year, 1, 4) if target else None,
            lineage="00000000-0000-4000-8000-000000000001",
        )
        Initiative.objects.filter(pk=activity.initiative_id).update(
            slug="patrols", lineage="00000000-0000-4000-8000-000000000002"
        )
        rows.append(activity)
    for activity in rows[:3]:
        publish(activity.plan)
    return rows


def test_the_same_item_in_other_years(three_years: list[Activity], read: Read) -> None:
    page = read("/2031/activity/patrol/")

    assert (
        "다른 해의 계획"
        " 2030년 계획의 같은 항목 지난해 목표 10회"
        " 2032년 계획의 같은 항목 2032년 목표 목표 미설정"
    ) in page
    assert "2033년" not in page
    page = read("/2031/initiative/patrols/")
    assert "2030년 계획의 같은 항목 2032년 계획의 같은 항목" in page


def test_an_older_plan_links_to_the_newest(three_years: list[Activity], client: Client) -> None:
    for path in ("", "plan/", "search/", "changes/", "activity/patrol/", "initiative/patrols/"):
        page = client.get(f"/2030/{path}").content.decode()
        assert '더 새로운 계획이 있습니다: <a href="/2032/">2032년 계획</a>' in page, path
        assert "더 새로운 계획" not in client.get(f"/2032/{path}").content.decode(), path


def test_a_single_plan_has_no_link_to_a_newer_one(plan_2021: Plan, read: Read) -> None:
    assert "더 새로운" not in read("/2021/")
    assert "다른 해의 계획" not in read("/2021/activity/joint-patrol/")
