"""What an author notes down, takes back, hands in again and gives up."""

import datetime as dt

import pytest

from gwonseon.refusals import RefusedError
from plans.amendments.additions import content_of
from plans.amendments.decide import OvertakenError, apply_amendment, rebase, return_amendment
from plans.amendments.models import Amendment
from plans.amendments.propose import (
    open_amendment,
    propose,
    propose_addition,
    propose_move,
    propose_retirement,
    request_approval,
    rewrite_addition,
    take_back,
    withdraw,
)
from plans.tree.models import Activity
from tests.factories.amendments import added, amend, ask, planners, requested
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable(title="순찰")


def test_one_that_came_back_takes_the_next_notes(activity: Activity) -> None:
    author, approver = planners()
    returned = requested(activity, author, title="잘못")
    begun = open_amendment(plan=activity.plan, by=author)
    assert begun != returned
    return_amendment(amendment=returned, note="제목을 줄여 주세요.", by=approver)

    assert open_amendment(plan=activity.plan, by=author) == returned


def test_nothing_is_added_below_what_ended_meanwhile(activity: Activity) -> None:
    author, approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    content = content_of("activity", {"title": "새 활동"})
    facts = {"level": "activity", "parent": activity.initiative.lineage, "content": content}
    propose_addition(amendment=amendment, **facts, by=author)
    request_approval(amendment=amendment, reason="사유", ground="근거", by=author)
    end = open_amendment(plan=activity.plan, by=approver)
    propose_retirement(amendment=end, nodes=[activity.initiative, activity], by=approver)
    request_approval(amendment=end, reason="사유", ground="근거", by=approver)
    apply_amendment(amendment=end, by=author)

    with pytest.raises(OvertakenError) as overtaken:
        apply_amendment(amendment=amendment, by=approver)

    assert [one.change.title for one in overtaken.value.conflicts] == ["새 활동"]
    assert Activity.objects.get() == activity


def test_a_returned_amendment_that_is_given_up_was_decided_by_nobody(activity: Activity) -> None:
    author, approver = planners()
    amendment = requested(activity, author, title="잘못")
    return_amendment(amendment=amendment, note="제목을 줄여 주세요.", by=approver)
    requested(activity, approver, title="다른 변경")

    withdraw(amendment=amendment, by=author)

    amendment.refresh_from_db()
    decided = (amendment.decided_by, amendment.decided_at, amendment.decided_on)
    assert (amendment.state, *decided) == (Amendment.State.WITHDRAWN, None, None, None)
    with pytest.raises(RefusedError, match="이미 끝난 변경"):
        withdraw(amendment=amendment, by=author)


def test_what_is_applied_is_not_given_up(activity: Activity) -> None:
    amendment = amend(activity, title="합동 순찰")

    with pytest.raises(RefusedError, match="이미 끝난 변경"):
        withdraw(amendment=amendment, by=amendment.requested_by)


def test_a_note_of_an_addition_is_no_twin_of_itself(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    facts = {"level": "activity", "parent": activity.initiative.lineage, "by": author}
    first, second = (
        propose_addition(
            amendment=amendment, content=content_of("activity", {"title": title}), **facts
        )
        for title in ("새 활동", "다른 활동")
    )
    anew = {"title": "새 활동", "text": "고친 내용"}

    rewrite_addition(change=first, content=content_of("activity", anew), by=author)

    first.refresh_from_db()
    assert (first.title, first.content["text"]) == ("새 활동", "고친 내용")
    with pytest.raises(RefusedError, match="이미 적었습니다"):
        rewrite_addition(change=second, content=content_of("activity", anew), by=author)
    rewrite_addition(change=second, content=content_of("activity", {"title": "셋째"}), by=author)
    second.refresh_from_db()
    assert (second.title, second.content["title"]) == ("셋째", "셋째")


def test_taking_an_added_pillar_back_takes_all_three_levels_below_it(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "합동 순찰"}, by=author)
    parent = None
    for level in ("pillar", "goal", "initiative", "activity"):
        content = content_of(level, {"title": level})
        facts = {"level": level, "parent": parent, "content": content}
        parent = propose_addition(amendment=amendment, **facts, by=author).lineage

    take_back(change=amendment.changes.get(level="pillar"), by=author)

    assert [one.field for one in amendment.changes.all()] == ["title"]


def test_moving_back_takes_the_note_of_the_move_alone() -> None:
    author, _approver = planners()
    activity = ActivityFactory()
    other = InitiativeFactory(goal=activity.initiative.goal)
    beside = ActivityFactory(initiative=other)
    publish(activity.plan)
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "합동 순찰"}, by=author)
    for node, parent in ((activity, other), (beside, activity.initiative)):
        propose_move(amendment=amendment, node=node, parent=parent, by=author)

    propose_move(amendment=amendment, node=activity, parent=activity.initiative, by=author)

    left = {(one.lineage, one.field) for one in amendment.changes.all()}
    assert left == {(activity.lineage, "title"), (beside.lineage, "parent")}


def test_a_note_that_the_plan_says_already_is_dropped_when_it_starts_from_now(
    activity: Activity,
) -> None:
    author, approver = planners()
    late = requested(activity, author, title="합동 순찰", weight=3)
    amend(activity, title="합동 순찰")
    return_amendment(amendment=late, note="지금 계획에 맞춰 주세요.", by=approver)

    rebase(amendment=late, by=author)

    assert [one.field for one in late.changes.all()] == ["weight"]


def test_an_end_asks_for_the_records_of_what_ends_alone(activity: Activity) -> None:
    author, _approver = planners()
    going_on = added(
        activity.initiative, "activity", "다른 활동", on=dt.date(2021, 2, 1), unit="회"
    )
    RecordFactory(activity=going_on, happened_on=dt.date(2021, 6, 1), confirmed=True)

    amend(activity, retired_on=dt.date(2021, 5, 1))
    assert activity.retired_on == dt.date(2021, 5, 1)
    end = open_amendment(plan=activity.plan, by=author)
    propose_retirement(amendment=end, nodes=[going_on], by=author)
    with pytest.raises(RefusedError, match="다른 활동"):
        ask(end, author, dt.date(2021, 5, 1))


def test_an_end_before_a_beginning_names_what_begins(activity: Activity) -> None:
    author, _approver = planners()
    later = added(activity.initiative, "activity", "다른 활동", on=dt.date(2021, 6, 1))
    end = open_amendment(plan=activity.plan, by=author)
    propose_retirement(amendment=end, nodes=[activity, later], by=author)

    with pytest.raises(RefusedError, match="「다른 활동」은"):
        ask(end, author, dt.date(2021, 5, 1))


def test_what_moves_comes_behind_those_that_are_there() -> None:
    activity = ActivityFactory(position=1)
    place = InitiativeFactory(goal=activity.initiative.goal)
    there = [ActivityFactory(initiative=place, position=position) for position in (1, 2)]
    publish(activity.plan)

    amend(activity, parent=place)

    siblings = Activity.objects.filter(initiative=place).order_by("position")
    assert list(siblings) == [*there, activity]
    assert activity.position == 3


def test_taking_an_end_back_leaves_other_notes_of_the_item(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"title": "합동 순찰"}, by=author)
    propose_retirement(amendment=amendment, nodes=[activity.initiative, activity], by=author)

    take_back(change=amendment.changes.get(level="initiative"), by=author)

    assert [one.field for one in amendment.changes.all()] == ["title"]
