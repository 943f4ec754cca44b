"""An item that is in two years' plans (one lineage) changes in one of them alone."""

import datetime as dt

import pytest

from gwonseon.office.models import User
from gwonseon.office.roles import HEAD
from plans.amendments.decide import part_for
from plans.amendments.propose import open_amendment, propose_retirement, take_back
from plans.editing.next_year.actions import copy_plan
from plans.tree.models import Activity
from tests.factories.amendments import amend, planners, requested
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable()


@pytest.fixture
def author() -> User:
    return planners()[0]


@pytest.fixture
def successor(activity: Activity, author: User) -> Activity:
    """The same activity in the next year's plan, which is published, too; nobody owns it there."""
    chosen = [activity.initiative_id]
    plan = copy_plan(plan=activity.plan, year=2022, initiatives=chosen, facts=(), by=author)
    publish(plan)
    return Activity.objects.get(plan=plan)


def test_an_amendment_changes_the_item_of_its_own_plan(
    activity: Activity, successor: Activity
) -> None:
    assert successor.lineage == activity.lineage
    amend(activity, title="예시 올해 제목")
    amend(successor, title="예시 내년 제목")

    activity.refresh_from_db()
    successor.refresh_from_db()
    assert (activity.title, successor.title) == ("예시 올해 제목", "예시 내년 제목")


def test_who_approves_is_asked_of_the_item_of_its_own_plan(
    activity: Activity, successor: Activity, author: User
) -> None:
    head = staff(HEAD, department=activity.department)

    of_this_year = requested(activity, author, title="예시 올해 제목")
    of_next_year = requested(successor, author, title="예시 내년 제목")

    assert len(part_for(head, of_this_year)) == 1
    assert part_for(head, of_next_year) == []


def test_notes_are_kept_by_plan(activity: Activity, successor: Activity, author: User) -> None:
    for plan in (activity.plan, successor.plan):
        amendment = open_amendment(plan=plan, by=author)
        assert amendment.plan == plan
        assert open_amendment(plan=plan, by=author) == amendment


def test_what_is_left_below_an_end_in_another_years_draft_stops_nothing(
    activity: Activity, author: User
) -> None:
    ActivityFactory(
        initiative__goal__pillar__plan__year=2022, initiative__retired_on=dt.date(2022, 3, 1)
    )

    amend(activity, retired_on=dt.date(2021, 5, 1))

    assert activity.retired_on == dt.date(2021, 5, 1)


def test_an_end_asks_for_the_records_of_its_own_year_alone(activity: Activity) -> None:
    successor = recordable(year=2022, lineage=activity.lineage)
    RecordFactory(activity=successor, confirmed=True)

    amend(activity, retired_on=dt.date(2021, 5, 1))

    assert activity.retired_on == dt.date(2021, 5, 1)


def test_an_end_is_taken_back_with_what_is_above_in_its_own_year(
    activity: Activity, author: User
) -> None:
    """The activity of the same lineage is below another initiative in the next year's plan."""
    recordable(year=2022, lineage=activity.lineage)
    amendment = open_amendment(plan=activity.plan, by=author)
    propose_retirement(amendment=amendment, nodes=[activity.initiative, activity], by=author)

    take_back(change=amendment.changes.get(level="activity"), by=author)

    assert not amendment.changes.exists()
