import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, HEAD, PLANNER, READER, Role
from plans.editing.reviews.actions import decide_review, request_review
from plans.tree.models import Activity
from tests.factories.amendments import requested
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, PillarFactory, publish
from tests.plans.editing.forms import address, typed

pytestmark = pytest.mark.django_db

HOME = "/staff/"


@pytest.fixture
def planner(client: Client) -> User:
    planner = staff(PLANNER)
    client.force_login(planner)
    return planner


def titles(client: Client, **asked: object) -> list[str]:
    return [row["shown"] for row in client.get(HOME, asked).context["page"]]


def test_the_default_list_has_the_users_items_of_the_newest_plan(
    client: Client, planner: User
) -> None:
    ActivityFactory(title="지난해", person=planner, initiative__goal__pillar__plan__year=2030)
    new = {"initiative__goal__pillar__plan__year": 2031}
    mine = ActivityFactory(title="내 것", person=planner, **new)
    ActivityFactory(title="남의 것", person=UserFactory(), initiative=mine.initiative)

    assert titles(client) == ["내 것"]
    assert titles(client, year=2030) == ["지난해"]


def test_the_filters_are_in_the_address(client: Client, planner: User) -> None:
    own = DepartmentFactory()
    initiative = InitiativeFactory(title="과제", department=own)
    ActivityFactory(title="물려받음", initiative=initiative)
    ActivityFactory(title="다른 부서", department=DepartmentFactory(), initiative=initiative)
    pillar = PillarFactory(plan=initiative.plan)
    far = ActivityFactory(title="다른 축", initiative__goal__pillar=pillar, person=UserFactory())
    ActivityFactory(title="끝남", initiative=initiative, retired_on=dt.date(2031, 1, 1))

    everything = titles(client, person="")
    assert {"과제", "물려받음", "다른 부서", "다른 축"} <= set(everything)
    assert "끝남" not in everything
    assert titles(client, person="", department=own.pk) == ["과제", "물려받음"]
    assert titles(client, person="", pillar=pillar.pk)[-1:] == ["다른 축"]
    assert titles(client, person=far.person.pk) == ["다른 축"]
    assert "다른 축" not in titles(client, person="nobody")
    assert titles(client, person="", state="ended") == ["끝남"]


def test_states_of_a_draft_and_of_a_published_plan(client: Client, planner: User) -> None:
    activity = ActivityFactory(title="순찰")
    initiative = activity.initiative
    assert titles(client, person="", state="writing") == [initiative.title, "순찰"]
    officer = staff(PLANNER)
    request_review(initiative=initiative, by=officer)
    assert titles(client, person="", state="requested") == [initiative.title, "순찰"]
    decide_review(initiative=initiative, approved=False, note="-", seen="", by=planner)
    assert titles(client, person="", state="returned") == [initiative.title, "순찰"]

    publish(activity.plan)
    assert titles(client, person="", state="published") == [initiative.title, "순찰"]
    requested(activity, officer, title="새 제목")
    assert titles(client, person="", state="amending") == ["순찰"]


FORGED = [{"year": "x"}, {"pillar": "x"}, {"person": "x"}, {"state": "x"}, {"page": "x"}]


@pytest.mark.parametrize("asked", FORGED)
def test_an_invalid_filter_shows_a_page(client: Client, planner: User, asked: dict) -> None:
    ActivityFactory()
    assert client.get(HOME, asked).status_code == 200


def test_amendments_are_tasks_of_authors_and_deciders(client: Client) -> None:
    department = DepartmentFactory()
    activity = ActivityFactory(title="순찰", department=department)
    publish(activity.plan)
    author, head = staff(EDITOR, department=department), staff(HEAD, department=department)
    stranger = staff(HEAD, department=DepartmentFactory())
    amendment = requested(activity, author, title="새 제목")

    def tasks(user: User) -> list[str]:
        client.force_login(user)
        return [task.what for task in client.get(HOME).context["tasks"]]

    assert tasks(head) == ["변경 결정하기"]
    assert tasks(author) == tasks(stranger) == []

    client.force_login(head)
    url = f"/staff/plans/{activity.plan.year}/amendments/{amendment.pk}/"
    client.post(url, {"return": "1", "note": "고쳐 주세요."})
    assert tasks(author) == ["돌려받은 변경 고치기"]
    assert tasks(head) == []


