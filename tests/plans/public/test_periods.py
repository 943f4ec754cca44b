"""Residents' pages of closed periods."""

import json
import re
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.ledger.actions import void_record
from plans.ledger.models import Record
from plans.progress.actions import hold_activity
from plans.tracking.closing.models import Closing
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period
from plans.tree.models import Activity, Plan
from tests.factories.amendments import amend
from tests.factories.ledger import RecordFactory
from tests.factories.office import staff
from tests.factories.tracking import approved, closed, first_quarter, reopened, reported
from tests.factories.tree import ActivityFactory, GoalFactory, InitiativeFactory, publish
from tests.plans.public.conftest import Read
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

URL = "/2021/periods/1/"


def record(quarter: Quarter, day: str, activity: Activity | None = None) -> Record:
    """Return a confirmed record."""
    return RecordFactory(
        activity=activity or quarter.activity,
        happened_on=date.fromisoformat(day),
        written_by=quarter.officer,
        confirmed=True,
    )


def say(quarter: Quarter, about: object = None, number: int = 1, **texts: str) -> None:
    """Approve an update about the quarter's activity, or about something else."""
    approved(
        period=Period.objects.get(number=number),
        about=about or quarter.activity,
        by=quarter.officer,
        by_another=quarter.head,
        **texts,
    )


def close(quarter: Quarter, number: int = 1) -> Closing:
    """Close a quarter, opened if it is not."""
    return closed(quarter.period.plan, number, by=quarter.planner)


def test_a_closed_period_shows_what_was_frozen(quarter: Quarter, read: Read) -> None:
    for day in ("2021-01-05", "2021-03-31"):
        record(quarter, day)
    say(quarter)
    close(quarter)

    page = read(URL)

    initiative = quarter.activity.initiative
    above = f"{initiative.goal.pillar.title} {initiative.goal.title} {initiative.title}"
    assert above in page
    assert f"{quarter.activity.title} 2회 90회 2회 365회 0.5% 지연" in page
    assert f"{quarter.other.title} 0회 목표 미설정 0회 목표 미설정 - 미착수" in page
    assert f"{quarter.activity.title} 추진실적 예시 실적 향후계획 예시 계획" in page
    assert "계획 전체 0.5%" in page
    assert "이행률 0%" in page
    assert "2021. 1. 1.부터 2021. 3. 31.까지" in page


def test_an_initiatives_text_is_said_once(quarter: Quarter, read: Read) -> None:
    say(
        quarter,
        quarter.activity.initiative,
        results="예시 과제의 실적",
        problems="예시 과제의 대책",
    )
    close(quarter)
    page = read(URL)
    assert page.count("예시 과제의 실적") == 1
    # Once with the late activity, once with the initiative.
    assert page.count("예시 과제의 대책") == 2


def test_late_activities_come_with_what_the_department_says(quarter: Quarter, read: Read) -> None:
    say(quarter, problems="예시로 늦어진 까닭과 대책")
    close(quarter)
    late = read(URL).split("늦어진 활동")[2].split("예시 축")[0]
    assert quarter.activity.title in late
    assert quarter.other.title not in late
    assert "누계 0회, 연간 목표 365회" in late
    assert "문제점 및 대책 예시로 늦어진 까닭과 대책" in late


def test_milestones_are_shown_as_of_the_periods_end(quarter: Quarter, read: Read) -> None:
    for title, month, done_on in (("설계", 2, date(2021, 2, 20)), ("착공", 3, date(2021, 4, 2))):
        Milestone.objects.create(
            activity=quarter.activity,
            title=f"예시 {title}",
            planned_on=date(2021, month, 10),
            weight=50,
            done_on=done_on,
            evidence="예시",
        )
    close(quarter)
    page = read(URL)
    assert "추진일정 공정률 50%" in page
    assert "예시 설계: 예정 2021. 2. 10., 마침 2021. 2. 20." in page
    assert "예시 착공: 예정 2021. 3. 10., 마치지 않음" in page


