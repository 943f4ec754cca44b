import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.roles import EDITOR, HEAD
from gwonseon.refusals import RefusedError
from plans.amendments.additions import content_of
from plans.amendments.decide import (
    OvertakenError,
    apply_amendment,
    rebase,
    return_amendment,
)
from plans.amendments.models import Amendment, Change
from plans.amendments.propose import (
    open_amendment,
    propose,
    propose_addition,
    propose_retirement,
    request_approval,
    take_back,
    withdraw,
)
from plans.tree.models import Activity, Goal, Initiative, Plan
from tests.factories.amendments import amend, planners, requested
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PillarFactory,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    """An activity of a published plan, with a target of 12 회."""
    activity = ActivityFactory(
        title="순찰",
        unit="회",
        counted="순찰 횟수",
        target=12,
        target_origin="staff",
        target_set_on=dt.date(2031, 1, 4),
    )
    publish(activity.plan)
    return Activity.objects.get(pk=activity.pk)


def test_a_target_changes_by_amendment(activity: Activity) -> None:
    amendment = amend(activity, target=Decimal(20))

    assert activity.target == 20
    assert activity.version == 2
    assert activity.target_set_by == amendment.requested_by
    change = amendment.changes.get()
    assert (change.field, change.before, change.after) == ("target", "12.00", "20.00")
    assert amendment.state == Amendment.State.APPLIED
    assert amendment.decided_by != amendment.requested_by


def test_nothing_changes_before_the_approval(activity: Activity) -> None:
    author, _approver = planners()
    requested(activity, author, title="합동 순찰")

    activity.refresh_from_db()
    assert activity.title == "순찰"


def test_several_nodes_change_together_or_not_at_all(activity: Activity) -> None:
    author, approver = planners()
    initiative = Initiative.objects.get(pk=activity.initiative_id)
    sibling = Initiative.objects.get(pk=activity.initiative_id).goal
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "가"}, by=author)
    propose(amendment=amendment, node=initiative, values={"title": "나"}, by=author)
    propose(amendment=amendment, node=sibling, values={"title": ""}, by=author)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)

    with pytest.raises(IntegrityError), transaction.atomic():
        apply_amendment(amendment=amendment, by=approver)

    activity.refresh_from_db()
    assert activity.title == "순찰"
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED


def test_an_initiative_is_added_with_its_activity(activity: Activity) -> None:
    author, approver = planners()
    goal = Goal.objects.get()
    department = DepartmentFactory()
    amendment = open_amendment(plan=activity.plan, by=author)
    content = content_of("initiative", {"title": "새 과제", "department_id": department.pk})
    added = propose_addition(
        amendment=amendment, level="initiative", parent=goal.lineage, content=content, by=author
    )
    content = content_of(
        "activity",
        {
            "title": "새 활동",
            "target": Decimal(4),
            "supporters": [department],
            "audiences": ["youth"],
        },
    )
    propose_addition(
        amendment=amendment, level="activity", parent=added.lineage, content=content, by=author
    )
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)

    apply_amendment(amendment=amendment, by=approver)

    new = Activity.objects.get(title="새 활동")
    assert new.initiative.title == "새 과제"
    assert new.initiative.goal == goal
    assert new.initiative.position == goal.initiatives.order_by("position").first().position + 1
    assert new.slug == "새-활동"
    assert (new.target, new.target_origin, new.audiences) == (4, "staff", ["youth"])
    assert list(new.supporters.all()) == [department]


def test_a_node_ends_with_what_is_below_it(activity: Activity) -> None:
    author, approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    nodes = [activity.initiative, activity]
    propose_retirement(amendment=amendment, nodes=nodes, by=author)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)

    apply_amendment(amendment=amendment, by=approver)

    assert not Activity.objects.in_force().exists()
    assert Activity.objects.get().retired_on == activity.plan.first_day


def test_a_node_moves_and_keeps_its_address(activity: Activity) -> None:
    amend(activity.initiative, title="옮길 곳")
    other = amend_in_initiative(activity)

    amend(activity, parent=other)

    assert activity.initiative == other
    assert activity.slug.startswith("activity-")


