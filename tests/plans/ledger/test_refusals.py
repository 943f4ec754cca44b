"""What the ledger's actions refuse with a sentence, before the database refuses it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger import actions
from plans.ledger.actions import RecordEntry
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record
from plans.ledger.queries import unusual_people
from plans.tree.models import Activity
from tests.factories.amendments import amend
from tests.factories.ledger import RecordFactory, entry, officer_of, recordable


@pytest.fixture
def draft(activity: Activity, officer: User) -> Record:
    return RecordFactory(activity=activity, written_by=officer)


@pytest.fixture
def done(activity: Activity, officer: User) -> Record:
    return RecordFactory(activity=activity, written_by=officer, confirmed=True)


def test_today_can_be_recorded(db: None) -> None:
    today = timezone.localdate()
    activity = recordable(year=today.year)

    record = actions.add_record(activity=activity, entry=entry(str(today)), by=officer_of(activity))

    assert record.happened_on == today


@pytest.mark.parametrize("day", ["2020-12-31", "2022-01-01"])
def test_a_draft_and_a_correction_cannot_move_to_another_year(
    draft: Record, done: Record, officer: User, day: str
) -> None:
    with pytest.raises(RefusedError, match="2021년의 날짜를 적으세요"):
        actions.rewrite_record(record=draft, entry=entry(day), version=0, by=officer)
    with pytest.raises(RefusedError, match="2021년의 날짜를 적으세요"):
        actions.correct_record(record=done, entry=entry(day), by=officer)

    assert set(Record.objects.values_list("happened_on", flat=True)) == {dt.date(2021, 3, 2)}


def test_a_draft_after_the_end_of_its_activity_is_not_confirmed(
    activity: Activity, draft: Record, officer: User
) -> None:
    amend(activity, retired_on=dt.date(2021, 2, 28))

    with pytest.raises(RefusedError, match="2021-02-28에 끝난 활동입니다"):
        actions.confirm_record(record=draft, version=0, by=officer)

    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(
    "write",
    [
        lambda one, by: actions.rewrite_record(record=one, entry=entry(), version=0, by=by),
        lambda one, by: actions.confirm_record(record=one, version=0, by=by),
        lambda one, by: actions.discard_record(record=one, version=0, by=by),
        lambda one, by: actions.correct_record(record=one, entry=entry(), by=by),
        lambda one, by: actions.void_record(record=one, reason="예시", by=by),
    ],
)
def test_a_record_deleted_meanwhile_cannot_be_written(
    draft: Record, officer: User, write: Callable[[Record, User], object]
) -> None:
    Record.objects.filter(pk=draft.pk).delete()

    with pytest.raises(RefusedError, match="그 사이에 지워진 실적입니다"):
        write(draft, officer)


@pytest.mark.parametrize(
    "write",
    [
        lambda one, by: actions.correct_record(record=one, entry=entry(), by=by),
        lambda one, by: actions.void_record(record=one, reason="예시", by=by),
    ],
)
def test_only_confirmed_records_can_be_replaced(
    draft: Record, officer: User, write: Callable[[Record, User], object]
) -> None:
    with pytest.raises(RefusedError, match="이미 정정되었거나 취소된 실적"):
        write(draft, officer)

    assert Record.objects.get().is_draft


def test_a_record_with_a_draft_correction_cannot_be_voided(done: Record, officer: User) -> None:
    actions.correct_record(record=done, entry=entry(), by=officer)

    with pytest.raises(RefusedError, match="이미 정정을 쓰고 있는 실적"):
        actions.void_record(record=done, reason="예시", by=officer)


def test_the_form_of_another_record_corrects_nothing(
    draft: Record, done: Record, officer: User
) -> None:
    used = RecordEntry({"happened_on": dt.date(2021, 3, 2)}, token=draft.token)

    with pytest.raises(RefusedError, match="이미 다른 실적을 쓴 양식"):
        actions.correct_record(record=done, entry=used, by=officer)

    assert not Record.objects.filter(corrects=done).exists()


def test_one_form_cannot_record_for_two_activities(activity: Activity, officer: User) -> None:
    other, sent = recordable(year=2022, department=activity.department), entry()
    actions.add_record(activity=activity, entry=sent, by=officer)

    with pytest.raises(RefusedError, match="이미 다른 실적을 쓴 양식"):
        actions.add_record(activity=other, entry=sent, by=officer)


def test_an_unusual_number_is_compared_with_confirmed_records_only(
    activity: Activity, draft: Record
) -> None:
    many = kind_of(activity.record_kind).many_people
    Record.objects.filter(pk=draft.pk).update(people=many)

    assert unusual_people(activity, many - 1) is None
    assert unusual_people(activity, many) == 0
