"""Actions of the ledger, and what they and the database refuse."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from gwonseon.refusals import RefusedError
from plans.ledger import actions
from plans.ledger.actions import RecordEntry
from plans.ledger.models import Evidence, Finding, Inspection, Record
from plans.ledger.queries import unusual_people
from plans.tree.models import Activity, ActivitySupporter
from tests.factories.amendments import added, amend
from tests.factories.ledger import RecordFactory, entry, officer_of, recordable
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import ActivityFactory
from tests.transactions import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable()


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


def add(activity: Activity, by: User, *, confirm: bool = True, **facts: object) -> Record:
    return actions.add_record(activity=activity, entry=entry(**facts), by=by, confirm=confirm)


def states() -> list[str]:
    return list(Record.objects.order_by("pk").values_list("state", flat=True))


def refused(constraint: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert error.value.__cause__.diag.constraint_name == constraint


def test_a_record_holds_its_entry_and_who_confirmed_it(activity: Activity, officer: User) -> None:
    dong = Dong.objects.first()

    record = add(activity, officer, day="2021-03-02", dong_id=dong.pk, people=12, note="예시 순찰")

    record = Record.objects.get(pk=record.pk)
    assert (record.year, record.happened_on) == (2021, dt.date(2021, 3, 2))
    assert (record.kind, record.dong, record.people, record.note) == (
        "plain",
        dong,
        12,
        "예시 순찰",
    )
    assert (record.state, record.written_by, record.confirmed_by) == ("confirmed", officer, officer)
    assert record.confirmed_on == timezone.localdate()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2020-12-31", "2021년의 날짜를 적으세요"),
        ("2022-01-01", "2021년의 날짜를 적으세요"),
    ],
)
def test_a_day_outside_the_year_is_refused(
    activity: Activity, officer: User, day: str, sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        add(activity, officer, day=day)

    assert states() == []


def test_a_future_day_is_refused() -> None:
    today = timezone.localdate()
    activity = recordable(year=(today + dt.timedelta(days=1)).year)

    with pytest.raises(RefusedError, match="아직 오지 않은 날"):
        add(activity, officer_of(activity), day=str(today + dt.timedelta(days=1)))


def test_a_day_before_the_activity_was_added_is_refused(activity: Activity) -> None:
    new = added(activity.initiative, "activity", "새 활동", on=dt.date(2021, 6, 1))
    planner, sentence = staff(PLANNER), "2021-06-01부터 계획에 든 활동입니다"

    record = add(new, planner, confirm=False, day="2021-06-01")
    with pytest.raises(RefusedError, match=sentence):
        add(new, planner, day="2021-05-31")
    with pytest.raises(RefusedError, match=sentence):
        actions.rewrite_record(record=record, entry=entry("2021-05-01"), version=0, by=planner)

    assert states() == ["draft"]


def test_a_day_after_the_activity_ended_is_refused(activity: Activity, officer: User) -> None:
    amend(activity, retired_on=dt.date(2021, 6, 30))

    add(activity, officer, day="2021-06-30")
    with pytest.raises(RefusedError, match="2021-06-30에 끝난 활동입니다"):
        add(activity, officer, day="2021-07-01")

    assert states() == ["confirmed"]


def test_users_who_may_not_record_are_refused(activity: Activity) -> None:
    supporter = DepartmentFactory()
    ActivitySupporter.objects.create(activity=activity, department=supporter)

    for person in (staff(PLANNER), staff(EDITOR, department=supporter)):
        add(activity, person)
    for person in (staff(READER), staff(EDITOR, department=DepartmentFactory()), staff()):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            add(activity, person)

    assert states() == ["confirmed"] * 2


def test_the_same_form_sent_twice_is_one_record(activity: Activity, officer: User) -> None:
    sent = entry(people=3)

    first = actions.add_record(activity=activity, entry=sent, by=officer, confirm=True)
    second = actions.add_record(activity=activity, entry=sent, by=officer, confirm=True)

    assert first == second
    assert states() == ["confirmed"]


def test_many_days_are_added_whole_or_not_at_all(activity: Activity, officer: User) -> None:
    days = [entry(day) for day in ("2021-03-02", "2021-03-03", "2021-04-01")]
    actions.add_records(activity=activity, entries=days, by=officer, confirm=True)
    wrong = [entry("2021-05-01"), entry("2020-05-01")]

    with pytest.raises(RefusedError):
        actions.add_records(activity=activity, entries=wrong, by=officer, confirm=True)

    assert states() == ["confirmed"] * 3


@pytest.mark.parametrize("count", [1, 30])
def test_adding_costs_a_constant_number_of_queries(
    activity: Activity, officer: User, count: int, django_assert_num_queries: Callable
) -> None:
    officer.get_all_permissions()
    entries = [entry(findings=()) for _ in range(count)]

    # One of them queries the activity's first day.
    with django_assert_num_queries(11):
        actions.add_records(activity=activity, entries=entries, by=officer, confirm=True)


def test_rewriting_a_draft_replaces_all_its_content(activity: Activity, officer: User) -> None:
    draft = add(activity, officer, confirm=False, people=3, note="예시")

    actions.rewrite_record(record=draft, entry=entry("2021-04-01"), version=0, by=officer)

    draft.refresh_from_db()
    assert (draft.happened_on, draft.people, draft.note) == (dt.date(2021, 4, 1), None, "")
    assert draft.version == 1
    with pytest.raises(RefusedError, match="다른 사람이 이 실적을 고쳤습니다"):
        actions.rewrite_record(record=draft, entry=entry(), version=0, by=officer)
    with pytest.raises(RefusedError, match="다른 사람이 이 실적을 고쳤습니다"):
        actions.confirm_record(record=draft, version=0, by=officer)
    actions.confirm_record(record=draft, version=1, by=officer)
    with pytest.raises(RefusedError, match="확정된 실적은 고칠 수 없습니다"):
        actions.rewrite_record(record=draft, entry=entry(), version=1, by=officer)
    with pytest.raises(RefusedError, match="확정된 실적은 고칠 수 없습니다"):
        actions.discard_record(record=draft, version=1, by=officer)


def test_discarding_a_draft_deletes_it(activity: Activity, officer: User) -> None:
    draft = add(activity, officer, confirm=False)

    actions.discard_record(record=draft, version=0, by=officer)

    assert states() == []


def test_a_correction_replaces_the_record_when_confirmed(activity: Activity, officer: User) -> None:
    old = add(activity, officer, people=3)

    new = actions.correct_record(record=old, entry=entry(people=30), by=officer)
    assert states() == ["confirmed", "draft"]
    with pytest.raises(RefusedError, match="이미 정정을 쓰고 있는 실적"):
        actions.correct_record(record=old, entry=entry(people=31), by=officer)
    actions.confirm_record(record=new, version=0, by=officer)

    assert states() == ["corrected", "confirmed"]
    assert Record.objects.get(pk=new.pk).corrects == old
    with pytest.raises(RefusedError, match="이미 정정되었거나 취소된 실적"):
        actions.correct_record(record=old, entry=entry(people=31), by=officer)


def test_a_correction_sent_twice_is_one(activity: Activity, officer: User) -> None:
    old, sent = add(activity, officer, people=3), entry(people=30)

    for _ in range(2):
        actions.correct_record(record=old, entry=sent, by=officer, confirm=True)

    assert states() == ["corrected", "confirmed"]


def test_findings_move_to_the_correction(activity: Activity, officer: User) -> None:
    found = RecordEntry({"happened_on": dt.date(2021, 3, 2)}, findings=[Finding(what="예시 파손")])
    old = actions.add_record(activity=activity, entry=found, by=officer, confirm=True)

    more = RecordEntry({"happened_on": dt.date(2021, 3, 3)}, findings=[Finding(what="예시 누수")])
    new = actions.correct_record(record=old, entry=more, by=officer, confirm=True)

    assert {one.what for one in new.findings.all()} == {"예시 파손", "예시 누수"}
    assert Finding.objects.open().count() == 2


def test_a_record_is_voided_with_a_reason(activity: Activity, officer: User) -> None:
    record = add(activity, officer, people=3)

    void = actions.void_record(record=record, reason="예시: 두 번 적음", by=officer)

    assert states() == ["corrected", "void"]
    assert (void.corrects, void.note, void.people) == (record, "예시: 두 번 적음", None)
    assert not Record.objects.confirmed().exists()


def test_the_database_refuses_changes_of_confirmed_records(
    activity: Activity, officer: User
) -> None:
    record = add(activity, officer, people=3)
    rows = Record.objects.filter(pk=record.pk)

    for change in ({"people": 4}, {"quantity": 1}, {"state": "corrected"}, {"note": "새"}):
        refused("confirmed_record_stays", lambda change=change: rows.update(**change))
    refused("confirmed_record_stays", rows.delete)
    refused(
        "confirmed_record_stays",
        Evidence.of("예시.jpg", Evidence.Type.PHOTO, b"x", record=record).save,
    )
    assert states() == ["confirmed"]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"year": 2022, "happened_on": dt.date(2021, 3, 2)}, "record_happened_in_its_year"),
        ({"happened_on": dt.date(2022, 3, 2)}, "record_happened_in_its_year"),
        (
            {"year": 2022, "happened_on": dt.date(2022, 3, 2)},
            "record_fits_its_activity",
        ),
        ({"kind": "patrol"}, "record_fits_its_activity"),
        ({"quantity": -1}, "record_quantity_not_negative"),
        ({"people": -1}, "plans_record_people_check"),
        ({"state": "confirmed"}, "record_confirmed_by_somebody"),
        (
            {"confirmed": True, "confirmed_on": dt.date(2021, 3, 1)},
            "record_confirmed_after_it_happened",
        ),
        ({"confirmed": True, "state": "void"}, "record_void_replaces_one_and_has_a_note"),
    ],
)
def test_the_database_refuses_invalid_records(facts: dict, constraint: str) -> None:
    refused(constraint, lambda: RecordFactory(**facts))


def test_a_draft_plan_has_no_records() -> None:
    refused("record_fits_its_activity", lambda: RecordFactory(activity=ActivityFactory()))


def test_a_correction_is_of_the_same_activity(activity: Activity) -> None:
    other = RecordFactory(activity=recordable(year=2022), confirmed=True)

    refused(
        "record_fits_its_activity",
        lambda: RecordFactory(activity=activity, corrects=other, confirmed=True),
    )


@pytest.mark.parametrize("change", [{"record_kind": "patrol"}])
def test_an_activity_with_records_keeps_its_measure(
    activity: Activity, officer: User, change: dict
) -> None:
    Activity.objects.filter(pk=activity.pk).update(record_kind="other")
    Activity.objects.filter(pk=activity.pk).update(record_kind="plain")
    add(activity, officer)

    refused(
        "counted_activity_keeps_its_measure",
        lambda: Activity.objects.filter(pk=activity.pk).update(**change),
    )


def test_records_are_visible_by_role_and_department(activity: Activity, officer: User) -> None:
    confirmed, draft = add(activity, officer), add(activity, officer, confirm=False)

    for person in (officer, staff(READER), staff(HEAD, department=DepartmentFactory())):
        assert set(Record.objects.visible_to(person)) == {confirmed, draft}
    assert set(Record.objects.visible_to(staff())) == {confirmed}


def test_an_unusual_number_of_people_is_detected(activity: Activity, officer: User) -> None:
    add(activity, officer, people=100)

    assert unusual_people(activity, 999) is None
    assert unusual_people(activity, 1000) is None
    assert unusual_people(activity, 1001) == 100
    assert unusual_people(recordable(year=2022), 10_000) == 0


def test_a_bulk_statement_is_checked_row_by_row(activity: Activity, officer: User) -> None:
    other = recordable(year=2022)
    wrong = RecordFactory.build(activity=other, written_by=officer, year=2021)

    refused(
        "record_fits_its_activity",
        lambda: Record.objects.bulk_create(
            [RecordFactory.build(activity=activity, written_by=officer), wrong]
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM plans_record")
        assert cursor.fetchone() == (0,)


def test_only_who_records_for_the_activity_goes_on_with_its_records(
    activity: Activity, officer: User
) -> None:
    draft = add(activity, officer, confirm=False)
    record = add(activity, officer, day="2021-03-03")
    reader = staff(READER, department=activity.department)
    stranger = staff(EDITOR, department=DepartmentFactory())
    writes: list[Callable[[User], object]] = [
        lambda by: actions.rewrite_record(record=draft, entry=entry(), version=0, by=by),
        lambda by: actions.confirm_record(record=draft, version=0, by=by),
        lambda by: actions.discard_record(record=draft, version=0, by=by),
        lambda by: actions.correct_record(record=record, entry=entry(), by=by),
        lambda by: actions.void_record(record=record, reason="예시", by=by),
    ]

    for write in writes:
        for other in (reader, stranger):
            with pytest.raises(RefusedError, match="권한이 없습니다"), undone():
                write(other)
    assert states() == ["draft", "confirmed"]


def test_a_draft_that_is_written_anew_leaves_what_belongs_to_others() -> None:
    activity = recordable(year=2022, record_kind="inspection")
    officer = officer_of(activity)

    def inspected(outcome: str) -> RecordEntry:
        typed = entry("2022-03-02")
        typed.detail = Inspection(outcome=outcome, failed=["배수로"])
        typed.findings = [Finding(what="예시 고칠 것")]
        return typed

    draft, other = (
        actions.add_record(activity=activity, entry=inspected("repair"), by=officer)
        for _ in range(2)
    )
    actions.rewrite_record(record=draft, entry=inspected("fixed"), version=0, by=officer)

    assert Inspection.objects.get(record=draft).outcome == "fixed"
    assert Inspection.objects.get(record=other).outcome == "repair"
    assert (draft.findings.count(), other.findings.count()) == (1, 1)
