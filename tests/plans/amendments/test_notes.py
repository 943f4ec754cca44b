"""What an author notes down, takes back, hands in again and gives up."""

import pytest

from gwonseon.refusals import RefusedError
from plans.amendments.additions import content_of
from plans.amendments.decide import OvertakenError, apply_amendment, return_amendment
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
from tests.factories.amendments import amend, planners, requested
from tests.factories.ledger import recordable
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
