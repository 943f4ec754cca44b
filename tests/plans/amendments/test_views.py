import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from plans.amendments.decide import amendment_stamp, return_amendment
from plans.amendments.models import Amendment
from plans.amendments.propose import open_amendment, propose, request_approval
from plans.tree.models import Activity
from tests.factories.amendments import amend, requested
from tests.factories.ledger import recordable
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.editing.forms import address as node_address
from tests.plans.editing.forms import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    activity = ActivityFactory(title="순찰", department=DepartmentFactory())
    publish(activity.plan)
    return activity


@pytest.fixture
def author(activity: Activity) -> User:
    return staff(EDITOR, department=activity.department)


@pytest.fixture
def head(activity: Activity) -> User:
    return staff(HEAD, department=activity.department)


def address(amendment: Amendment, name: str = "amendment", *more: int) -> str:
    return reverse(f"amendments:{name}", args=[amendment.plan.year, amendment.pk, *more])


def page_of(client: Client, amendment: Amendment) -> str:
    return client.get(address(amendment)).content.decode()


def approving(amendment: Amendment) -> dict[str, str]:
    """Return the form data by which an amendment's page approves it."""
    return {"apply": "1", "seen": amendment_stamp(Amendment.objects.get(pk=amendment.pk))}


def test_an_amendment_is_written_returned_and_applied(
    client: Client, activity: Activity, author: User, head: User
) -> None:
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "합동 순찰"}, by=author)
    client.force_login(author)
    assert "합동 순찰" in page_of(client, amendment)

    missing = client.post(address(amendment), {"reason": "", "ground": "방침"})
    assert "변경 사유를 적어 주세요" in missing.content.decode()
    hidden = client.post(address(amendment), {"reason": "거꾸로\u202e글", "ground": "방침"})
    assert "U+202E" in hidden.content.decode()
    client.post(address(amendment), {"reason": "경찰과 함께 합니다.", "ground": "방침 제3호"})

    client.force_login(head)
    hidden = client.post(address(amendment), {"return": "1", "note": "빈\u200b칸"})
    assert "U+200B" in hidden.content.decode()
    note = client.post(address(amendment), {"return": "1", "note": ""})
    assert "무엇을 고쳐야 하는지" in note.content.decode()
    client.post(address(amendment), {"return": "1", "note": "단위도 고쳐 주세요."})

    client.force_login(author)
    assert "단위도 고쳐 주세요." in page_of(client, amendment)
    propose(
        amendment=amendment, node=activity, values={"unit": "회", "title": "합동 순찰"}, by=author
    )
    client.post(address(amendment), {"reason": "경찰과 함께 합니다.", "ground": "방침 제3호"})

    client.force_login(head)
    page = page_of(client, amendment)
    assert "경찰과 함께 합니다." in page
    assert client.post(address(amendment), approving(amendment)).status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.unit) == ("합동 순찰", "회")


def test_a_reason_for_an_earlier_day_without_that_day_is_refused(
    client: Client, author: User
) -> None:
    activity = recordable(department=author.department)
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "합동 순찰"}, by=author)
    client.force_login(author)
    sent = {"reason": "사유", "ground": "방침", "effective_reason": "7월부터 그랬습니다."}

    for day in ("", "2021-12-31"):
        page = client.post(address(amendment), sent | {"effective_on": day}).text
        assert "소급 사유를 비워 주세요" in page
        assert "7월부터 그랬습니다." in page
    client.post(address(amendment), sent | {"effective_on": "2021-07-01"})

    amendment.refresh_from_db()
    assert (amendment.state, amendment.effective_reason) == ("requested", "7월부터 그랬습니다.")


def test_a_late_decision_gets_a_sentence(
    client: Client, activity: Activity, author: User, head: User
) -> None:
    amendment = requested(activity, author, title="늦은 제목")
    amend(activity, title="먼저 된 제목")
    client.force_login(head)

    response = client.post(address(amendment), approving(amendment))

    assert response.status_code == 409
    page = response.content.decode()
    for text in ("순찰", "먼저 된 제목", "늦은 제목", "반영하지 않았습니다"):
        assert text in page
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED

    client.post(address(amendment), {"return": "1", "note": "다시 올려 주세요."})
    client.force_login(author)
    client.post(address(amendment, "rebase"))
    assert amendment.changes.get().before == "먼저 된 제목"


def test_a_second_decision_gets_a_sentence(
    client: Client, activity: Activity, author: User, head: User
) -> None:
    amendment = requested(activity, author, title="새 제목")
    client.force_login(head)
    client.post(address(amendment), approving(amendment))

    again = client.post(address(amendment), approving(amendment))

    assert "이미 처리된 변경입니다" in again.content.decode()
    assert Activity.objects.get().version == 2


