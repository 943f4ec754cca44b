"""Updates among the tasks of 「내 업무」."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import READER
from plans.tracking import actions
from plans.tracking.models import Period
from plans.tracking.periods import begin
from plans.tree.models import Activity
from plans.workspace.waiting import Task, updates_for
from tests.factories.amendments import amend
from tests.factories.office import UserFactory, staff
from tests.factories.tracking import draft, submitted
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

APPROVE, CORRECT, WRITE = "추진상황 승인하기", "반려된 추진상황 고치기", "추진상황 쓰기"


def tasks(user: User) -> list[str]:
    """Return what the tasks of a user are, who is newly read."""
    return [one.what for one in found(user)]


def found(user: User) -> list[Task]:
    """Return the tasks of a user."""
    return updates_for(User.objects.get(pk=user.pk))


def in_charge(user: User, *activities: Activity) -> None:
    """Put a user in charge of activities."""
    keys = [one.pk for one in activities]
    Activity.objects.filter(pk__in=keys).update(person=user)


def test_what_waits_is_one_task_a_period_of_who_may_decide(
    client: Client, quarter: Quarter
) -> None:
    for activity in (quarter.activity, quarter.other):
        submitted(period=quarter.period, about=activity, by=quarter.officer)
    for user in (quarter.head, quarter.planner):
        (task,) = found(user)
        assert task.what == APPROVE
        assert quarter.activity.title in task.about
        client.force_login(user)
        assert len(client.get(task.url).context["rows"]) == 2
    for user in (quarter.officer, staff(READER), UserFactory()):
        assert found(user) == []


def test_a_returned_update_is_its_authors_task(quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    update = actions.send_back(update=update, version=1, reason="예시 사유", by=quarter.head)
    (task,) = found(quarter.officer)
    assert (task.what, task.url) == (CORRECT, update.get_absolute_url())
    assert "예시 사유" in task.about
    assert found(quarter.head) == []
    actions.submit(update=update, version=2, by=quarter.officer)
    assert found(quarter.officer) == []


def test_what_is_unwritten_is_one_task_a_period_of_who_is_in_charge(
    client: Client, quarter: Quarter
) -> None:
    in_charge(quarter.officer, quarter.activity, quarter.other)
    assert tasks(quarter.officer) == [WRITE]
    begin(Period.objects.get(number=2), quarter.planner)
    first, second = found(quarter.officer)
    assert (first.what, second.what) == (WRITE, WRITE)
    client.force_login(quarter.officer)
    assert client.get(first.url).context["number"] == 2

    draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    assert client.get(first.url).context["number"] == 1
    draft(period=quarter.period, about=quarter.other, by=quarter.officer)
    assert tasks(quarter.officer) == [WRITE]
    draft(
        period=Period.objects.get(number=2),
        about=quarter.activity.initiative,
        by=quarter.officer,
    )
    assert found(quarter.officer) == []


def test_who_is_in_charge_of_the_initiative_writes_what_has_nobody_else(quarter: Quarter) -> None:
    initiative = quarter.activity.initiative
    type(initiative).objects.filter(pk=initiative.pk).update(person=quarter.officer)
    in_charge(quarter.head, quarter.other)
    (task,) = found(quarter.officer)
    assert quarter.activity.title in task.about
    assert quarter.other.title not in task.about
    assert tasks(quarter.head) == [WRITE]


def test_what_had_ended_is_no_task(quarter: Quarter) -> None:
    in_charge(quarter.officer, quarter.other)
    amend(quarter.other, retired_on=date(2021, 3, 1))
    assert found(quarter.officer) == []


def test_closed_and_planned_periods_are_no_tasks(quarter: Quarter) -> None:
    in_charge(quarter.officer, quarter.activity)
    submitted(period=quarter.period, about=quarter.other, by=quarter.officer)
    Period.objects.filter(pk=quarter.period.pk).update(state=Period.State.CLOSED)
    assert found(quarter.officer) == found(quarter.head) == []


@pytest.mark.parametrize("size", [1, 3])
def test_tasks_cost_the_same_for_any_length(
    quarter: Quarter, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(2, size + 1):
        begin(Period.objects.get(number=number), quarter.planner)
    in_charge(quarter.officer, quarter.activity)
    for period in Period.objects.open():
        submitted(period=period, about=quarter.other, by=quarter.head)
    user = User.objects.get(pk=quarter.officer.pk)
    user.has_perm("plans.view_draft")
    with django_assert_num_queries(5):
        assert len(updates_for(user)) == size