def amend_in_initiative(activity: Activity) -> Initiative:
    author, approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose_addition(
        amendment=amendment,
        level="initiative",
        parent=Goal.objects.get().lineage,
        content=content_of("initiative", {"title": "다른 과제"}),
        by=author,
    )
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    apply_amendment(amendment=amendment, by=approver)
    return Initiative.objects.get(title="다른 과제")


def test_an_amendment_is_refused_where_before_no_longer_holds(activity: Activity) -> None:
    author, approver = planners()
    late = requested(activity, author, title="늦은 제목", target=Decimal(30))
    amend(activity, title="먼저 된 제목")

    with pytest.raises(OvertakenError) as error:
        apply_amendment(amendment=late, by=approver)

    (conflict,) = error.value.conflicts
    assert (conflict.change.before, conflict.change.after) == ("순찰", "늦은 제목")
    assert conflict.now == "먼저 된 제목"
    activity.refresh_from_db()
    assert (activity.title, activity.target) == ("먼저 된 제목", 12)

    return_amendment(amendment=late, note="그 사이 바뀌었습니다.", by=approver)
    rebase(amendment=late, by=author)
    request_approval(amendment=late, reason="사유", ground="근거", by=author)
    apply_amendment(amendment=late, by=approver)
    activity.refresh_from_db()
    assert (activity.title, activity.target) == ("늦은 제목", 30)


def test_a_returned_amendment_is_mended_and_requested_again(activity: Activity) -> None:
    author, approver = planners()
    amendment = requested(activity, author, title="잘못")
    return_amendment(amendment=amendment, note="제목을 줄여 주세요.", by=approver)
    amendment.refresh_from_db()
    assert amendment.is_open
    assert amendment.decision_note == "제목을 줄여 주세요."

    propose(amendment=amendment, node=activity, values={"title": "바름"}, by=author)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    apply_amendment(amendment=amendment, by=approver)

    activity.refresh_from_db()
    assert activity.title == "바름"


def test_what_is_as_it_is_leaves_its_note_alone(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"unit": "번"}, by=author)
    propose(amendment=amendment, node=activity, values={"title": "순찰", "unit": ""}, by=author)

    assert [change.field for change in amendment.changes.all()] == ["unit"]
    with pytest.raises(RefusedError, match="바꿀 내용이 없습니다"):
        take_back(change=amendment.changes.get(), by=author)
        request_approval(amendment=amendment, reason="사유", ground="근거", by=author)


def test_a_title_that_ends_may_be_taken_by_an_added_item(activity: Activity) -> None:
    author, approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose_retirement(amendment=amendment, nodes=[activity], by=author)
    propose_addition(
        amendment=amendment,
        level="activity",
        parent=activity.initiative.lineage,
        content=content_of("activity", {"title": "순찰", "unit": "명"}),
        by=author,
    )
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)

    apply_amendment(amendment=amendment, by=approver)

    assert list(Activity.objects.order_by("pk").values_list("unit", "retired_on")) == [
        ("회", activity.plan.first_day),
        ("명", None),
    ]


def test_nothing_stays_below_what_ends(activity: Activity) -> None:
    author, approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    ended = [activity.initiative]
    propose_retirement(amendment=amendment, nodes=ended, by=author)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)

    with pytest.raises(RefusedError, match="「순찰」이\\(가\\) 남습니다"):
        apply_amendment(amendment=amendment, by=approver)

    assert Initiative.objects.get().retired_on is None
    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED


@pytest.mark.parametrize("level", ["activity", "initiative"])
def test_an_end_is_taken_back_with_those_above_and_below(level: str) -> None:
    initiative = InitiativeFactory(title="과제")
    first, second = (ActivityFactory(initiative=initiative, title=title) for title in "가나")
    publish(initiative.plan)
    author, _approver = planners()
    amendment = open_amendment(plan=initiative.plan, by=author)
    ended = [initiative, first, second]
    propose_retirement(amendment=amendment, nodes=ended, by=author)

    take_back(change=amendment.changes.filter(level=level).first(), by=author)

    left = list(amendment.changes.values_list("title", flat=True))
    assert left == (["나"] if level == "activity" else [])


