"""Two people decide on amendments at the same moment, on real connections."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from gwonseon.refusals import RefusedError
from plans.amendments.decide import OvertakenError, apply_amendment, return_amendment
from plans.amendments.models import Amendment
from plans.ledger.actions import add_record
from plans.tree.models import Activity
from plans.tree.writing import publish_plan
from tests.factories.amendments import planners, requested
from tests.factories.ledger import entry, officer_of, recordable
from tests.factories.tree import ActivityFactory, publish
from tests.plans.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


@pytest.fixture
def activity() -> Activity:
    activity = ActivityFactory(title="순찰")
    publish(activity.plan)
    return activity


def test_one_of_two_approvals_of_one_amendment_wins(activity: Activity) -> None:
    author, first = planners()
    second, _nobody = planners()
    for number in range(ROUNDS):
        amendment = requested(activity, author, title=f"순찰 {number}")
        results = together(
            lambda amendment=amendment: apply_amendment(amendment=amendment, by=first),
            lambda amendment=amendment: apply_amendment(amendment=amendment, by=second),
        )
        assert set(map(type, results)) == {RefusedError, Amendment}
        activity.refresh_from_db()
        assert (activity.title, activity.version) == (f"순찰 {number}", number + 2)


def test_an_approval_and_a_return_at_once_end_as_one_of_them(activity: Activity) -> None:
    author, approver = planners()
    other, _nobody = planners()
    for number in range(ROUNDS):
        title = activity.title
        amendment = requested(activity, author, title=f"새 {number}")
        together(
            lambda amendment=amendment: apply_amendment(amendment=amendment, by=approver),
            lambda amendment=amendment: return_amendment(amendment=amendment, note="-", by=other),
        )
        amendment.refresh_from_db()
        activity.refresh_from_db()
        applied = amendment.state == Amendment.State.APPLIED
        assert activity.title == (f"새 {number}" if applied else title)


def test_the_second_amendment_of_one_promise_is_refused(activity: Activity) -> None:
    approver, other = planners()
    for number in range(ROUNDS):
        activity.refresh_from_db()
        pair = [
            requested(activity, planners()[0], title=f"{number}{letter}") for letter in ("가", "나")
        ]
        results = together(
            lambda pair=pair: apply_amendment(amendment=pair[0], by=approver),
            lambda pair=pair: apply_amendment(amendment=pair[1], by=other),
        )
        assert set(map(type, results)) == {OvertakenError, Amendment}


def test_an_end_and_a_record_after_it_are_not_both_confirmed() -> None:
    author, approver = planners()
    for year in range(2021, 2021 - ROUNDS, -1):
        activity = recordable(year)
        amendment = requested(activity, author, retired_on=dt.date(year, 3, 1))
        done = {"activity": activity, "entry": entry(f"{year}-05-03"), "by": officer_of(activity)}
        results = together(
            lambda amendment=amendment: apply_amendment(amendment=amendment, by=approver),
            lambda done=done: add_record(**done, confirm=True),
        )
        assert sorted(isinstance(one, RefusedError) for one in results) == [False, True]


def test_no_direct_change_succeeds_while_a_plan_is_published() -> None:
    activity = ActivityFactory(title="초안")
    plan = activity.plan
    outcome = []

    def rewrite() -> None:
        try:
            Activity.objects.filter(pk=activity.pk).update(title="몰래")
        except IntegrityError as error:
            outcome.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=rewrite)
    with transaction.atomic():
        publish_plan(plan=plan, by=None)
        writer.start()
        writer.join(0.5)
        assert writer.is_alive(), "it waits for the publishing to end"
    writer.join(10)

    assert len(outcome) == 1
    activity.refresh_from_db()
    assert activity.title == "초안"
