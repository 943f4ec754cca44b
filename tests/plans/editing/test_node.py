import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong
from gwonseon.office.roles import EDITOR, READER
from plans.amendments.models import Amendment
from plans.tree.models import Activity, Initiative
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.editing.forms import address, typed

pytestmark = pytest.mark.django_db


def test_every_fact_of_a_draft_is_saved_at_once(planner: Client, activity: Activity) -> None:
    department, supporter = DepartmentFactory(), DepartmentFactory()
    person = UserFactory()
    dong = Dong.objects.first()
    facts = {
        "title": "합동  순찰\r\n",
        "text": "첫 줄\r\n둘째 줄",
        "weight": "2",
        "kind": "patrol",
        "department": department.pk,
        "person": person.pk,
        "phone": "031-000-0000",
        "supporters": [supporter.pk],
        "starts_on": "2029-03-01",
        "ends_on": "2029-11-30",
        "counted": "순찰 횟수",
        "unit": "회",
        "target": "12",
        "target_q1": "3",
        "target_q2": "3",
        "target_q3": "3",
        "target_q4": "3",
        "budget": "12000000",
        "audiences": ["youth", "everyone"],
        "dongs": [dong.pk],
    }

    response = planner.post(address(activity), typed(planner, address(activity), **facts))

    assert response.status_code == 302
    activity = Activity.objects.get()
    assert activity.title == "합동 순찰"
    assert activity.text == "첫 줄\n둘째 줄"
    assert (activity.department, activity.person) == (department, person)
    assert list(activity.supporters.all()) == [supporter]
    assert list(activity.dongs.all()) == [dong]
    assert (activity.starts_on, activity.ends_on) == (dt.date(2029, 3, 1), dt.date(2029, 11, 30))
    assert (activity.target, activity.quarters) == (12, [Decimal(3)] * 4)
    assert (activity.target_origin, activity.budget) == ("staff", 12_000_000)
    assert activity.target_set_by.username
    assert activity.audiences == ["youth", "everyone"]
    assert activity.version == 2
    assert activity.events.count() == 2


BAD = {
    "title": ("가" * 340_000, "500"),
    "text": ("숨은\x00글", "null|U\\+0000"),
    "counted": ("거꾸로\u202e글", "U\\+202E"),
    "unit": ("\u200b", "U\\+200B"),
    "phone": ("312286114", "맨 앞의 0이 빠진"),
    "weight": ("0", "0.01"),
    "ends_on": ("2029-02-30", "「2029-02-30」은\\(는\\) 없는 날입니다."),
    "target": ("-1", "0보다 큰"),
    "target_q1": ("3", "네 분기를 모두"),
    "department": ("999999", "올바르게 선택"),
    "budget": ("많이", "「많이」을\\(를\\) 수로"),
    "dongs": (["x"], "유효한 값이 아닙니다"),
}


@pytest.mark.parametrize(
    ("period", "is_taken"),
    [
        ({"starts_on": "2028-12-01", "ends_on": "2029-02-28"}, True),
        ({"starts_on": "2029-12-31", "ends_on": "2030-12-31"}, True),
        ({"starts_on": "2028-01-01", "ends_on": "2028-12-31"}, False),
        ({"starts_on": "2030-01-01"}, False),
        ({"ends_on": "2028-12-31"}, False),
    ],
)
def test_a_period_overlaps_the_plans_year(
    planner: Client, activity: Activity, period: dict[str, str], is_taken: bool
) -> None:
    response = planner.post(address(activity), typed(planner, address(activity), **period))

    activity.refresh_from_db()
    assert (activity.version == 2) == is_taken
    if not is_taken:
        errors = " ".join(map(str, response.context["form"].errors.values()))
        assert "2029년이 하루도 들지 않는 기간입니다. 2029년에 하는 날을 적어 주세요." in errors


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_its_sentence_and_nothing_changes(
    planner: Client, activity: Activity, name: str
) -> None:
    value, sentence = BAD[name]

    response = planner.post(address(activity), typed(planner, address(activity), **{name: value}))

    assert response.status_code == 200
    errors = " ".join(map(str, response.context["form"].errors.values()))
    assert re.search(sentence, errors), errors
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("순찰", 1)


def test_quarters_add_up_to_the_target(planner: Client, activity: Activity) -> None:
    quarters = {f"target_q{number}": "2" for number in range(1, 5)}
    data = typed(planner, address(activity), target="12", unit="회", **quarters)

    response = planner.post(address(activity), data)

    assert "분기 목표의 합은 8입니다" in response.content.decode()


def test_the_second_to_save_sees_both_versions(planner: Client, activity: Activity) -> None:
    late = typed(planner, address(activity), title="늦게 쓴 제목", phone="0310000001")
    planner.post(address(activity), typed(planner, address(activity), title="먼저 쓴 제목"))

    response = planner.post(address(activity), late)

    assert response.status_code == 409
    page = response.content.decode()
    assert "다른 사람이 먼저 저장했습니다" in page
    found = [(one.label, one.saved, one.typed) for one in response.context["differences"]]
    assert found == [("제목", "먼저 쓴 제목", "늦게 쓴 제목"), ("담당 전화", "", "031-000-0001")]
    activity.refresh_from_db()
    assert activity.title == "먼저 쓴 제목"

    again = late | {"version": response.context["form"]["version"].value()}
    assert planner.post(address(activity), again).status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("늦게 쓴 제목", 3)