def test_an_activity_on_hold_is_not_late(quarter: Quarter, read: Read) -> None:
    hold_activity(
        activity=quarter.activity,
        reason="예시 보류 까닭",
        starts_on=date(2021, 2, 1),
        by=quarter.officer,
    )
    close(quarter)
    page = read(URL)
    assert "늦어진 활동이 없습니다." in page
    assert f"{quarter.activity.title} 예시 보류 까닭" in page


def test_what_changed_since_the_period_before_is_listed(quarter: Quarter, read: Read) -> None:
    record(quarter, "2021-02-01")
    close(quarter)
    record(quarter, "2021-01-02")
    record(quarter, "2021-05-01", quarter.other)
    close(quarter, 2)

    page = read("/2021/periods/2/")

    assert "달라진 것" not in read(URL)
    changed = page.split("1분기에서 달라진 것", 1)[1].split("예시 축")[0]
    assert f"{quarter.activity.title} 지연 지연 0.2% 0.5%" in changed
    assert f"{quarter.other.title} 미착수 정상추진 - -" in changed
    assert "1회 (앞 기간의 일을 늦게 적거나 바로잡은 1회 포함)" in page
    assert "1분기 0.2% 0.2% 0% 예산 없음 2분기 0.5% 0.5% 0% 예산 없음" in page


def test_a_period_keeps_being_compared_with_the_version_of_its_time(
    quarter: Quarter, read: Read
) -> None:
    first = close(quarter)
    second = close(quarter, 2)
    before = read("/2021/periods/2/versions/1/").split("보고서로 받기")[0]
    reopened(second)
    reopened(first)
    record(quarter, "2021-01-02")
    close(quarter)
    close(quarter, 2)
    earlier = read("/2021/periods/2/versions/1/").split("바뀌지 않았는지")[0]
    assert earlier.replace("다시 마감하기 전의 판입니다. 지금의 판 보기 ", "") == before
    assert "상태나 달성률이 달라진 활동이 없습니다." in read("/2021/periods/2/")


def test_the_file_has_the_printed_digest(quarter: Quarter, client: Client, read: Read) -> None:
    record(quarter, "2021-02-01")
    say(quarter, results="예시 「실적」\n둘째 줄 <b>")
    closing = close(quarter)

    for url in (f"{URL}period.json", f"{URL}versions/1/period.json"):
        answer = client.get(url)
        assert answer["Content-Type"] == "application/json"
        assert 'filename="period-2021-1-v1.json"' in answer["Content-Disposition"]
        assert sha256(answer.content).hexdigest() == closing.digest
    assert closing.digest in read(URL)
    assert "sha256sum period-2021-1-v1.json" in read(URL)
    activities = json.loads(answer.content)["activities"]
    assert activities[0]["update"]["results"] == "예시 「실적」\n둘째 줄 <b>"


def test_texts_are_escaped(quarter: Quarter, client: Client) -> None:
    say(quarter, results="<script>예시</script>")
    close(quarter)
    page = client.get(URL).content.decode()
    assert "&lt;script&gt;예시" in page
    assert "<script>예시" not in page


def test_the_list_has_closed_periods_only(quarter: Quarter, client: Client, read: Read) -> None:
    assert "아직 마감한 기간이 없습니다." in read("/2021/periods/")
    for url in (URL, f"{URL}period.json", f"{URL}versions/1/", "/2021/periods/9/"):
        assert client.get(url).status_code == 404
    close(quarter)
    page = read("/2021/periods/")
    assert "1분기 2021. 1. 1. ~ 2021. 3. 31." in page
    assert "2분기" not in page
    for url in ("versions/0/", "versions/2/", "versions/2/period.json"):
        assert client.get(f"{URL}{url}").status_code == 404
    assert client.get("/2021/periods/2/").status_code == 404


