"""A period closes while somebody else acts: both people are heard as if one came first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from plans.ledger.actions import confirm_record, void_record
from plans.ledger.models import Record
from plans.tracking import actions
from plans.tracking.closing.actions import decide_reopening, request_reopening
from plans.tracking.closing.models import Closing, Reopening, Snapshot
from plans.tracking.models import Period, Update
from tests.factories.ledger import RecordFactory
from tests.factories.office import staff
from tests.factories.tracking import closed, draft, reopened, submitted
from tests.plans.editing.forms import typed
from tests.plans.together import together, while_uncommitted
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db(transaction=True)

# More than a closing makes.
MOST_QUERIES = 60


def close(quarter: Quarter, number: int = 1, by: User | None = None) -> Closing:
    """Close a quarter, opened if it is not."""
    return closed(quarter.period.plan, number, by=by or quarter.planner)


def drafted(quarter: Quarter, day: str = "2021-02-01") -> Record:
    return RecordFactory(
        activity=quarter.activity,
        happened_on=date.fromisoformat(day),
        written_by=quarter.officer,
    )


def frozen(closing: Closing, quarter: Quarter) -> dict[str, Decimal]:
    """Return the frozen numbers of the quarter's activity."""
    data = Snapshot.objects.get(closing=closing, activity=quarter.activity).data
    return {name: Decimal(data[name]) for name in ("counted", "amount", "late")}


def test_two_people_close_at_once(quarter: Quarter) -> None:
    other = staff(PLANNER)
    answers = together(lambda: close(quarter), lambda: close(quarter, by=other))
    assert sum(isinstance(one, RefusedError) for one in answers) == 1
    assert Closing.objects.count() == 1
    assert Snapshot.objects.count() == 2


def test_two_people_press_close_at_once(quarter: Quarter) -> None:
    """Both see the period's page afterwards: one that it is closed, the other a sentence."""
    url = reverse("closing:closing", args=[quarter.period.pk])
    desks = [Client(), Client()]
    for desk, user in zip(desks, (quarter.planner, staff(PLANNER)), strict=True):
        desk.force_login(user)
    sent = typed(desks[0], url, confirmed="on")
    answers = together(*(lambda desk=desk: desk.post(url, sent) for desk in desks))
    assert [one.status_code for one in answers] == [302, 302]
    pages = [desk.get(url).content.decode() for desk in desks]
    assert sum("마감했습니다. 주민이" in page for page in pages) == 1
    assert sum("다른 사람이 고쳤습니다" in page for page in pages) == 1
    assert Closing.objects.count() == 1


def test_two_people_decide_on_a_reopening_at_once(quarter: Quarter) -> None:
    request = request_reopening(closing=close(quarter), reason="예시", by=quarter.planner)
    answers = together(
        *(
            lambda by=by, is_approved=is_approved: decide_reopening(
                request=request, is_approved=is_approved, by=by
            )
            for by, is_approved in ((staff(PLANNER), True), (staff(PLANNER), False))
        )
    )
    assert sum(isinstance(one, RefusedError) for one in answers) == 1
    assert Period.objects.get(number=1).is_open == Reopening.objects.get().is_approved


def test_an_update_approved_while_its_period_closes_is_in_or_out(quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    answers = together(
        lambda: close(quarter), lambda: actions.approve(seen={update.pk: 1}, by=quarter.head)
    )
    update.refresh_from_db()
    data = Snapshot.objects.get(activity=quarter.activity).data
    is_in = not isinstance(answers[1], RefusedError)
    assert bool(data["update"]) == is_in
    assert update.state == (Update.State.CONFIRMED if is_in else Update.State.SUBMITTED)


def test_nobody_begins_an_update_while_the_period_closes(quarter: Quarter) -> None:
    answer = while_uncommitted(
        lambda: close(quarter),
        lambda: draft(period=quarter.period, about=quarter.activity, by=quarter.officer),
    )
    assert isinstance(answer, RefusedError)
    assert not Update.objects.exists()


@contextmanager
def before_query(number: int, act: Callable[[], object]) -> Iterator[list[int]]:
    """Have somebody else act on another connection before a query of this one.

    Yields a list of the queries so far.
    """
    made: list[int] = []

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    def watch(execute: Callable[..., Any], *given: Any) -> Any:
        made.append(len(made))
        if len(made) == number:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
        return execute(*given)

    with connection.execute_wrapper(watch):
        yield made


def test_a_record_confirmed_while_its_period_closes_counts_once(quarter: Quarter) -> None:
    """Whenever it is confirmed, it is in the first period or, as a late one, in the second."""
    kept, moments, ins = drafted(quarter), 0, set()
    for number in range(1, MOST_QUERIES):
        record = drafted(quarter)
        with before_query(number, lambda record=record: confirm(record, quarter)) as made:
            first = close(quarter)
        second = close(quarter, 2)
        before, after = frozen(first, quarter), frozen(second, quarter)
        assert before["late"] == 0
        assert before["counted"] == before["amount"]
        assert before["amount"] + after["amount"] == after["counted"]
        assert after["amount"] == after["late"]
        reopened(second)
        reopened(first)
        if len(made) < number:
            break
        assert after["counted"] == Record.objects.confirmed().count()
        ins.add(int(after["amount"]))
        moments += 1
    assert kept.is_draft
    assert moments > 15
    assert ins == {0, 1}


def confirm(record: Record, quarter: Quarter) -> None:
    confirm_record(record=record, version=record.version, by=quarter.officer)


def test_a_late_record_confirmed_while_the_next_period_closes_is_in_or_out(
    quarter: Quarter,
) -> None:
    """What is named as late is part of what is counted, at every moment."""
    close(quarter)
    for number in range(1, MOST_QUERIES):
        record = drafted(quarter)
        with before_query(number, lambda record=record: confirm(record, quarter)) as made:
            second = close(quarter, 2)
        found = frozen(second, quarter)
        assert found["amount"] == found["late"], number
        reopened(second)
        if len(made) < number:
            break


def test_a_record_made_void_while_the_next_period_closes_is_in_or_out(quarter: Quarter) -> None:
    records = [drafted(quarter) for _number in range(1, MOST_QUERIES)]
    for record in records:
        confirm(record, quarter)
        record.refresh_from_db()
    close(quarter)

    def make_void(record: Record) -> None:
        void_record(record=record, reason="예시", by=quarter.officer)

    for number, record in enumerate(records, 1):
        with before_query(number, lambda record=record: make_void(record)) as made:
            second = close(quarter, 2)
        found = frozen(second, quarter)
        assert found["amount"] == found["late"], number
        reopened(second)
        if len(made) < number:
            break
