"""Updates: written by the department, approved by another, and then as they are."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking import actions
from plans.tracking.models import Period, Update
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import TEXTS, approved, draft, submitted
from tests.factories.tree import InitiativeFactory
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db


def of(quarter: Quarter, by: User | None = None, **texts: str) -> dict:
    """Return the facts of an update about the quarter's activity, by the officer by default."""
    about = {"period": quarter.period, "about": quarter.activity, "by": by or quarter.officer}
    return about | texts


def test_an_update_is_written_submitted_and_approved(quarter: Quarter) -> None:
    update = draft(**of(quarter))
    update = actions.rewrite(
        update=update, texts={"results": "예시 고친 실적"}, version=0, by=quarter.officer
    )
    update = actions.submit(update=update, version=1, by=quarter.officer)
    (update,) = actions.approve(seen={update.pk: 2}, by=quarter.head)

    update.refresh_from_db()
    assert (update.state, update.results) == (Update.State.APPROVED, "예시 고친 실적")
    assert (update.author, update.decided_by) == (quarter.officer, quarter.head)
    assert update.events.count() == 4


def test_nothing_is_submitted_without_results(quarter: Quarter) -> None:
    update = draft(**of(quarter, results=""))
    with pytest.raises(RefusedError, match="추진실적을 적고"):
        actions.submit(update=update, version=0, by=quarter.officer)
    with pytest.raises(IntegrityError, match="update_submitted_is_whole"), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(state="submitted", submitted_at=timezone.now())