def test_reviews_are_tasks_of_the_head_and_after_return_of_the_author(client: Client) -> None:
    department = DepartmentFactory()
    activity = ActivityFactory(initiative__department=department)
    author, head = staff(EDITOR, department=department), staff(HEAD, department=department)
    request_review(initiative=activity.initiative, by=author)

    client.force_login(head)
    (task,) = client.get(HOME).context["tasks"]
    assert task.what == "검토하기"
    assert client.get(task.url).status_code == 200

    decide_review(initiative=activity.initiative, approved=False, note="-", seen="", by=head)
    client.force_login(author)
    assert [task.what for task in client.get(HOME).context["tasks"]] == ["돌려받은 추진과제 고치기"]


def test_changes_by_others_of_the_users_items_are_listed(client: Client, planner: User) -> None:
    activity = ActivityFactory(title="순찰", person=planner)
    client.post(address(activity), typed(client, address(activity), text="내가"))
    other = Client()
    other.force_login(staff(PLANNER, name="예시 동료"))
    mine = [one.by for one in client.get(HOME).context["changed"]]
    assert "예시 동료" not in mine

    other.post(address(activity), typed(other, address(activity), title="합동 순찰"))

    (change,) = client.get(HOME).context["changed"]
    assert (change.title, change.by) == ("합동 순찰", "예시 동료")
    assert client.get(change.url).status_code == 200


def test_users_who_cannot_read_drafts_see_only_published_plans(client: Client) -> None:
    draft = ActivityFactory(title="초안")
    published = ActivityFactory(title="공개")
    publish(published.plan)
    client.force_login(staff(ADMINISTRATOR))

    assert "초안" not in titles(client, person="", year=draft.plan.year)
    assert "공개" in titles(client, person="", year=published.plan.year)


def test_changes_in_a_draft_are_listed_only_for_readers_of_drafts(client: Client) -> None:
    mine = staff(ADMINISTRATOR)
    activity = ActivityFactory(title="초안", person=mine)
    client.force_login(mine)
    other = Client()
    other.force_login(staff(PLANNER))
    other.post(address(activity), typed(other, address(activity), title="비밀 초안"))

    assert client.get(HOME).context["changed"] == []
    mine.groups.add(Group.objects.get(name=READER.name))
    assert [one.title for one in client.get(HOME).context["changed"]] == ["비밀 초안"]


@pytest.mark.parametrize(("role", "number"), [(PLANNER, 19), (HEAD, 21)])
@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_for_any_length(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    role: Role,
    number: int,
    size: int,
) -> None:
    planner = staff(role, department=DepartmentFactory())
    client.force_login(planner)
    initiative = InitiativeFactory()
    for activity in ActivityFactory.create_batch(size, initiative=initiative, person=planner):
        other = UserFactory()
        department = planner.department if role is HEAD else DepartmentFactory()
        Activity.objects.filter(pk=activity.pk).update(phone="1", department=department)
        ActivityFactory(initiative=initiative, person=other)
    publish(initiative.plan)
    for activity in Activity.objects.filter(person=planner):
        requested(activity, staff(PLANNER), title=f"새 {activity.pk}")

    with django_assert_num_queries(number):
        page = client.get(HOME)
    assert len(page.context["tasks"]) == size


def test_the_pillars_are_the_newest_published_plans(client: Client, planner: User) -> None:
    old = PillarFactory(plan__year=2030, code="safety").plan
    new = PillarFactory(plan__year=2031, code="welfare")
    PillarFactory(plan=new.plan, code="culture", retired_on=dt.date(2031, 2, 1))
    PillarFactory(plan__year=2032, code="civic")
    publish(old)
    publish(new.plan)

    for asked in ({}, {"year": 2030}, {"year": 2031}, {"year": 2032}):
        assert client.get(HOME, asked).context["pillars"] == [new]