def test_a_change_made_after_reading_is_not_approved(
    client: Client, activity: Activity, author: User, head: User
) -> None:
    amendment = requested(activity, author, title="처음 제목")
    client.force_login(head)
    read = {"apply": "1", "seen": client.get(address(amendment)).context["form"]["seen"].value()}
    return_amendment(amendment=amendment, note="다시", by=head)
    propose(amendment=amendment, node=activity, values={"title": "몰래 바꾼 제목"}, by=author)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)

    late = client.post(address(amendment), read)

    assert "읽는 동안 변경안이 바뀌었습니다" in late.content.decode()
    assert "몰래 바꾼 제목" in late.content.decode()
    activity.refresh_from_db()
    assert activity.title != "몰래 바꾼 제목"
    again = {"apply": "1", "seen": late.context["form"]["seen"].value()}
    assert client.post(address(amendment), again).status_code == 302
    activity.refresh_from_db()
    assert activity.title == "몰래 바꾼 제목"


def test_a_decision_without_a_button_decides_nothing(
    client: Client, activity: Activity, author: User, head: User
) -> None:
    amendment = requested(activity, author, title="새 제목")
    client.force_login(head)

    page = client.post(address(amendment), {"note": "", "seen": amendment_stamp(amendment)})

    assert "단추를 눌러" in page.content.decode()
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED


def test_an_author_removes_changes_and_withdraws(
    client: Client, activity: Activity, author: User
) -> None:
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "가", "unit": "나"}, by=author)
    client.force_login(author)

    change = amendment.changes.get(field="unit")
    client.post(address(amendment, "take_back", change.pk))
    assert [one.field for one in amendment.changes.all()] == ["title"]

    client.post(address(amendment, "withdraw"))
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.WITHDRAWN


WRITES = ["withdraw", "rebase"]


@pytest.mark.parametrize("name", WRITES)
def test_nobody_else_writes_an_amendment(
    client: Client, activity: Activity, author: User, head: User, name: str
) -> None:
    amendment = requested(activity, author, title="새 제목")
    client.force_login(head)
    assert client.post(address(amendment, name)).status_code == 403
    change = amendment.changes.get()
    assert client.post(address(amendment, "take_back", change.pk)).status_code == 403
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED


def test_an_unfinished_amendment_is_visible_only_to_its_author(
    client: Client, activity: Activity, author: User
) -> None:
    amendment = open_amendment(plan=activity.plan, by=author)
    client.force_login(staff(PLANNER))
    assert client.get(address(amendment)).status_code == 404
    listed = reverse("amendments:amendments", args=[activity.plan.year])
    assert f"변경 {amendment.pk}" not in client.get(listed).content.decode()


def test_a_reader_cannot_decide(client: Client, activity: Activity, author: User) -> None:
    amendment = requested(activity, author, title="새 제목")
    client.force_login(staff(READER))
    assert client.get(address(amendment)).context["form"] is None

    page = client.post(address(amendment), approving(amendment)).content.decode()

    assert "맡은 항목이 없습니다" in page
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_any_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    activities = ActivityFactory.create_batch(size, initiative=InitiativeFactory())
    publish(activities[0].plan)
    for activity in activities:
        requested(activity, staff(PLANNER), title="새 제목")
    client.force_login(staff(PLANNER))

    with django_assert_num_queries(8):
        client.get(reverse("amendments:amendments", args=[activities[0].plan.year]))


def test_a_returned_amendment_is_corrected_on_the_items_form(
    client: Client, activity: Activity, author: User, head: User
) -> None:
    amendment = requested(activity, author, title="처음 제목")
    return_amendment(amendment=amendment, note="제목을 다시", by=head)
    client.force_login(author)
    url = node_address(activity)

    client.post(url, typed(client, url, title="고친 제목"))
    client.post(url, typed(client, url, text="덧붙인 내용"))

    assert Amendment.objects.get() == amendment
    assert set(amendment.changes.values_list("field", "after")) == {
        ("title", "고친 제목"),
        ("text", "덧붙인 내용"),
    }


def test_the_same_addition_sent_twice_is_noted_once(client: Client, activity: Activity) -> None:
    client.force_login(staff(PLANNER))
    url = node_address(activity.initiative, "node_add")
    data = typed(client, url, title="새 활동")

    client.post(url, data)
    again = client.post(url, data)

    assert "이미 적었습니다" in again.content.decode()
    taken = client.post(url, data | {"title": activity.title})
    assert "같은 제목의 항목이 있습니다" in taken.content.decode()
    assert Amendment.objects.get().changes.count() == 1