def test_a_reopened_periods_last_closing_stays_readable(quarter: Quarter, read: Read) -> None:
    closing = close(quarter)
    before = read(URL)
    reopened(closing)
    record(quarter, "2021-02-01")
    assert read(URL) == before
    assert closing.digest in before


def test_the_latest_version_links_to_the_earlier_ones(
    quarter: Quarter, client: Client, read: Read
) -> None:
    first = close(quarter)
    reopened(first)
    record(quarter, "2021-02-01")
    second = close(quarter)

    page = client.get(URL).content.decode()
    assert second.digest in page
    assert first.digest not in page
    assert f'href="{URL}versions/1/"' in page
    earlier = read(f"{URL}versions/1/")
    assert first.digest in earlier
    assert "다시 마감하기 전의 판입니다." in earlier
    assert "다시 마감하기 전의 판입니다." not in read(f"{URL}versions/2/")
    file = client.get(f"{URL}versions/1/period.json").content
    assert sha256(file).hexdigest() == first.digest


def test_a_period_shows_nothing_of_what_came_later(quarter: Quarter, read: Read) -> None:
    kept = record(quarter, "2021-02-01")
    close(quarter)
    before = read(URL)
    void_record(record=kept, reason="예시", by=quarter.officer)
    amend(quarter.activity, title="예시로 바꾼 제목", target=Decimal(10))
    assert read(URL) == before


def test_an_activity_that_moved_later_is_where_it_was(db: None, client: Client, read: Read) -> None:
    moved = ActivityFactory(initiative__goal__pillar__plan__year=2021)
    there = ActivityFactory(initiative__goal=moved.initiative.goal)
    before, planner = moved.initiative, staff(PLANNER)
    first_quarter(publish(moved.plan), by=planner)
    amend(moved, parent=there.initiative, on=date(2021, 6, 1))
    for about in (before, there.initiative):
        approved(
            period=Period.objects.get(number=1),
            about=about,
            by=planner,
            by_another=staff(PLANNER),
            results=f"{about.slug}의 실적",
        )
    closed(moved.plan, by=planner)
    closed(moved.plan, 2, by=planner)

    assert f"{before.title} 활동" in read(URL)
    for number, above in ((1, before), (2, there.initiative)):
        data = json.loads(client.get(f"/2021/periods/{number}/period.json").content)
        places = {one["slug"]: one["initiative"] for one in data["activities"]}
        assert places == {moved.slug: above.slug, there.slug: there.initiative.slug}
        if number == 1:
            said = {one["update"]["results"] for one in data["activities"]}
            assert said == {f"{one.slug}의 실적" for one in (before, there.initiative)}


def test_other_plans_and_drafts_have_no_periods(quarter: Quarter, client: Client) -> None:
    close(quarter)
    GoalFactory(pillar__plan__year=2031)
    for year in (2020, 2031):
        assert client.get(f"/{year}/periods/").status_code == 404
        assert client.get(f"/{year}/periods/1/").status_code == 404


def test_pages_refuse_post(quarter: Quarter, client: Client) -> None:
    close(quarter)
    for url in ("/2021/periods/", URL, f"{URL}period.json"):
        assert client.post(url).status_code == 405


def test_no_page_and_no_file_names_staff(quarter: Quarter, client: Client) -> None:
    initiative = quarter.activity.initiative
    initiative.person = quarter.officer
    initiative.save()
    say(quarter)
    first = close(quarter)
    reopened(first)
    close(quarter)
    names = list(User.objects.values_list("name", flat=True))
    assert len(names) > 4
    for url in ("/2021/periods/", URL, f"{URL}period.json", f"{URL}versions/1/"):
        told = client.get(url).content.decode()
        assert [name for name in names if re.search(rf"{name}(?!\d)", told)] == []
        assert "예시 다시 여는 까닭" not in told


