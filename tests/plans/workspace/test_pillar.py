"""A pillar's staff page, and its panels on residents' pages."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from civic.models import CounterTally
from gwonseon.office.models import PersonalAccess, User
from gwonseon.office.roles import PLANNER
from plans.ledger.actions import add_record, add_records
from plans.ledger.models import Finding, Record
from plans.tree.models import Activity
from safety.models import AirMeasurement
from tests.factories.ledger import FacilityFactory, RecordFactory, entry, officer_of, recordable
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year


def in_pillar(code: str, *others: dict[str, object], **facts: object) -> Activity:
    """Return an activity of this year's plan below the pillar with a code.

    Each of `others` has the columns of another activity of the same initiative and department.
    """
    initiative = InitiativeFactory(
        goal__pillar__plan__year=YEAR, goal__pillar__code=code, department=DepartmentFactory()
    )
    for other in others:
        ActivityFactory(initiative=initiative, department=initiative.department, **other)
    return recordable(year=YEAR, initiative=initiative, department=initiative.department, **facts)


def beside(activity: Activity) -> Activity:
    """Return another activity of the same initiative."""
    return Activity.objects.exclude(pk=activity.pk).get(initiative=activity.initiative)


def page(code: str) -> str:
    return reverse("workspace:pillar", args=[code])


def residents(client: Client, activity: Activity) -> str:
    return client.get(activity.initiative.goal.pillar.get_absolute_url()).content.decode()


def found(activity: Activity, by: User, due: dt.date | None, day: str = "") -> Record:
    finding = Finding(what="예시 고장", due_on=due)
    one = entry(day or f"{timezone.localdate():%Y-%m-%d}")
    one.findings = [finding]
    return add_record(activity=activity, entry=one, by=by, confirm=True)


def test_a_page_for_each_pillar_of_the_newest_plan(client: Client) -> None:
    activity = in_pillar("safety")
    client.force_login(officer_of(activity))
    assert client.get(page("safety")).status_code == 200
    assert client.get(page("welfare")).status_code == 404
    assert client.get("/staff/pillars/%00/").status_code == 404
    assert page("safety") in client.get("/staff/").content.decode()


def test_open_findings_are_counted_by_category(client: Client) -> None:
    activity = in_pillar("safety")
    officer = officer_of(activity)
    client.force_login(officer)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    found(activity, officer, yesterday)
    found(activity, officer, None)
    elsewhere = recordable(year=2021, department=activity.department)
    found(elsewhere, officer, None, "2021-03-02")

    shown = client.get(page("safety"))
    assert (shown.context["open_count"], shown.context["overdue_count"]) == (2, 1)
    assert [one.record.activity for one in shown.context["findings"]] == [activity] * 2
    listed = client.get(reverse("findings:findings"), {"pillar": "safety"})
    assert listed.context["page"].paginator.count == 2

    tasks = client.get("/staff/").context["tasks"]
    assert [task.what for task in tasks] == ["기한이 지난 조치"]


def test_this_week_has_the_records_since_monday(client: Client) -> None:
    activity = in_pillar("culture")
    client.force_login(officer_of(activity))
    RecordFactory(activity=activity, happened_on=dt.date(YEAR, 1, 1), confirmed=True)
    today = timezone.localdate()
    new = RecordFactory(activity=activity, happened_on=today, confirmed=True)
    week = client.get(page("culture")).context["week"]
    assert new in week.records
    assert week.count == len(week.records)
    assert all(one.happened_on >= week.since for one in week.records)


def test_a_week_without_records_shows_the_latest_ones(client: Client) -> None:
    activity = recordable(year=2021, initiative__goal__pillar__code="culture")
    client.force_login(officer_of(activity))
    old = RecordFactory(activity=activity, confirmed=True)
    week = client.get(page("culture")).context["week"]
    assert (week.count, week.records) == (0, [old])


def test_own_drafts_and_drafts_to_confirm_are_tasks(client: Client) -> None:
    audit = in_pillar("civic", {}, record_kind="audit")
    plain = beside(audit)
    author, colleague = officer_of(audit), officer_of(audit)
    today = timezone.localdate()
    RecordFactory(activity=audit, happened_on=today, written_by=author)
    RecordFactory(activity=plain, happened_on=today, written_by=author)

    client.force_login(author)
    assert [one.what for one in client.get("/staff/").context["tasks"]] == ["내 실적 확정하기"]
    client.force_login(colleague)
    waiting = client.get("/staff/").context["tasks"]
    assert [one.what for one in waiting] == ["남이 쓴 실적 확정하기"]
    assert audit.title in waiting[0].about


def test_home_lists_activities_recorded_last(client: Client) -> None:
    first = in_pillar("safety", {})
    second = beside(first)
    officer = officer_of(first)
    client.force_login(officer)
    for activity in (first, second, first):
        RecordFactory(activity=activity, happened_on=dt.date(YEAR, 1, 1), written_by=officer)
    assert client.get("/staff/").context["recent"] == [first, second]


def test_home_lists_the_newest_plans_activities_for_new_users(client: Client) -> None:
    old = recordable(year=YEAR - 1)
    first = in_pillar("safety", {})
    client.force_login(staff(PLANNER))
    assert client.get("/staff/").context["recent"] == [beside(first), first, old]


@pytest.mark.parametrize("size", [1, 3])
def test_a_pillars_page_costs_the_same_for_any_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    activity = in_pillar("welfare", *[{}] * size)
    officer = officer_of(activity)
    client.force_login(officer)
    for _number in range(size):
        found(activity, officer, None)
        FacilityFactory(kinds=["daycare"])
    client.get(page("welfare"))
    with django_assert_num_queries(19):
        client.get(page("welfare"))


def measured(activity: Activity, by: User, day: dt.date, **values: int) -> None:
    detail = AirMeasurement(place="outside", spot="예시 지점", **values)
    one = entry(f"{day:%Y-%m-%d}")
    one.detail = detail
    add_record(activity=activity, entry=one, by=by, confirm=True)


def test_residents_see_the_latest_air_with_its_grade(client: Client) -> None:
    activity = in_pillar("safety", record_kind="air-measurement")
    officer = officer_of(activity)
    assert "바깥 공기를 잰 기록이 없습니다" in residents(client, activity)

    today = timezone.localdate()
    if today != dt.date(YEAR, 1, 1):
        measured(activity, officer, dt.date(YEAR, 1, 1), pm10=200)
        assert "200 · 매우나쁨" in residents(client, activity)
        assert "오늘 잰 값은 아직 없습니다" in residents(client, activity)
    measured(activity, officer, today, pm10=20, pm25=36)
    shown = residents(client, activity)
    assert "오늘 바깥에서 잰 값입니다" in shown
    assert "20 · 좋음" in shown
    assert "36 · 나쁨" in shown
    assert "매우나쁨" not in shown

    client.force_login(officer)
    assert "36 · 나쁨" in client.get(page("safety")).content.decode()


def test_residents_see_which_shelters_are_open(client: Client) -> None:
    activity = in_pillar("welfare")
    shelter = FacilityFactory(kinds=["heat-shelter", "senior-centre"], name="예시 쉼터")
    FacilityFactory(kinds=["heat-shelter"], name="닫은 곳", closed_on=dt.date(2020, 1, 1))
    FacilityFactory(kinds=["park"], name="예시 공원")
    shown = residents(client, activity)
    assert "예시 쉼터" in shown
    assert str(shelter.dong) in shown
    assert "닫은 곳" not in shown
    assert "예시 공원" not in shown


def test_facilities_to_visit_are_listed_by_their_last_visit(client: Client) -> None:
    activity = in_pillar("welfare", record_kind="daycare-visit")
    client.force_login(officer_of(activity))
    seen, never = FacilityFactory.create_batch(2, kinds=["daycare"])
    RecordFactory(activity=activity, facility=seen, happened_on=dt.date(YEAR, 1, 1), confirmed=True)
    panel = client.get(page("welfare")).context["panels"][0]
    assert list(panel.content) == [never, seen]
    assert panel.content[1].last == dt.date(YEAR, 1, 1)


def test_residents_see_the_counters_numbers_of_the_last_month(client: Client) -> None:
    activity = in_pillar("civic", record_kind="counter-tally", measure="quantity", unit="건")
    officer = officer_of(activity)
    days = {f"{YEAR}-01-01": 7} if timezone.localdate() == dt.date(YEAR, 1, 1) else {}
    days = days or {f"{YEAR}-01-01": 3, f"{timezone.localdate():%Y-%m-%d}": 4}
    entries = [entry(day, quantity=n) for day, n in days.items()]
    for one in entries:
        one.detail = CounterTally()
    add_records(activity=activity, entries=entries, by=officer, confirm=True)
    shown = residents(client, activity)
    months = {dt.date.fromisoformat(day).month for day in days}
    assert ("7건" if len(months) == 1 else "4건") in shown


def test_residents_see_each_goals_progress(client: Client) -> None:
    activity = in_pillar(
        "culture", target=4, target_origin="staff", target_set_on=dt.date(YEAR, 1, 1)
    )
    RecordFactory(activity=activity, happened_on=dt.date(YEAR, 1, 1), confirmed=True)
    shown = residents(client, activity)
    assert shown.count("25.0%") + shown.count("25%") >= 2


def test_another_departments_personal_records_are_not_in_the_week(client: Client) -> None:
    activity = in_pillar("welfare", record_kind="contact")
    RecordFactory(activity=activity, happened_on=timezone.localdate(), confirmed=True)
    client.force_login(staff(PLANNER, department=DepartmentFactory()))
    assert client.get(page("welfare")).context["week"].records == []


def test_viewing_personal_records_of_the_week_is_logged(client: Client) -> None:
    activity = in_pillar("welfare", record_kind="contact")
    RecordFactory(activity=activity, happened_on=timezone.localdate(), confirmed=True)
    client.force_login(officer_of(activity))
    assert len(client.get(page("welfare")).context["week"].records) == 1
    seen = PersonalAccess.objects.get()
    assert (seen.what, seen.page) == (PersonalAccess.What.SEARCH, "workspace:pillar")