def test_the_same_form_sent_twice_is_one_change(planner: Client, activity: Activity) -> None:
    data = typed(planner, address(activity), title="새 제목")
    planner.post(address(activity), data)

    again = planner.post(address(activity), data)

    assert again.url == address(activity)
    assert "이미 같은 내용으로 저장" in client_page(planner, activity)
    activity.refresh_from_db()
    assert activity.version == 2


def client_page(client: Client, activity: Activity) -> str:
    return client.get(address(activity)).content.decode()


def test_a_title_that_a_sibling_has_is_refused(planner: Client, activity: Activity) -> None:
    ActivityFactory(initiative=activity.initiative, title="교육")

    response = planner.post(address(activity), typed(planner, address(activity), title="교육"))

    assert "같은 제목의 항목이 있습니다" in response.content.decode()


def test_a_published_promise_goes_into_an_amendment_and_the_rest_is_saved(
    planner: Client, activity: Activity
) -> None:
    publish(activity.plan)
    data = typed(planner, address(activity), title="새 제목", phone="031-000-0000")

    response = planner.post(address(activity), data)

    amendment = Amendment.objects.get()
    assert response.url == f"/staff/plans/{activity.plan.year}/amendments/{amendment.pk}/"
    assert [change.field for change in amendment.changes.all()] == ["title"]
    activity.refresh_from_db()
    assert (activity.title, activity.phone) == ("순찰", "031-000-0000")


def test_a_department_edits_only_its_own_items(client: Client) -> None:
    own, other = DepartmentFactory(), DepartmentFactory()
    mine = ActivityFactory(department=own)
    inherited = ActivityFactory(
        initiative=InitiativeFactory(goal=mine.initiative.goal, department=own)
    )
    theirs = ActivityFactory(initiative=mine.initiative, department=other)
    client.force_login(staff(EDITOR, department=own))

    for node in (mine, inherited):
        data = typed(client, address(node), text="고침")
        assert client.post(address(node), data).status_code == 302
    assert client.get(address(theirs)).context["form"] is None
    assert client.post(address(theirs), {"title": "남의 것"}).status_code == 403
    theirs.refresh_from_db()
    assert theirs.text == ""


def test_a_new_initiative_and_its_activity(planner: Client, activity: Activity) -> None:
    goal = activity.initiative.goal
    department = DepartmentFactory()
    url = address(goal, "node_add")
    planner.post(url, typed(planner, url, title="새 과제", department=department.pk))
    initiative = Initiative.objects.get(title="새 과제")
    assert (initiative.department, initiative.slug) == (department, "새-과제")
    assert initiative.position > activity.initiative.position

    url = address(initiative, "node_add")
    planner.post(url, typed(planner, url, title="새 활동", unit="회", target="4"))
    added = Activity.objects.get(title="새 활동")
    assert (added.initiative, added.target, added.target_origin) == (initiative, 4, "staff")


def test_a_department_adds_initiatives_only_for_itself(client: Client, activity: Activity) -> None:
    own, other = DepartmentFactory(), DepartmentFactory()
    client.force_login(staff(EDITOR, department=own))
    url = address(activity.initiative.goal, "node_add")

    page = client.post(url, typed(client, url, title="남의 과제", department=other.pk))
    assert "소속 부서로 정해 주세요" in page.content.decode()
    assert client.post(url, typed(client, url, title="우리 과제")).status_code == 302

    assert Initiative.objects.get(title="우리 과제").department == own
    assert not Initiative.objects.filter(title="남의 과제").exists()


def test_a_reader_can_read_but_not_write(client: Client, activity: Activity) -> None:
    client.force_login(staff(READER))

    assert "순찰" in client.get(address(activity)).content.decode()
    assert client.get(address(activity)).context["form"] is None
    for name in ("node", "node_move", "node_retire"):
        assert client.post(address(activity, name)).status_code == 403
    assert client.post(address(activity.initiative, "node_add")).status_code == 403
    activity.refresh_from_db()
    assert activity.version == 1


@pytest.mark.parametrize("size", [1, 3])
def test_saving_costs_the_same_however_large_the_plan_is(
    planner: Client,
    activity: Activity,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    for _ in range(size):
        ActivityFactory.create_batch(
            size, initiative=InitiativeFactory(goal=activity.initiative.goal)
        )
    data = typed(planner, address(activity), title="새 제목", target="12", unit="회")

    with django_assert_num_queries(35):
        assert planner.post(address(activity), data).status_code == 302


def test_a_published_pillars_form_has_no_field_of_work(
    planner: Client, activity: Activity, caplog: pytest.LogCaptureFixture
) -> None:
    publish(activity.plan)
    pillar = activity.initiative.goal.pillar
    page = planner.get(address(pillar))
    assert page.status_code == 200
    assert "<legend>분야" not in page.text.replace("\n", "")
    assert "Could not resolve form field" not in caplog.text
