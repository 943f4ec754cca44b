"""Saved reports: opened, changed and deleted by their owner, and made when a period is closed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.reports.exports.models import KEPT, Export
from plans.reports.requests import Inclusion, ReportKind, ReportRequest, Scope, ScopeLevel
from plans.reports.saved import actions
from plans.reports.saved.models import SavedReport
from plans.tracking.closing.models import Closing
from plans.tree.models import Pillar, Plan
from tests.factories.office import UserFactory, staff
from tests.factories.tracking import closed, first_quarter, reopened
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db

LIST = "/staff/reports/saved/"


@pytest.fixture
def planner(client: Client) -> User:
    person = staff(PLANNER)
    client.force_login(person)
    return person


@pytest.fixture
def plan(planner: User) -> Plan:
    """A published plan whose first quarter is open."""
    plan = publish(ActivityFactory(initiative__goal__pillar__plan__year=2021).plan)
    first_quarter(plan, by=planner)
    return plan


@pytest.fixture
def saved(plan: Plan, planner: User) -> SavedReport:
    return saved_as("예시 분기 보고", plan, planner)


def saved_as(name: str, plan: Plan, by: User, closing: Closing | None = None) -> SavedReport:
    request = ReportRequest(
        ReportKind.PROGRESS, plan, closing, on=None if closing else "2021-03-31"
    )
    return actions.save_report(request=request, name=name, token=uuid4(), by=by)


def scheduled(saved: SavedReport, *recipients: User, formats: tuple[str, ...] = ("csv",)) -> None:
    actions.change_saved(
        saved=saved,
        values={"name": saved.name, "formats": list(formats)},
        recipients=recipients,
        is_scheduled=True,
        version=saved.version,
    )
    saved.refresh_from_db()


def asked() -> int:
    return actions.ask_scheduled(timezone.now())


def test_a_choice_is_saved_once_and_opened_for_the_last_closed_period(
    client: Client, plan: Plan, planner: User
) -> None:
    pillar = Pillar.objects.get()
    reopened(closed(plan, by=planner))
    last = closed(plan, by=planner)
    chosen = {
        "year": "2021",
        "kind": "progress",
        "closing": Closing.objects.earliest("pk").pk,
        "scope": f"pillar:{pillar.slug}",
        "parts": ["budget", "texts"],
        "won": "1000000",
    }
    token = client.get("/staff/reports/", chosen).context["save"].initial["token"]
    for _time in "ab":
        sent = chosen | {"name": " 예시 보고 ", "token": token}
        page = client.post(f"{LIST}add/", sent, follow=True)
        assert "보고서를 저장했습니다." in page.text
    saved = SavedReport.objects.get()
    opened = client.get(f"{LIST}{saved.pk}/open/", follow=True)

    assert (saved.name, saved.owner) == ("예시 보고", planner)
    request = opened.context["form"].chosen
    assert request == ReportRequest(
        ReportKind.PROGRESS,
        plan,
        last,
        scope=Scope(ScopeLevel.PILLAR, pillar.slug, pillar.shown_title),
        parts=frozenset({Inclusion.BUDGET, Inclusion.TEXTS}),
        won=1_000_000,
    )
    assert opened.context["saved"] == [saved]


def test_without_a_closed_period_it_is_opened_as_of_today(
    client: Client, plan: Plan, planner: User
) -> None:
    period = closed(plan, by=planner)
    today = saved_as("예시 오늘", plan, planner)

    assert saved_as("예시 마감", plan, planner, period).of == SavedReport.Of.CLOSING
    opened = client.get(f"{LIST}{today.pk}/open/", follow=True)
    assert opened.context["form"].chosen.closing is None


def test_wrong_input_gets_a_sentence(client: Client, saved: SavedReport, planner: User) -> None:
    chosen = {"year": "2021", "kind": "plan", "token": str(uuid4())}
    for wrong, sentence in (
        ({"name": ""}, "이름을 적어 주세요."),
        ({"name": "가" * 101}, "이름을 100자까지로 줄여 주세요."),
        ({"name": "예시", "kind": "x"}, "보고서를 다시 골라 주세요."),
        ({"name": "예시", "token": "x"}, "보고서를 다시 골라 주세요."),
        ({"name": saved.name}, "같은 이름으로 저장한 보고서가 있습니다."),
    ):
        assert sentence in client.post(f"{LIST}add/", chosen | wrong, follow=True).text
    for wrong, sentence in (
        ({"is_scheduled": "on", "recipients": planner.pk}, "만들 형식을 하나라도 골라 주세요."),
        ({"is_scheduled": "on", "formats": "csv"}, "받을 사람을 한 명이라도 골라 주세요."),
        ({"formats": "exe"}, "목록에 있는 형식을 골라 주세요."),
        ({"recipients": UserFactory().pk}, "보고서를 볼 수 있는 직원 가운데에서 골라 주세요."),
        ({"recipients": "x"}, "보고서를 볼 수 있는 직원 가운데에서 골라 주세요."),
        ({"name": ""}, "이름을 적어 주세요."),
    ):
        sent = {"name": "예시", "version": saved.version} | wrong
        assert sentence in client.post(saved.get_absolute_url(), sent).text
    assert SavedReport.objects.get().version == 0


def test_its_owner_changes_and_deletes_it_and_nobody_else(
    client: Client, saved: SavedReport, planner: User
) -> None:
    other = Client()
    other.force_login(staff(PLANNER))
    sent = {"name": "새 이름", "version": 0, "is_scheduled": "on", "formats": ["csv", "pdf"]}
    sent["recipients"] = [planner.pk]

    for address in (saved.get_absolute_url(), f"{LIST}{saved.pk}/delete/"):
        assert other.post(address, sent).status_code == 404
    assert "새 이름" in client.post(saved.get_absolute_url(), sent, follow=True).text
    late = client.post(saved.get_absolute_url(), sent | {"name": "늦은 이름"})
    assert late.status_code == 409
    client.post(f"{LIST}{saved.pk}/delete/", {"version": 0})
    saved.refresh_from_db()
    assert (saved.name, saved.formats) == ("새 이름", ["csv", "pdf"])
    assert (list(saved.recipients.all()), saved.version) == ([planner], 1)
    client.post(f"{LIST}{saved.pk}/delete/", {"version": 1})
    assert not SavedReport.objects.exists()


def test_a_closed_period_is_made_once_for_each_recipient_in_each_format(
    plan: Plan, saved: SavedReport, planner: User
) -> None:
    reader = staff(READER)
    scheduled(saved, planner, reader, formats=("csv", "html"))
    assert not asked()
    closing = closed(plan, by=planner)

    assert (asked(), asked()) == (4, 0)
    made = Export.objects.values_list("asked_by", "format", "closing", "snapshot_digest", "kind")
    assert set(made) == {
        (person.pk, name, closing.pk, closing.digest, "progress")
        for person in (planner, reader)
        for name in ("csv", "html")
    }
    assert actions.ask_for(saved, closing) == 0


def test_closed_again_it_is_made_again(plan: Plan, saved: SavedReport, planner: User) -> None:
    scheduled(saved, planner)
    first = closed(plan, by=planner)
    assert asked() == 1
    reopened(first)
    assert asked() == 0
    second = closed(plan, by=planner)

    assert asked() == 1
    assert [one.closing for one in Export.objects.order_by("pk")] == [first, second]


def test_what_was_closed_before_or_long_ago_is_not_made(
    plan: Plan, saved: SavedReport, planner: User
) -> None:
    closed(plan, by=planner)
    scheduled(saved, planner)
    assert asked() == 0
    closed(plan, 2, by=planner)

    assert actions.ask_scheduled(timezone.now() + KEPT + timedelta(days=1)) == 0
    assert asked() == 1


def test_who_may_not_read_reports_any_more_gets_none(
    plan: Plan, saved: SavedReport, planner: User
) -> None:
    lost, left, reader = staff(READER), staff(READER), staff(READER)
    scheduled(saved, lost, left, reader)
    lost.groups.clear()
    User.objects.filter(pk=left.pk).update(is_active=False, closed_on="2021-01-01")
    closed(plan, by=planner)

    assert asked() == 1
    assert Export.objects.get().asked_by == reader
    closed(plan, 2, by=planner)
    planner.groups.clear()
    assert asked() == 0


def test_a_schedule_is_turned_off_and_its_exports_outlive_it(
    plan: Plan, saved: SavedReport, planner: User
) -> None:
    scheduled(saved, planner)
    closed(plan, by=planner)
    asked()
    values = {"name": saved.name, "formats": []}
    changes = {"saved": saved, "values": values, "recipients": [], "is_scheduled": False}
    with pytest.raises(OutdatedError):
        actions.change_saved(**changes, version=0)
    actions.change_saved(**changes, version=saved.version)
    closed(plan, 2, by=planner)

    assert asked() == 0
    with pytest.raises(RefusedError):
        actions.delete_saved(saved=saved, version=0)
    actions.delete_saved(saved=saved, version=2)
    assert Export.objects.get().saved is None


def test_the_list_makes_the_same_queries_for_one_and_three(
    client: Client, plan: Plan, planner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    saved_as("예시 하나", plan, planner)
    client.get(LIST)
    for name in ("예시 둘", "예시 셋"):
        with django_assert_num_queries(6):
            client.get(LIST)
        saved_as(name, plan, planner)
    with django_assert_num_queries(6):
        client.get(LIST)
