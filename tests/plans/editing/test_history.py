import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Department, Dong, User
from gwonseon.office.roles import PLANNER, READER
from plans.amendments.models import Amendment
from plans.editing.history.queries import versions_of
from plans.tree.models import Activity, Node
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.editing.forms import address, typed

# Each action needs a transaction of its own, because links are matched to versions by time.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planner() -> User:
    return staff(PLANNER, name="예시 기획")


@pytest.fixture
def activity(client: Client, planner: User) -> Activity:
    """Return an activity with three versions."""
    activity = ActivityFactory(title="순찰")
    client.force_login(planner)
    first = Dong.objects.first()
    client.post(
        address(activity), typed(client, address(activity), title="합동 순찰", dongs=[first.pk])
    )
    data = typed(client, address(activity), target="12", unit="회", dongs=[])
    client.post(address(activity), data)
    activity.refresh_from_db()
    return activity


def test_every_version_says_who_changed_what(activity: Activity) -> None:
    versions = versions_of(activity)

    assert [one.number for one in versions] == [1, 2, 3]
    assert [one.by for one in versions] == ["", "예시 기획", "예시 기획"]
    assert versions[1].changed == ["제목", "동"]
    assert versions[1].facts["동"] == Dong.objects.first().name
    assert {"연간 목표", "단위", "동", "목표의 출처"} <= set(versions[2].changed)
    assert versions[2].facts["동"] == ""
    assert versions[2].facts["연간 목표"] == "12"


def test_two_versions_are_compared(client: Client, activity: Activity) -> None:
    page = client.get(address(activity, "history"), {"from": "1", "to": "2"})

    assert page.context["differing"] == [
        ("제목", "순찰", "합동 순찰"),
        ("동", "", Dong.objects.first().name),
    ]
    assert "<ins" in page.content.decode()


@pytest.mark.parametrize("numbers", [{}, {"from": "x", "to": "99"}, {"from": "1"}])
def test_invalid_version_numbers_compare_nothing(
    client: Client, activity: Activity, numbers: dict[str, str]
) -> None:
    page = client.get(address(activity, "history"), numbers)
    assert page.status_code == 200
    assert page.context["differing"] is None


def come_back(client: Client, node: Node, number: int) -> HttpResponse:
    """Press the button that restores a version on the page that compares versions."""
    page = client.get(address(node, "history"), {"from": str(number), "to": str(number)})
    data = {"version": page.context["node"].version}
    return client.post(f"{address(node, 'history')}{number}/restore/", data, follow=True)


def test_a_drafts_version_is_restored_at_once(client: Client, activity: Activity) -> None:
    come_back(client, activity, 2)

    activity.refresh_from_db()
    assert (activity.title, activity.target, activity.version) == ("합동 순찰", None, 4)
    assert activity.dongs.count() == 1


def test_a_published_plans_version_is_restored_by_amendment(
    client: Client, activity: Activity
) -> None:
    publish(activity.plan)

    come_back(client, activity, 1)

    fields = set(Amendment.objects.get().changes.values_list("field", flat=True))
    assert fields == {"title", "target", "unit"}
    activity.refresh_from_db()
    assert activity.title == "합동 순찰"


def test_a_version_is_not_restored_over_an_unseen_change(
    client: Client, activity: Activity
) -> None:
    """If two people restore from the same page, the second gets a message about the first."""
    other, url = Client(), f"{address(activity, 'history')}1/restore/"
    other.force_login(staff(PLANNER))
    seen = client.get(address(activity, "history")).context["node"].version
    other.post(address(activity), typed(other, address(activity), title="남이 고친 제목"))

    for version in (seen, "", "x"):
        page = client.post(url, {"version": version}, follow=True)
        assert "그 사이에 다른 사람이 이 항목을 고쳤습니다" in page.content.decode()
        assert page.redirect_chain[-1][0] == address(activity, "history")
    activity.refresh_from_db()
    assert activity.title == "남이 고친 제목"


def test_a_reader_cannot_restore(client: Client, activity: Activity) -> None:
    client.force_login(staff(READER))
    assert client.get(address(activity, "history")).status_code == 200
    assert client.post(f"{address(activity, 'history')}1/restore/").status_code == 403
    assert client.post(f"{address(activity, 'history')}77/restore/").status_code == 403


def test_bulk_and_raw_sql_changes_are_in_the_history(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(phone="031-000-0000", version=9)
    assert versions_of(activity)[-1].changed == ["담당 전화"]


def test_a_move_shows_the_parents_titles(client: Client, activity: Activity) -> None:
    target = InitiativeFactory(goal=activity.initiative.goal, title="새 자리")
    url = address(activity, "node_move")
    client.post(url, typed(client, url, parent=target.pk))
    assert versions_of(activity)[-1].facts["추진과제"] == "새 자리"


def test_a_temporary_title_is_no_version(activity: Activity) -> None:
    Activity.objects.update(title=f"#{activity.pk}")
    Activity.objects.update(title="새 제목", version=4)

    versions = versions_of(activity)

    assert [one.facts["제목"] for one in versions] == ["순찰", "합동 순찰", "합동 순찰", "새 제목"]


def test_people_and_departments_that_left_are_not_restored(
    client: Client, activity: Activity
) -> None:
    person, department = UserFactory(), DepartmentFactory()
    data = {"person": person.pk, "department": department.pk, "supporters": [department.pk]}
    client.post(address(activity), typed(client, address(activity), **data))
    data = {"person": "", "department": "", "supporters": [], "title": "그 뒤"}
    client.post(address(activity), typed(client, address(activity), **data))
    User.objects.filter(pk=person.pk).update(is_active=False, closed_on="2031-05-01")
    Department.objects.filter(pk=department.pk).update(closed_on="2031-01-01")

    come_back(client, activity, 4)

    activity.refresh_from_db()
    assert (activity.title, activity.person, activity.department) == ("합동 순찰", None, None)
    assert not activity.supporters.exists()


def test_a_published_pillars_field_of_work_stays(client: Client, planner: User) -> None:
    pillar = ActivityFactory().initiative.goal.pillar
    client.force_login(planner)
    client.post(address(pillar), typed(client, address(pillar), code="safety", title="새 축"))
    publish(pillar.plan)

    come_back(client, pillar, 1)

    assert set(Amendment.objects.get().changes.values_list("field", flat=True)) == {"title"}


@pytest.mark.parametrize("size", [1, 3])
def test_the_history_costs_the_same_for_any_length(
    client: Client,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    activity = ActivityFactory()
    client.force_login(planner)
    for number in range(size):
        data = typed(
            client, address(activity), title=f"제목 {number}", department=DepartmentFactory().pk
        )
        client.post(address(activity), data)

    with django_assert_num_queries(14):
        client.get(address(activity, "history"), {"from": "1", "to": "2"})


@pytest.mark.django_db(transaction=True)
def test_the_history_of_an_added_node_names_its_author(client: Client) -> None:
    """New rows are inserted by COPY, which bypasses the code that tells the database the user."""
    activity = ActivityFactory()
    initiative = activity.initiative
    client.force_login(staff(PLANNER, name="예시 기획"))
    url = reverse("editing:node_add", args=[activity.plan.year, "initiative", initiative.pk])

    client.post(url, typed(client, url, title="새 활동"))

    (version,) = versions_of(Activity.objects.get(title="새 활동"))
    assert version.by == "예시 기획"