@pytest.mark.parametrize("number", [1, 4])
def test_no_page_and_no_file_tells_a_hidden_number(
    quarter: Quarter, client: Client, number: int
) -> None:
    """A part of a year's personal records is never told, also where the year's sum is."""
    Activity.objects.filter(pk=quarter.activity.pk).update(record_kind="contact")
    personal = Activity.objects.get(pk=quarter.activity.pk)
    for day in ["2021-02-01"] * 17 + ["2021-12-01"] * 3:
        record(quarter, day, personal)
    for one in range(1, number + 1):
        close(quarter, one)

    data = json.loads(client.get(f"/2021/periods/{number}/period.json").content)

    frozen = next(one for one in data["activities"] if one["slug"] == personal.slug)
    assert (frozen["amount"], frozen["late"]) == ("", "")
    shown = {1: ("", "", ""), 4: ("20", "5.4", "late")}[number]
    assert (frozen["counted"], frozen["rate"], frozen["status"]) == shown
    page = client.get(f"/2021/periods/{number}/").content.decode()
    assert "공개하지 않음" in page
    for told in ("17회", ">3회", "4.6%"):
        assert told not in page


@pytest.mark.django_db(transaction=True)
def test_a_closing_renews_the_kept_pages(
    quarter: Quarter, client: Client, settings: Settings
) -> None:
    settings.PAGE_CACHE = True
    list_url = "/2021/periods/"
    assert "아직 마감한 기간이" in client.get(list_url).content.decode()
    first = close(quarter)
    assert "2021. 3. 31." in client.get(list_url).content.decode()
    assert first.digest in client.get(URL).content.decode()
    kept = client.get(f"{URL}period.json")

    assert client.get(f"{URL}period.json").content == kept.content
    assert kept["Content-Type"] == "application/json"
    reopened(first)
    record(quarter, "2021-02-01")
    second = close(quarter)

    assert second.digest in client.get(URL).content.decode()
    assert sha256(client.get(f"{URL}period.json").content).hexdigest() == second.digest


@pytest.mark.parametrize("url", ["/2021/", "/2021/progress/"])
def test_pages_of_the_plan_link_to_its_periods(quarter: Quarter, client: Client, url: str) -> None:
    assert 'href="/2021/periods/"' in client.get(url).content.decode()


def many(plan: Plan, rows: int) -> list[Activity]:
    """Add activities of initiatives of their own to a draft plan."""
    return [
        ActivityFactory(
            initiative=InitiativeFactory(goal__pillar__plan=plan),
            target=365,
            target_origin="document",
            target_set_on=date(2021, 1, 1),
        )
        for _one in range(rows)
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_queries_for_any_number_of_rows(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    first = many(InitiativeFactory(goal__pillar__plan__year=2021).plan, rows)[0]
    planner = staff(PLANNER)
    first_quarter(publish(first.plan), by=planner)
    for _version in range(rows):
        reopened(closed(first.plan, by=planner))
    with django_assert_num_queries(3):
        client.get("/2021/periods/")
    with django_assert_num_queries(4):
        client.get(URL)
    with django_assert_num_queries(3):
        client.get(f"{URL}period.json")


def test_money_stands_beside_the_rates(quarter: Quarter, read: Read) -> None:
    Activity.objects.filter(pk=quarter.activity.pk).update(budget=3_000_000)
    reported(quarter.period, quarter.activity, 2_000_000, 1_000_000, by=quarter.officer)
    close(quarter)
    close(quarter, 2)
    page = read(URL)
    assert "집행률 33.3% 계획액 3,000,000원, 집행액 1,000,000원" in page
    assert "33.3% 계획액 3,000,000원, 집행액 1,000,000원 예시 집행 현황" in page
    assert "예산 없음" in page
    page = read("/2021/periods/2/")
    assert "보고 없음 계획액 3,000,000원" in page
    assert "집행률 0%" not in page
    page = read("/2021/periods/")
    assert "33.3%" in page
    assert "보고 없음" in page