def test_nobody_who_wrote_decides_not_even_in_the_database(quarter: Quarter) -> None:
    head = quarter.head
    update = draft(**of(quarter, by=head))
    update = actions.rewrite(update=update, texts=TEXTS, version=0, by=quarter.officer)
    update = actions.submit(update=update, version=1, by=quarter.officer)
    for writer in (head, quarter.officer):
        with pytest.raises(RefusedError, match="다른 사람이 승인"):
            actions.approve(seen={update.pk: 2}, by=writer)
        with pytest.raises(RefusedError, match="다른 사람이 승인"):
            actions.send_back(update=update, version=2, reason="예시", by=writer)
    decided = {"state": "approved", "decided_by": head, "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match="update_decided_by_another"), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(**decided)
    actions.approve(seen={update.pk: 2}, by=quarter.planner)


def test_only_the_department_and_who_leads_write(quarter: Quarter) -> None:
    stranger = staff(EDITOR, department=DepartmentFactory())
    update = draft(**of(quarter))
    for act in (
        lambda: draft(**of(quarter, by=stranger)),
        lambda: actions.rewrite(update=update, texts=TEXTS, version=0, by=stranger),
        lambda: actions.submit(update=update, version=0, by=stranger),
        lambda: actions.delete_update(update=update, version=0, by=stranger),
    ):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            act()
    waiting = actions.submit(update=update, version=0, by=quarter.officer)
    with pytest.raises(RefusedError, match="권한이 없습니다"):
        actions.take_back(update=waiting, version=1, by=stranger)


@pytest.mark.parametrize("role", [EDITOR, READER, HEAD])
def test_only_the_departments_head_and_who_leads_decide(quarter: Quarter, role: object) -> None:
    department = DepartmentFactory() if role is HEAD else quarter.officer.department
    other = staff(role, department=department)
    update = submitted(**of(quarter))
    with pytest.raises(RefusedError, match="권한이 없습니다"):
        actions.approve(seen={update.pk: 1}, by=other)
    with pytest.raises(RefusedError, match="권한이 없습니다"):
        actions.send_back(update=update, version=1, reason="예시", by=other)


def test_a_returned_update_is_written_again_and_names_no_reason_then(quarter: Quarter) -> None:
    update = submitted(**of(quarter))
    update = actions.send_back(update=update, version=1, reason="예시 까닭", by=quarter.head)
    assert (update.state, update.returned_for) == (Update.State.RETURNED, "예시 까닭")

    update = actions.rewrite(update=update, texts=TEXTS, version=2, by=quarter.officer)
    assert update.state == Update.State.RETURNED
    update = actions.submit(update=update, version=3, by=quarter.officer)
    assert (update.state, update.returned_for, update.decided_by) == ("submitted", "", None)


def test_what_was_approved_stays_unless_it_is_returned(quarter: Quarter) -> None:
    update = approved(**of(quarter), by_another=quarter.head)
    version = update.version
    for act in (
        lambda: actions.rewrite(update=update, texts=TEXTS, version=version, by=quarter.officer),
        lambda: actions.delete_update(update=update, version=version, by=quarter.officer),
        lambda: actions.take_back(update=update, version=version, by=quarter.officer),
        lambda: actions.approve(seen={update.pk: version}, by=quarter.planner),
    ):
        with pytest.raises(RefusedError):
            act()
    row = Update.objects.filter(pk=update.pk)
    for write in (lambda: row.update(results="예시 다른 글"), row.delete):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            write()

    update = actions.send_back(update=update, version=version, reason="예시", by=quarter.head)
    actions.rewrite(update=update, texts=TEXTS, version=version + 1, by=quarter.officer)


def test_many_are_approved_all_or_none(quarter: Quarter) -> None:
    first = submitted(**of(quarter))
    second = submitted(period=quarter.period, about=quarter.other, by=quarter.officer)
    seen = {first.pk: 1, second.pk: 0}
    with pytest.raises(OutdatedError):
        actions.approve(seen=seen, by=quarter.head)
    with pytest.raises(RefusedError, match="지워진"):
        actions.approve(seen={first.pk: 1, 10**9: 1}, by=quarter.head)
    assert Update.objects.waiting().count() == 2

    actions.approve(seen=seen | {second.pk: 1}, by=quarter.head)
    assert Update.objects.waiting().count() == 0


def test_a_form_sent_twice_is_one_draft(quarter: Quarter) -> None:
    token = uuid4()
    facts = {"period": quarter.period, "node": quarter.activity, "texts": TEXTS}
    first, again = (
        actions.begin_update(**facts, by=quarter.officer, token=token) for _time in range(2)
    )
    assert first == again
    with pytest.raises(RefusedError, match="다른 사람이 이 항목의"):
        actions.begin_update(**facts, by=quarter.head)
    with pytest.raises(RefusedError, match="다른 사람이 이 항목의"):
        actions.begin_update(**facts, by=quarter.officer)
    other = facts | {"texts": TEXTS | {"results": "예시 다른 글"}}
    with pytest.raises(RefusedError, match="다른 사람이 이 항목의"):
        actions.begin_update(**other, by=quarter.officer, token=token)
    assert Update.objects.get().results == TEXTS["results"]


def test_what_is_submitted_is_neither_submitted_nor_deleted_nor_written(quarter: Quarter) -> None:
    update = submitted(**of(quarter))
    by = {"update": update, "version": 1, "by": quarter.officer}
    with pytest.raises(RefusedError, match="이미 제출"):
        actions.submit(**by)
    with pytest.raises(RefusedError, match="제출을 거두세요"):
        actions.delete_update(**by)
    with pytest.raises(RefusedError, match="제출을 거두세요"):
        actions.rewrite(**by, texts=TEXTS)
    assert Update.objects.waiting().count() == 1


def test_an_outdated_version_writes_nothing(quarter: Quarter) -> None:
    update = draft(**of(quarter))
    actions.rewrite(update=update, texts={"results": "예시 먼저"}, version=0, by=quarter.head)
    with pytest.raises(OutdatedError):
        actions.rewrite(update=update, texts=TEXTS, version=0, by=quarter.officer)
    update.refresh_from_db()
    assert update.results == "예시 먼저"


def test_an_initiative_is_written_as_one_or_by_activity(quarter: Quarter) -> None:
    whole = {"period": quarter.period, "about": quarter.activity.initiative, "by": quarter.officer}
    update = draft(**of(quarter))
    with pytest.raises(RefusedError, match="따로 쓸 수 없습니다"):
        draft(**whole)

    actions.delete_update(update=update, version=0, by=quarter.officer)
    draft(**whole)
    with pytest.raises(RefusedError, match="따로 쓸 수 없습니다"):
        draft(**of(quarter))


def test_an_update_is_about_its_plans_items_that_had_not_ended(quarter: Quarter) -> None:
    elsewhere = InitiativeFactory()
    with pytest.raises(RefusedError, match="이 계획의 항목이 아닙니다"):
        draft(period=quarter.period, about=elsewhere, by=quarter.planner)
    quarter.activity.retired_on = quarter.period.first_on
    with pytest.raises(RefusedError, match="이미 끝난 항목"):
        draft(**of(quarter))


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_nothing_is_written_while_a_period_is_not_open(quarter: Quarter, state: str) -> None:
    update = submitted(**of(quarter))
    period = quarter.period
    if state == "closed":
        Period.objects.filter(pk=period.pk).update(state="closed")
    else:
        period = Period.objects.get(number=2)
        with pytest.raises(RefusedError, match="쓰는 기간이 아닙니다"):
            draft(period=period, about=quarter.activity, by=quarter.officer)
        return
    acts: list[Callable[[], object]] = [
        lambda: actions.take_back(update=update, version=1, by=quarter.officer),
        lambda: actions.approve(seen={update.pk: 1}, by=quarter.head),
        lambda: actions.send_back(update=update, version=1, reason="예시", by=quarter.head),
        lambda: actions.delete_update(update=update, version=1, by=quarter.officer),
    ]
    for act in acts:
        with pytest.raises(RefusedError, match="쓰는 기간이 아닙니다"):
            act()
    row = Update.objects.filter(pk=update.pk)
    for write in (lambda: row.update(problems="예시"), row.delete):
        with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
            write()
