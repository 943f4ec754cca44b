"""What is read and looked for before a plan is published: reviews, and what is missing."""

import pytest

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from gwonseon.refusals import RefusedError
from plans.editing.publishing.actions import gaps_of
from plans.editing.reviews.actions import (
    decide_review,
    latest_review,
    may_decide_review,
    may_request_review,
    request_review,
    review_stamp,
)
from plans.tree.models import Initiative, Plan
from plans.tree.queries import read_tree
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, PlanFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    return ActivityFactory(initiative__department=DepartmentFactory()).initiative


@pytest.fixture
def officer(initiative: Initiative) -> User:
    return staff(EDITOR, department=initiative.department)


@pytest.fixture
def head(initiative: Initiative) -> User:
    return staff(HEAD, department=initiative.department)


def decided(initiative: Initiative, by: User, *, approved: bool) -> None:
    seen = review_stamp(initiative)
    decide_review(initiative=initiative, approved=approved, note="예시", seen=seen, by=by)


def test_a_review_is_asked_for_where_none_runs_by_who_edits(
    initiative: Initiative, officer: User, head: User
) -> None:
    def may(user: User) -> bool:
        return may_request_review(user, latest_review(initiative), initiative)

    reader = staff(READER, department=initiative.department)
    assert (may(officer), may(reader)) == (True, False)
    request_review(initiative=initiative, by=officer)
    assert not may(officer)
    decided(initiative, head, approved=False)
    assert (may(officer), may(reader)) == (True, False)
    request_review(initiative=initiative, by=officer)
    decided(initiative, head, approved=True)
    assert not may(officer)


def test_a_review_waits_for_who_approves_and_has_not_asked(
    initiative: Initiative, officer: User, head: User
) -> None:
    def may(user: User) -> bool:
        return may_decide_review(user, latest_review(initiative), initiative)

    assert not may(head)
    request_review(initiative=initiative, by=head)
    assert not may(head)
    assert not may(officer)
    other = staff(HEAD, department=initiative.department)
    assert may(other)
    decided(initiative, other, approved=False)
    assert not may(other)


def test_a_published_plan_is_not_reviewed(initiative: Initiative, officer: User) -> None:
    publish(initiative.plan)
    initiative.refresh_from_db()

    assert not may_request_review(officer, None, initiative)
    with pytest.raises(RefusedError, match="검토 대신 변경 신청"):
        request_review(initiative=initiative, by=officer)


@pytest.mark.parametrize("changed", ["initiative", "activity", "another"])
def test_what_was_read_is_the_initiative_with_its_own_activities(
    initiative: Initiative, changed: str
) -> None:
    other = InitiativeFactory(goal=initiative.goal)
    rows = {
        "initiative": Initiative.objects.filter(pk=initiative.pk),
        "activity": initiative.activities.all(),
        "another": ActivityFactory(initiative=other).initiative.activities.all(),
    }
    before = review_stamp(initiative)

    rows[changed].update(version=7)

    initiative.refresh_from_db()
    assert (review_stamp(initiative) == before) == (changed == "another")


def missing(plan: Plan) -> dict[str, set[object]]:
    return {str(gap.sentence): set(gap.nodes) for gap in gaps_of(read_tree(plan))}


def test_each_gap_names_what_it_is_missing_in() -> None:
    owner, person = DepartmentFactory(), UserFactory()
    plan = PlanFactory()
    whole = InitiativeFactory(goal__pillar__plan=plan, department=owner, person=person)
    heir = ActivityFactory(initiative=whole, person=person)
    bare = InitiativeFactory(goal=whole.goal, person=UserFactory(closed=True))
    orphan = ActivityFactory(initiative=bare, person=person)
    own = ActivityFactory(initiative=bare, department=owner)
    empty = InitiativeFactory(goal=whole.goal, department=owner, person=person)
    for initiative, approved in ((whole, True), (bare, False)):
        request_review(initiative=initiative, by=staff(PLANNER))
        decided(initiative, staff(PLANNER), approved=approved)

    assert missing(plan) == {
        "담당부서가 없습니다.": {bare, orphan},
        "담당자가 없습니다.": {bare, own},
        "목표가 없습니다.": {heir, orphan, own},
        "검토를 마치지 않았습니다.": {bare, empty},
        "활동이 없습니다.": {empty},
    }
