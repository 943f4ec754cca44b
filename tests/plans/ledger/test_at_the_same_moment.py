"""Two people write the same records at the same moment, on real connections."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import Sum

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.findings.actions import close_finding
from plans.ledger.actions import (
    add_record,
    confirm_record,
    correct_record,
    discard_record,
    rewrite_record,
    void_record,
)
from plans.ledger.models import Finding, Record
from plans.tree.choices import Measure
from plans.tree.models import Activity
from tests.factories.amendments import amend
from tests.factories.ledger import entry, officer_of, recordable
from tests.plans.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5
DAY = "2021-03-02"


@pytest.fixture
def activity() -> Activity:
    return recordable(measure=Measure.PEOPLE, unit="명")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


def refusals(results: list[object]) -> int:
    return sum(isinstance(one, RefusedError) for one in results)


def counted() -> int:
    return Record.objects.confirmed().aggregate(sum=Sum("people"))["sum"] or 0


def test_the_same_form_twice_at_once_is_one_record(activity: Activity, officer: User) -> None:
    for _round in range(ROUNDS):
        sent, before = entry(DAY, people=3), Record.objects.count()
        first, second = together(
            *[lambda sent=sent: add_record(activity=activity, entry=sent, by=officer)] * 2
        )
        assert first == second
        assert Record.objects.count() == before + 1


WRITES: list[Callable[[Record, User], object]] = [
    lambda record, by: correct_record(record=record, entry=entry(people=5), by=by, confirm=True),
    lambda record, by: correct_record(record=record, entry=entry(people=5), by=by),
    lambda record, by: void_record(record=record, reason="두 번 적음", by=by),
]


@pytest.mark.parametrize("first", range(len(WRITES)))
@pytest.mark.parametrize("second", range(len(WRITES)))
def test_a_record_is_replaced_once(
    activity: Activity, officer: User, first: int, second: int
) -> None:
    record = add_record(activity=activity, entry=entry(DAY, people=2), by=officer, confirm=True)
    results = together(
        lambda: WRITES[first](record, officer), lambda: WRITES[second](record, officer)
    )
    assert refusals(results) == 1
    assert Record.objects.filter(corrects=record).count() == 1
    assert counted() in {0, 2, 5}


def test_a_draft_is_either_confirmed_or_rewritten(activity: Activity, officer: User) -> None:
    for _round in range(ROUNDS):
        record = add_record(activity=activity, entry=entry(DAY, people=2), by=officer)
        Record.objects.filter(pk=record.pk).update(version=0)
        results = together(
            lambda one=record: confirm_record(record=one, version=0, by=officer),
            lambda one=record: rewrite_record(
                record=one, entry=entry(DAY, people=9), version=0, by=officer
            ),
        )
        record.refresh_from_db()
        assert refusals(results) == 1
        assert (record.state, record.people) in {("confirmed", 2), ("draft", 9)}


def test_a_draft_is_either_discarded_or_confirmed(activity: Activity, officer: User) -> None:
    for _round in range(ROUNDS):
        before = counted()
        record = add_record(activity=activity, entry=entry(DAY, people=2), by=officer)
        results = together(
            lambda one=record: confirm_record(record=one, version=0, by=officer),
            lambda one=record: discard_record(record=one, version=0, by=officer),
        )
        there = Record.objects.filter(pk=record.pk).exists()
        assert refusals(results) == 1
        assert counted() == (before + 2 if there else before)


def test_a_finding_is_put_right_once(activity: Activity, officer: User) -> None:
    found = entry(DAY)
    found.findings = [Finding(what="예시 고장")]
    add_record(activity=activity, entry=found, by=officer, confirm=True)
    finding = Finding.objects.get()
    results = together(
        *[
            lambda note=note: close_finding(
                finding=finding, day=date(2021, 3, 5), note=note, by=officer
            )
            for note in ("하나", "둘")
        ]
    )
    assert refusals(results) == 1
    assert Finding.objects.get().done_note in {"하나", "둘"}


def test_either_a_record_counts_or_the_measure_changes() -> None:
    """Either the first record counts, or the measure changes and nothing is confirmed yet."""
    for year in range(2021, 2021 + ROUNDS):
        activity = recordable(year=year, measure=Measure.PEOPLE, unit="명")
        officer = officer_of(activity)
        sent = entry(f"{year}-03-02", people=2)
        recorded, changed = together(
            lambda activity=activity, officer=officer, sent=sent: add_record(
                activity=activity, entry=sent, by=officer, confirm=True
            ),
            lambda activity=activity: amend(activity, measure=Measure.RECORDS),
        )
        activity.refresh_from_db()
        if activity.measure == Measure.PEOPLE:
            assert isinstance(recorded, Record)
            assert isinstance(changed, RefusedError)


def test_a_form_that_wrote_another_record_is_refused(activity: Activity, officer: User) -> None:
    sent = entry(DAY, people=3)
    record = add_record(activity=activity, entry=sent, by=officer)
    with pytest.raises(RefusedError, match="이미 다른 실적을 쓴 양식"):
        add_record(activity=activity, entry=sent, by=officer_of(activity))
    done = add_record(activity=activity, entry=entry(DAY, people=1), by=officer, confirm=True)
    with pytest.raises(RefusedError, match="이미 다른 실적을 쓴 양식"):
        correct_record(record=done, entry=sent, by=officer)
    assert list(Record.objects.order_by("pk")) == [record, done]
