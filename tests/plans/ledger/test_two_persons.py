"""Kinds that need two persons: no author of a record can confirm it, in any way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR
from gwonseon.refusals import RefusedError
from plans.ledger import actions
from plans.ledger.access import may_confirm
from plans.ledger.kinds import RecordKind, kinds, register_kind
from plans.ledger.models import Record
from plans.ledger.two_person_kinds import TwoPersonKind, set_up_two_person_kinds
from plans.ledger.versions.models import RecordVersion
from plans.tree.measures import record_kinds
from plans.tree.models import Activity, ActivitySupporter
from plans.workspace.waiting import waiting_for
from tests.factories.ledger import RecordFactory, entry, officer_of, recordable
from tests.factories.office import DepartmentFactory, staff
from tests.plans.ledger.forms import page_of
from tests.plans.together import together

pytestmark = pytest.mark.django_db

ONE_PERSON = "record_confirmed_by_another"


@pytest.fixture
def activity() -> Activity:
    return recordable(record_kind="audit")


@pytest.fixture
def first(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def second(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def draft(activity: Activity, first: User) -> Record:
    return actions.add_record(activity=activity, entry=entry(), by=first)


@pytest.fixture
def audit(draft: Record, second: User) -> Record:
    """Return a confirmed audit: the first user wrote it, the second confirmed it."""
    return actions.confirm_record(record=draft, version=0, by=second)


def refused(constraint: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
        connection.check_constraints()
    assert error.value.__cause__.diag.constraint_name == constraint


def confirmation(by: User) -> dict[str, Any]:
    """Return the column values of a row that a user confirmed."""
    now = timezone.now()
    return {
        "state": "confirmed",
        "confirmed_by": by,
        "confirmed_at": now,
        "confirmed_on": timezone.localdate(),
    }


def test_an_author_of_a_later_version_cannot_confirm(
    draft: Record, first: User, second: User
) -> None:
    draft = actions.rewrite_record(record=draft, entry=entry("2021-03-05"), version=0, by=second)

    for author in (first, second):
        assert not may_confirm(author, draft)
        with pytest.raises(RefusedError, match="다른 사람이 확정해야"):
            actions.confirm_record(record=draft, version=1, by=author)
    third = officer_of(draft.activity)
    actions.confirm_record(record=draft, version=1, by=third)

    assert [one.by for one in draft.versions.all()] == [first, second]


def test_nobody_rewrites_and_confirms_in_one_step(draft: Record, second: User) -> None:
    with pytest.raises(RefusedError, match="다른 사람이 확정해야"):
        actions.rewrite_record(record=draft, entry=entry(), version=0, by=second, confirm=True)

    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.versions.count()) == ("draft", 0, 1)


def test_a_draft_is_no_task_of_its_authors(draft: Record, first: User, second: User) -> None:
    third = officer_of(draft.activity)
    actions.rewrite_record(record=draft, entry=entry(), version=0, by=second)

    assert [len(waiting_for(person)) for person in (first, second, third)] == [0, 0, 1]


def test_voiding_an_audit_needs_two_persons(audit: Record, first: User, second: User) -> None:
    void = actions.void_record(record=audit, reason="예시: 두 번 적음", by=first)
    audit.refresh_from_db()
    assert (void.state, void.strikes_out, audit.state) == ("draft", True, "confirmed")
    with pytest.raises(RefusedError, match="다른 사람이 확정해야"):
        actions.confirm_record(record=void, version=0, by=first)

    actions.confirm_record(record=void, version=0, by=second)

    audit.refresh_from_db()
    void.refresh_from_db()
    assert (audit.state, void.state, void.confirmed_by) == ("corrected", "void", second)


def test_what_replaces_a_record_keeps_its_first_words_and_who_wrote_them(
    audit: Record, first: User, second: User
) -> None:
    correction = actions.correct_record(record=audit, entry=entry("2021-03-05"), by=second)
    kept = correction.versions.get()
    assert (kept.number, kept.by, kept.token) == (0, second, correction.token)
    assert kept.said["facts"]["happened_on"] == "2021-03-05"
    actions.discard_record(record=correction, version=0, by=second)

    void = actions.void_record(record=audit, reason="예시: 두 번 적음", by=first)
    kept = void.versions.get()
    assert (kept.number, kept.by, kept.token) == (0, first, void.token)
    assert kept.said["facts"]["note"] == "예시: 두 번 적음"


def test_a_supporting_department_cannot_void_or_correct_alone(audit: Record) -> None:
    department = DepartmentFactory()
    ActivitySupporter.objects.create(activity=audit.activity, department=department)
    helper = staff(EDITOR, department=department)

    with pytest.raises(RefusedError, match="다른 사람이 확정해야"):
        actions.correct_record(record=audit, entry=entry(), by=helper, confirm=True)
    void = actions.void_record(record=audit, reason="예시", by=helper)
    with pytest.raises(RefusedError, match="다른 사람이 확정해야"):
        actions.confirm_record(record=void, version=0, by=helper)

    assert Record.objects.confirmed().get() == audit


def test_a_void_request_can_be_discarded_but_not_edited(audit: Record, first: User) -> None:
    void = actions.void_record(record=audit, reason="예시", by=first)
    with pytest.raises(RefusedError, match="취소 요청은 고치지 않습니다"):
        actions.rewrite_record(record=void, entry=entry(), version=0, by=first)
    for write in (
        lambda: actions.void_record(record=audit, reason="예시", by=first),
        lambda: actions.correct_record(record=audit, entry=entry(), by=first),
    ):
        with pytest.raises(RefusedError, match="취소를 기다리는 실적"):
            write()

    actions.discard_record(record=void, version=0, by=first)
    assert actions.void_record(record=audit, reason="다시", by=first).is_draft


def test_a_void_request_is_shown_as_a_void_request(
    client: Client, audit: Record, first: User, second: User
) -> None:
    client.force_login(first)
    answer = client.post(page_of(audit, "void"), {"reason": "예시 까닭"}, follow=True)
    assert "취소를 요청했습니다." in answer.text
    assert "취소 대기" in client.get(page_of(audit)).text
    void = Record.objects.get(strikes_out=True)
    page = client.get(page_of(void)).text
    assert "예시 까닭" in page
    assert "취소 확정" not in page
    assert "취소 대기" in client.get("/staff/records/").text
    assert client.get(page_of(void, "edit"), follow=True).redirect_chain

    client.force_login(second)
    assert "취소 확정" in client.get(page_of(void)).text
    assert [task.what for task in waiting_for(second)] == ["남이 요청한 취소 확정하기"]
    answer = client.post(page_of(void, "confirm"), {"version": 0}, follow=True)
    assert "취소했습니다. 진행에서 빠집니다." in answer.text
    assert not Record.objects.confirmed().exists()


def test_the_database_refuses_confirmation_by_an_author(
    activity: Activity, draft: Record, first: User, second: User
) -> None:
    rows = Record.objects.filter(pk=draft.pk)
    refused(ONE_PERSON, lambda: RecordFactory(activity=activity, confirmed=True))
    refused(
        ONE_PERSON,
        lambda: Record.objects.bulk_create(
            [
                RecordFactory.build(activity=activity, written_by=first, **confirmation(second)),
                RecordFactory.build(activity=activity, written_by=first, **confirmation(first)),
            ]
        ),
    )
    refused(ONE_PERSON, lambda: rows.update(**confirmation(first)))
    actions.rewrite_record(record=draft, entry=entry(), version=0, by=second)
    refused(ONE_PERSON, lambda: rows.update(**confirmation(second)))
    refused(ONE_PERSON, lambda: rows.update(written_by=first, **confirmation(second)))

    rows.update(**confirmation(officer_of(activity)))
    assert Record.objects.confirmed().count() == 1


def test_the_writer_of_a_record_cannot_change(draft: Record, second: User) -> None:
    rows = Record.objects.filter(pk=draft.pk)
    refused("record_keeps_its_writer", lambda: rows.update(written_by=second))


def test_the_database_refuses_voiding_by_one_person(audit: Record, first: User) -> None:
    void = {"corrects": audit, "strikes_out": True, "note": "예시", "written_by": first}
    facts = void | confirmation(first) | {"state": "void"}
    refused(ONE_PERSON, lambda: RecordFactory(activity=audit.activity, **facts))


@pytest.fixture
def later_kind(monkeypatch: pytest.MonkeyPatch) -> RecordKind:
    """Register a new kind that needs another person."""
    kind = RecordKind("later-kind", "나중 양식", confirmed_by_another=True)
    for registry in (kinds, record_kinds):
        monkeypatch.setattr(registry, "_entries", [*registry])
    register_kind(kind)
    return kind


def test_a_kind_added_later_is_enforced_too(later_kind: RecordKind) -> None:
    set_up_two_person_kinds()
    activity = recordable(record_kind=later_kind.code)

    refused(ONE_PERSON, lambda: RecordFactory(activity=activity, confirmed=True))


def test_a_two_person_kind_stays_enforced(activity: Activity) -> None:
    stays = "plans_twopersonkind_stays"
    refused(stays, lambda: TwoPersonKind.objects.all().delete())
    refused(stays, lambda: TwoPersonKind.objects.update(code="other"))
    set_up_two_person_kinds()
    assert list(TwoPersonKind.objects.values_list("code", flat=True)) == ["audit"]


def test_versions_cannot_change(draft: Record, audit: Record, second: User) -> None:
    versions = RecordVersion.objects.filter(record=audit)
    refused("plans_recordversion_stays", lambda: versions.update(said={}))
    refused("plans_recordversion_stays", versions.delete)
    refused(
        "confirmed_record_stays",
        lambda: RecordVersion.objects.create(record=audit, number=1, by=second, said={}),
    )


def test_a_version_is_deleted_only_with_its_draft(draft: Record, first: User) -> None:
    refused("plans_recordversion_stays", draft.versions.all().delete)
    actions.discard_record(record=draft, version=0, by=first)
    connection.check_constraints()
    assert not RecordVersion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_rewrites_and_confirms_at_the_same_moment(draft: Record, second: User) -> None:
    """If one user does both in two windows, one of the two actions is refused."""
    results = together(
        lambda: actions.rewrite_record(
            record=draft, entry=entry("2021-03-05"), version=0, by=second
        ),
        lambda: actions.confirm_record(record=draft, version=0, by=second),
    )

    draft.refresh_from_db()
    authors = {one.by for one in draft.versions.all()}
    assert sum(isinstance(one, RefusedError) for one in results) == 1
    assert draft.confirmed_by not in authors


@pytest.mark.django_db(transaction=True)
def test_a_version_cannot_be_added_during_its_authors_confirmation(
    draft: Record, second: User
) -> None:
    """Also in plain SQL: a version and its author's confirmation cannot both be saved."""

    def write() -> None:
        with transaction.atomic():
            RecordVersion.objects.create(record=draft, number=1, by=second, said={})

    def confirm() -> None:
        Record.objects.filter(pk=draft.pk).update(**confirmation(second))

    def tried(write: Callable[[], None]) -> Callable[[], object]:
        def run() -> object:
            try:
                return write()
            except IntegrityError as error:
                return error

        return run

    results = together(tried(write), tried(confirm))

    assert sum(isinstance(one, IntegrityError) for one in results) == 1
