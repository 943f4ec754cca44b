"""Exports: asked for once, made once, by whoever finds them; cancelled and forgotten."""

from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from gwonseon.office.roles import READER
from gwonseon.refusals import RefusedError
from plans.reports.exports import actions
from plans.reports.exports.models import KEPT, ROW_KEPT, Export
from plans.reports.requests import Format, ReportKind, ReportRequest
from plans.tree.models import Plan
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def plan() -> Plan:
    activity = ActivityFactory(initiative__goal__pillar__plan__year=2021)
    return publish(activity.plan)


def asked(plan: Plan, **facts: object) -> Export:
    """Return an export of the amendments of a plan, which needs no period."""
    values = {"kind": ReportKind.AMENDMENTS, "on": date(2021, 12, 31)}
    request = ReportRequest(plan=plan, **values | facts)
    return actions.ask(request=request, format=Format.CSV, token=uuid4(), by=staff(READER))


def test_a_quick_report_is_made_at_once_with_its_digest(plan: Plan) -> None:
    export = actions.make_now(asked(plan))

    with export.file.open() as file:
        content = file.read()
    assert export.is_ready
    assert export.digest == sha256(content).hexdigest()
    assert export.size == len(content)
    assert (export.progress, export.attempts, export.lease_until) == (100, 1, None)


def test_the_same_form_sent_twice_is_one_export(plan: Plan) -> None:
    request = ReportRequest(ReportKind.AMENDMENTS, plan, on=date(2021, 12, 31))
    token, reader = uuid4(), staff(READER)
    found = [
        actions.ask(request=request, format=Format.CSV, token=token, by=reader) for _one in "ab"
    ]

    assert found[0] == found[1]
    with pytest.raises(RefusedError):
        actions.ask(request=request, format=Format.CSV, token=token, by=staff(READER))


def test_a_pack_of_evidence_waits_for_a_worker_who_makes_it_once(plan: Plan) -> None:
    export = actions.make_now(asked(plan, kind=ReportKind.PLAN))
    waiting = asked(plan, kind=ReportKind.EVIDENCE)

    assert actions.make_now(waiting).state == Export.State.WAITING
    assert actions.make_next(timezone.now())
    assert not actions.make_next(timezone.now())
    waiting.refresh_from_db()
    assert waiting.state == Export.State.FAILED
    assert (
        waiting.failure == "그날이 든 보고 기간이 없습니다. 기획에 보고 기간을 정해 달라고 하세요."
    )
    assert export.is_ready


def test_a_report_with_many_rows_is_left_to_a_worker(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_ROWS_AT_ONCE", 0)
    export = actions.make_now(asked(plan, kind=ReportKind.PLAN))

    assert (export.state, export.attempts) == (Export.State.WAITING, 0)
    assert actions.make_next(timezone.now())
    export.refresh_from_db()
    assert export.is_ready


def test_who_lost_the_lease_keeps_nothing_and_another_worker_makes_it(plan: Plan) -> None:
    export = asked(plan)
    assert actions.claim(export, timezone.now() - 2 * actions.LEASE)
    later = Export.objects.get(pk=export.pk)

    assert actions.make_next(timezone.now())
    with pytest.raises(actions.LostError):
        actions.keep_file(export, b"too late")
    later.refresh_from_db()
    assert (later.state, later.attempts) == (Export.State.DONE, 2)


def test_a_running_export_is_not_taken_before_its_lease_is_over(plan: Plan) -> None:
    export = asked(plan)
    now = timezone.now()

    assert actions.claim(export, now)
    assert not actions.claim(Export.objects.get(pk=export.pk), now)
    assert not actions.make_next(now)


def test_an_export_that_kills_its_workers_is_given_up(plan: Plan) -> None:
    export = asked(plan)
    for number in range(actions.MOST_ATTEMPTS):
        assert actions.claim(export, timezone.now() - (9 - 2 * number) * actions.LEASE)

    assert not actions.make_next(timezone.now())
    export.refresh_from_db()
    assert (export.state, export.failure) == (Export.State.FAILED, actions.GIVEN_UP)


def test_a_cancelled_export_is_never_kept(plan: Plan) -> None:
    export = asked(plan)
    actions.claim(export, timezone.now())
    actions.cancel(export=export)

    with pytest.raises(actions.LostError):
        actions.renew(export, "쓰는 중", 40)
    with pytest.raises(RefusedError):
        actions.cancel(export=export)
    assert not actions.make_next(timezone.now() + timedelta(days=1))


def test_files_are_deleted_after_their_time_and_rows_long_after(plan: Plan) -> None:
    export = actions.make_now(asked(plan))
    path, storage = export.file.name, export.file.storage

    actions.forget_old(export.finished_at + KEPT - timedelta(seconds=1))
    assert storage.exists(path)
    actions.forget_old(export.finished_at + KEPT + timedelta(seconds=1))
    export.refresh_from_db()
    assert not storage.exists(path)
    assert (export.is_ready, export.state) == (False, Export.State.DONE)
    actions.forget_old(export.asked_at + ROW_KEPT + timedelta(seconds=1))
    assert not Export.objects.exists()