def test_the_same_addition_is_noted_once(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    facts = {
        "amendment": amendment,
        "level": "activity",
        "parent": activity.initiative.lineage,
        "by": author,
    }
    propose_addition(content=content_of("activity", {"title": "새 활동"}), **facts)

    with pytest.raises(RefusedError, match="이미 적었습니다"):
        propose_addition(content=content_of("activity", {"title": "새 활동"}), **facts)

    assert amendment.changes.count() == 1


def test_taking_an_addition_back_takes_what_is_below_it(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    parent = Goal.objects.get().lineage
    for level in ("initiative", "activity"):
        change = propose_addition(
            amendment=amendment,
            level=level,
            parent=parent,
            content=content_of(level, {"title": level}),
            by=author,
        )
        parent = change.lineage

    take_back(change=amendment.changes.get(level="initiative"), by=author)

    assert not amendment.changes.exists()


REFUSALS: dict[str, tuple[Callable[[Amendment], None], str]] = {
    "one's own approval": (
        lambda amendment: apply_amendment(amendment=amendment, by=amendment.requested_by),
        "다른 사람이 결정해야",
    ),
    "an approval without the right": (
        lambda amendment: apply_amendment(amendment=amendment, by=staff(EDITOR)),
        "맡은 항목이 없습니다",
    ),
    "a change after the request": (
        lambda amendment: propose(
            amendment=amendment,
            node=Activity.objects.get(),
            values={"title": "x"},
            by=amendment.requested_by,
        ),
        "고칠 수 없습니다",
    ),
    "a change by somebody else": (
        lambda amendment: request_approval(
            amendment=amendment, reason="사유", ground="근거", by=planners()[0]
        ),
        "다른 사람이 쓰는 변경",
    ),
    "a withdrawal by somebody else": (
        lambda amendment: withdraw(amendment=amendment, by=planners()[0]),
        "다른 사람이 쓴 변경",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(activity: Activity, name: str) -> None:
    write, sentence = REFUSALS[name]
    amendment = requested(activity, planners()[0], title="새 제목")

    with pytest.raises(RefusedError, match=sentence):
        write(amendment)

    amendment.refresh_from_db()
    assert amendment.state == Amendment.State.REQUESTED
    assert amendment.changes.get().after == "새 제목"


def test_a_head_approves_for_the_own_department_alone() -> None:
    own, other = DepartmentFactory(), DepartmentFactory()
    mine = ActivityFactory(department=own)
    theirs = ActivityFactory(initiative=mine.initiative, department=other)
    publish(mine.plan)
    author, head = staff(EDITOR, department=own), staff(HEAD, department=own)

    apply_amendment(amendment=requested(mine, author, title="우리 것"), by=head)
    mine.refresh_from_db()
    assert mine.title == "우리 것"

    with pytest.raises(RefusedError, match="맡은 항목이 없습니다"):
        apply_amendment(amendment=requested(theirs, author, title="남의 것"), by=head)


def test_the_titles_of_siblings_stay_different(activity: Activity) -> None:
    author, approver = planners()
    amendment = requested(activity.initiative, author, text="x")
    assert amendment.changes.get().before == ""
    apply_amendment(amendment=amendment, by=approver)
    other = amend_in_initiative(activity)

    late = requested(other, author, title=activity.initiative.title)
    with pytest.raises(RefusedError, match="같은 제목의 항목이 이미"):
        apply_amendment(amendment=late, by=approver)


# What the database itself refuses, whoever writes.
RAW = [
    "UPDATE plans_activity SET title = 'x'",
    "UPDATE plans_activity SET target = 13",
    "UPDATE plans_activity SET weight = 2",
    "UPDATE plans_activity SET ends_on = '2031-12-01'",
    "UPDATE plans_activity SET unit = '명'",
    "UPDATE plans_activity SET slug = 'x'",
    "UPDATE plans_activity SET lineage = gen_random_uuid()",
    "UPDATE plans_activity SET retired_on = '2031-12-01'",
    "UPDATE plans_activity SET source_text = 'x'",
    "UPDATE plans_initiative SET text = 'x'",
    "UPDATE plans_goal SET corrected_title = 'x', certainty = 'high'",
    "UPDATE plans_pillar SET title = 'x'",
    "DELETE FROM plans_activity",
    "UPDATE plans_plan SET vision = 'x'",
    "UPDATE plans_plan SET status = 'draft', published_at = NULL",
    "DELETE FROM plans_plan",
    (
        "INSERT INTO plans_activity (plan_id, initiative_id, lineage, version, slug, position,"
        " title, corrected_title, certainty, text, weight, source_note, source_lead, source_text,"
        " updated_at, kind, is_derived, record_kind, measure, counted, unit, target_origin,"
        " audiences, phone)"
        " SELECT plan_id, initiative_id, gen_random_uuid(), 1, 'new', 99, 'new', '', '', '', 1,"
        " '', '', '', now(), '', false, 'plain', 'records', '', '', '', '{}', ''"
        " FROM plans_activity"
    ),
]


@pytest.mark.parametrize("sql", RAW)
def test_the_database_refuses_a_silent_change(activity: Activity, sql: str) -> None:
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert error.value.__cause__.diag.constraint_name == "published_plan_is_amended"

    Plan.objects.update(updated_at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC))
    Activity.objects.update(phone="031-000-0000", budget=5, position=7)


def test_the_database_refuses_a_value_that_was_not_approved(activity: Activity) -> None:
    author, approver = planners()
    amendment = requested(activity, author, title="승인된 제목")
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(
            state="applied",
            decided_by=approver,
            decided_at="2031-01-01T00:00Z",
            decided_on="2031-01-01",
        )
        Activity.objects.update(title="다른 제목")


def test_the_database_refuses_one_person_in_both_seats(activity: Activity) -> None:
    amendment = requested(activity, planners()[0], title="새 제목")
    with pytest.raises(IntegrityError, match="amendment_decided_by_another"), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(
            state="applied",
            decided_by=amendment.requested_by,
            decided_at="2031-01-01T00:00Z",
            decided_on="2031-01-01",
        )


def test_an_applied_amendment_stays_as_it_is(activity: Activity) -> None:
    amendment = amend(activity, title="새 제목")
    for write in (
        lambda: Amendment.objects.filter(pk=amendment.pk).update(reason="다른 사유"),
        lambda: Change.objects.update(after="다른 제목"),
        lambda: Change.objects.all().delete(),
        lambda: Amendment.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_draft_needs_no_amendment() -> None:
    activity = ActivityFactory()
    with pytest.raises(RefusedError, match="변경 신청 없이"):
        open_amendment(plan=activity.plan, by=planners()[0])
    Activity.objects.update(title="바로 고침")


@pytest.mark.parametrize("size", [1, 3])
def test_applying_costs_the_same_for_any_number_of_nodes(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pillar = PillarFactory()
    initiative = InitiativeFactory(goal=GoalFactory(pillar=pillar))
    activities = [ActivityFactory(initiative=initiative) for _ in range(size)]
    publish(pillar.plan)
    author, approver = planners()
    amendment = open_amendment(plan=pillar.plan, by=author)
    for number, one in enumerate(activities):
        propose(amendment=amendment, node=one, values={"title": f"새 {number}"}, by=author)
        content = content_of("activity", {"title": f"더 {number}"})
        propose_addition(
            amendment=amendment,
            level="activity",
            parent=initiative.lineage,
            content=content,
            by=author,
        )
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    approver.has_perm("plans.change_plan")

    with django_assert_num_queries(13):
        apply_amendment(amendment=amendment, by=approver)
