"""A head approves a department's part of an amendment; the page names who can decide."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Department, User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, roles
from gwonseon.refusals import RefusedError
from plans.amendments.additions import content_of
from plans.amendments.approvers import approvers_of
from plans.amendments.decide import (
    amendment_stamp,
    apply_amendment,
    decidable,
    part_for,
    return_amendment,
)
from plans.amendments.models import Amendment
from plans.amendments.propose import (
    open_amendment,
    propose,
    propose_addition,
    propose_retirement,
    withdraw,
)
from plans.tree.models import Activity
from tests.factories.amendments import ask, requested
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, PillarFactory, publish
from tests.plans.together import together

pytestmark = pytest.mark.django_db
ON = dt.date(2021, 3, 1)


@pytest.fixture
def departments() -> list[Department]:
    return [DepartmentFactory(name=f"예시{name}과") for name in ("안전", "복지")]


@pytest.fixture
def activities(departments: list[Department]) -> list[Activity]:
    """Return an activity of each department, below one initiative of the safety pillar in 2021."""
    pillar = PillarFactory(plan__year=2021, code="safety")
    first = ActivityFactory(initiative__goal__pillar=pillar, department=departments[0], title="가")
    second = ActivityFactory(initiative=first.initiative, department=departments[1], title="나")
    publish(pillar.plan)
    return [Activity.objects.select_related("plan").get(pk=one.pk) for one in (first, second)]


@pytest.fixture
def heads(departments: list[Department]) -> list[User]:
    return [
        staff(HEAD, department=one, name=f"예시 장 {number}")
        for number, one in enumerate(departments)
    ]


def lead(code: str = "safety", **facts: str) -> User:
    return staff(next(role for role in roles if role.code == code), **facts)


def both(activities: list[Activity], author: User | None = None) -> Amendment:
    """Return a requested amendment of both activities."""
    author = author or staff(PLANNER, name="예시 신청자")
    amendment = open_amendment(plan=activities[0].plan, by=author)
    for one in activities:
        one.refresh_from_db()
        values = {"title": f"새 {one.title[-1]}", "weight": Decimal(2)}
        propose(amendment=amendment, node=one, values=values, by=author)
    ask(amendment, author, ON)
    amendment.refresh_from_db()
    return amendment


def page_of(amendment: Amendment) -> str:
    return reverse("amendments:amendment", args=[2021, amendment.pk])


def test_a_head_approves_their_part_and_the_rest_waits(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)

    part = apply_amendment(amendment=amendment, by=heads[0])

    assert (part.part_of, part.state) == (amendment, Amendment.State.APPLIED)
    kept = ("reason", "ground", "effective_on", "effective_reason", "requested_at", "requested_by")
    for name in kept:
        assert getattr(part, name) == getattr(amendment, name)
    assert {row.title for row in part.changes.all()} == {"가"}
    assert {row.title for row in amendment.changes.all()} == {"나"}
    titles = Activity.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["새 가", "나"]

    assert apply_amendment(amendment=amendment, by=heads[1]) == amendment
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.APPLIED


def test_a_head_approves_no_move_to_another_departments_initiative() -> None:
    head = staff(HEAD, department=DepartmentFactory())
    activity = ActivityFactory(
        department=head.department, initiative__goal__pillar__plan__year=2021
    )
    goal = activity.initiative.goal
    places = [InitiativeFactory(goal=goal, department=one) for one in (head.department, None)]
    publish(activity.plan)
    author = staff(PLANNER)

    own, other = (requested(activity, author, parent=place) for place in places)

    assert len(part_for(head, own)) == 1
    assert part_for(head, other) == []


def test_a_lead_decides_on_everything_below_their_pillar(activities: list[Activity]) -> None:
    amendment = both(activities)

    assert part_for(lead("welfare"), amendment) == []
    assert apply_amendment(amendment=amendment, by=lead()) == amendment


def test_amendments_with_a_part_of_a_head_wait_for_them(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)

    rows = list(Amendment.objects.select_related("plan").prefetch_related("changes"))
    assert decidable(heads[0], rows) == [amendment]
    assert decidable(staff(HEAD, department=DepartmentFactory()), rows) == []
    assert decidable(amendment.requested_by, rows) == []


def test_only_the_part_that_was_read_is_approved(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)
    read = [amendment_stamp(amendment, part_for(head, amendment)) for head in heads]

    apply_amendment(amendment=amendment, by=heads[0], seen=read[0])
    apply_amendment(amendment=amendment, by=heads[1], seen=read[1])


def test_a_part_that_changed_since_it_was_read_is_not_approved(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)
    read = amendment_stamp(amendment, part_for(heads[0], amendment))
    amendment.changes.filter(title="가", field="title").update(after="몰래")

    with pytest.raises(RefusedError, match="다시 읽고"):
        apply_amendment(amendment=amendment, by=heads[0], seen=read)


def test_a_part_that_depends_on_the_rest_is_refused(
    activities: list[Activity], departments: list[Department]
) -> None:
    author = staff(PLANNER)
    initiative = activities[0].initiative
    values = {"department_id": departments[0].pk}
    amendment = open_amendment(plan=initiative.plan, by=author)
    propose(amendment=amendment, node=initiative, values=values, by=author)
    ask(amendment, author)
    apply_amendment(amendment=amendment, by=staff(PLANNER))
    initiative.refresh_from_db()
    amendment = open_amendment(plan=initiative.plan, by=author)
    nodes = [initiative, *activities]
    propose_retirement(amendment=amendment, nodes=nodes, by=author)
    ask(amendment, author)

    with pytest.raises(RefusedError, match="맡은 부분만으로는 반영할 수 없으니"):
        apply_amendment(amendment=amendment, by=staff(HEAD, department=departments[0]))

    assert not Activity.objects.exclude(retired_on=None).exists()
    assert amendment.changes.count() == 3
    assert not amendment.parts.exists()


def test_an_addition_below_an_addition_is_in_the_same_part(
    activities: list[Activity], departments: list[Department], heads: list[User]
) -> None:
    author = staff(PLANNER)
    goal = activities[0].initiative.goal
    amendment = open_amendment(plan=goal.plan, by=author)
    parent = goal.lineage
    for level in ("initiative", "activity"):
        content = content_of(level, {"title": "새", "department_id": departments[0].pk})
        change = propose_addition(
            amendment=amendment, level=level, parent=parent, content=content, by=author
        )
        parent = change.lineage
    propose(amendment=amendment, node=activities[0], values={"title": "새 가"}, by=author)
    ask(amendment, author)

    assert [row.title for row in part_for(heads[0], amendment)] == ["가"]
    assert len(part_for(lead(), amendment)) == 3


def test_a_return_gives_back_everything_not_applied(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)
    part = apply_amendment(amendment=amendment, by=heads[0])

    return_amendment(amendment=amendment, note="다시", by=heads[1])

    amendment.refresh_from_db()
    part.refresh_from_db()
    assert (amendment.state, part.state) == ("returned", "applied")
    assert {row.title for row in amendment.changes.all()} == {"나"}


def test_the_page_shows_a_heads_part_before_approval(
    client: Client, activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)
    client.force_login(heads[0])

    page = client.get(page_of(amendment)).text
    assert page.count("내가 승인할 부분") == 2
    assert page.count("다른 사람이 결정할 부분") == 2
    assert "맡은 부분만 승인하고 반영 (2건)" in page
    assert "시행일</dt><dd>2021. 3. 1." in page
    assert "예시 소급 사유" in page

    seen = client.get(page_of(amendment)).context["form"]["seen"].value()
    answer = client.post(page_of(amendment), {"apply": "1", "seen": seen}, follow=True).text
    assert "나머지는 계속 승인을 기다립니다" in answer
    assert "먼저 결정한 부분" in answer


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_items(
    client: Client,
    departments: list[Department],
    heads: list[User],
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    initiative = InitiativeFactory(goal__pillar__plan__year=2021)
    rows = [
        ActivityFactory(initiative=initiative, department=department)
        for department in departments
        for _number in range(size)
    ]
    publish(initiative.plan)
    amendment = both([Activity.objects.select_related("plan").get(pk=one.pk) for one in rows])
    client.force_login(heads[0])

    with django_assert_num_queries(18):
        assert client.get(page_of(amendment)).context["part"]


def test_who_can_decide_is_named_by_role(
    client: Client, activities: list[Activity], heads: list[User]
) -> None:
    planner, safety = staff(PLANNER, name="예시 기획자"), lead(name="예시 총괄")
    staff(PLANNER, name="예시 떠난 사람", closed=True)
    lead("welfare", name="예시 남")
    amendment = both(activities)
    client.force_login(amendment.requested_by)

    page = client.get(page_of(amendment)).text

    assert f"결정할 수 있는 사람</dt><dd>기획 {planner}, 안전 축 총괄 {safety}</dd>" in page
    parts = "예시안전과 부서장 예시 장 0, 예시복지과 부서장 예시 장 1"
    assert f"맡은 부분을 승인할 수 있는 사람</dt><dd>{parts}</dd>" in page
    client.force_login(planner)
    assert "결정할 수 있는 사람</dt>" not in client.get(page_of(amendment)).text


def test_users_with_a_direct_permission_are_named_as_deciders(activities: list[Activity]) -> None:
    amendment = both(activities)
    UserFactory(name="예시 최고 관리자", is_superuser=True)
    direct = UserFactory(name="예시 직접 받은 사람")
    direct.user_permissions.add(Permission.objects.get(codename="change_plan"))

    assert approvers_of(amendment).of_all == "예시 최고 관리자, 예시 직접 받은 사람"


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_names_who_can_decide_on_what_waits(
    client: Client,
    activities: list[Activity],
    heads: list[User],
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    authors = [staff(EDITOR, department=heads[0].department) for _number in range(size)]
    for author in authors:
        both(activities, author)
    client.force_login(heads[0])

    with django_assert_num_queries(13):
        page = client.get(reverse("amendments:amendments", args=[2021])).text
    assert page.count("맡은 부분을 승인할 수 있는 사람: 예시안전과 부서장 예시 장 0") == size

    staff(PLANNER, name="예시 기획자")
    page = client.get(reverse("amendments:amendments", args=[2021])).text
    assert page.count("결정할 수 있는 사람: 기획 예시 기획자") == size
    heads[0].groups.clear()
    heads[1].groups.clear()
    client.force_login(authors[0])
    User.objects.filter(name="예시 기획자").update(is_active=False, closed_on=ON)
    page = client.get(reverse("amendments:amendments", args=[2021])).text
    assert page.count("결정할 수 있는 사람이 없습니다.") == size


def test_the_page_says_that_nobody_can_decide(client: Client, activities: list[Activity]) -> None:
    author = staff(PLANNER)
    amendment = both(activities, author)
    client.force_login(author)

    assert not approvers_of(amendment)
    page = client.get(page_of(amendment)).text
    assert "전체를 결정할 수 있는 사람이 없습니다" in page
    assert "관리자에게 알려 주세요" in page


@pytest.mark.django_db(transaction=True)
def test_two_heads_approve_their_parts_at_the_same_moment(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)
    read = [amendment_stamp(amendment, part_for(head, amendment)) for head in heads]

    results = together(
        lambda: apply_amendment(amendment=amendment, by=heads[0], seen=read[0]),
        lambda: apply_amendment(amendment=amendment, by=heads[1], seen=read[1]),
    )

    assert [type(one) for one in results] == [Amendment, Amendment]
    assert Amendment.objects.applied().count() == 2
    assert set(Activity.objects.values_list("title", flat=True)) == {"새 가", "새 나"}


@pytest.mark.django_db(transaction=True)
def test_approving_while_the_author_withdraws_does_one_of_both(
    activities: list[Activity], heads: list[User]
) -> None:
    amendment = both(activities)
    results = together(
        lambda: apply_amendment(amendment=amendment, by=heads[0]),
        lambda: withdraw(amendment=amendment, by=amendment.requested_by),
    )
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.WITHDRAWN
    applied = Activity.objects.filter(title="새 가").exists()
    assert applied == isinstance(results[0], Amendment)
    assert amendment.changes.count() == (2 if applied else 4)


def test_a_head_alone_cannot_give_an_item_to_another_department() -> None:
    activity = ActivityFactory(department=DepartmentFactory())
    publish(activity.plan)
    head = staff(HEAD, department=activity.department)
    amendment = requested(activity, staff(PLANNER), department_id=DepartmentFactory().pk)

    assert part_for(head, amendment) == []
    assert len(part_for(staff(PLANNER), amendment)) == 1
