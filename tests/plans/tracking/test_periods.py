"""The periods of a plan: set up by 기획, opened by them or on the day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError

from gwonseon.office.models import User
from gwonseon.office.roles import HEAD, PLANNER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking.models import Period
from plans.tracking.periods import change_days, drop_periods, open_due, open_period, set_up_periods
from plans.tree.models import Plan
from tests.factories.office import staff
from tests.factories.tree import PlanFactory

pytestmark = pytest.mark.django_db

Patch = pytest.MonkeyPatch


@pytest.fixture
def planner(db: None) -> User:
    return staff(PLANNER)


@pytest.fixture
def plan(db: None) -> Plan:
    return PlanFactory(year=2021, published=True)


@pytest.mark.parametrize(
    ("kind", "periods"),
    [
        (
            "quarter",
            [
                ("1분기", date(2021, 1, 1), date(2021, 3, 31), date(2021, 4, 1)),
                ("2분기", date(2021, 4, 1), date(2021, 6, 30), date(2021, 7, 1)),
                ("3분기", date(2021, 7, 1), date(2021, 9, 30), date(2021, 10, 1)),
                ("4분기", date(2021, 10, 1), date(2021, 12, 31), date(2022, 1, 1)),
            ],
        ),
        (
            "half",
            [
                ("상반기", date(2021, 1, 1), date(2021, 6, 30), date(2021, 7, 1)),
                ("하반기", date(2021, 7, 1), date(2021, 12, 31), date(2022, 1, 1)),
            ],
        ),
        ("year", [("연간", date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1))]),
    ],
)
def test_periods_fill_the_year_and_open_the_day_after(
    plan: Plan, planner: User, kind: str, periods: list[tuple[str, date, date, date]]
) -> None:
    set_up_periods(plan=plan, kind=kind, by=planner)

    found = Period.objects.filter(plan=plan)
    assert [(one.name, one.first_on, one.last_on, one.opens_on) for one in found] == periods
    assert all(one.due_on - one.opens_on == timedelta(days=9) for one in found)
    assert {one.state for one in found} == {Period.State.PLANNED}


def test_a_plan_has_periods_of_one_kind(plan: Plan, planner: User) -> None:
    set_up_periods(plan=plan, kind="quarter", by=planner)
    with pytest.raises(RefusedError, match="이미 있습니다"):
        set_up_periods(plan=plan, kind="half", by=planner)

    drop_periods(plan=plan, by=planner)
    set_up_periods(plan=plan, kind="half", by=planner)
    assert Period.objects.count() == 2
    days = {"first_on": date(2021, 3, 1), "last_on": date(2021, 4, 30)}
    days |= {"opens_on": date(2021, 5, 1), "due_on": date(2021, 5, 2)}
    with pytest.raises(IntegrityError, match="period_days_not_twice"), transaction.atomic():
        Period.objects.create(plan=plan, kind="quarter", number=2, **days)


def test_only_planners_arrange_periods(plan: Plan, planner: User) -> None:
    head = staff(HEAD)
    period = set_up_periods(plan=plan, kind="quarter", by=planner)[0]
    days = {"opens_on": period.opens_on, "due_on": period.due_on, "version": 0}
    for act in (
        lambda: set_up_periods(plan=plan, kind="quarter", by=head),
        lambda: drop_periods(plan=plan, by=head),
        lambda: open_period(period=period, by=head),
        lambda: change_days(period=period, by=head, **days),
    ):
        with pytest.raises(RefusedError, match="기획"):
            act()
    assert {one.state for one in Period.objects.all()} == {Period.State.PLANNED}


def test_the_clock_opens_what_is_due_once_and_catches_up(plan: Plan, planner: User) -> None:
    set_up_periods(plan=plan, kind="quarter", by=planner)
    assert open_due(on=date(2021, 3, 31)) == 0
    # The clock stood still for some days.
    assert open_due(on=date(2021, 7, 4)) == 2
    assert open_due(on=date(2021, 7, 4)) == 0
    opened = Period.objects.open()
    assert [(one.number, one.opened_by, one.version) for one in opened] == [
        (1, None, 1),
        (2, None, 1),
    ]


def test_periods_of_a_draft_do_not_open(planner: User) -> None:
    draft = PlanFactory(year=2021)
    period = set_up_periods(plan=draft, kind="quarter", by=planner)[0]
    assert open_due(on=date(2022, 6, 1)) == 0
    with pytest.raises(RefusedError, match="공개한 뒤"):
        open_period(period=period, by=planner)


def test_a_planner_opens_early_but_not_before_the_period_begins(planner: User) -> None:
    past, future = (PlanFactory(year=year, published=True) for year in (2021, 2099))
    first = set_up_periods(plan=past, kind="year", by=planner)[0]
    later = set_up_periods(plan=future, kind="year", by=planner)[0]

    assert open_period(period=first, by=planner).opened_by == planner
    with pytest.raises(RefusedError, match="이미 열린"):
        open_period(period=first, by=planner)
    with pytest.raises(RefusedError, match="아직 시작하지 않았습니다"):
        open_period(period=later, by=planner)


def test_days_change_until_a_period_is_open_and_then_the_last_day_only(
    plan: Plan, planner: User
) -> None:
    period = set_up_periods(plan=plan, kind="quarter", by=planner)[0]
    opens, due = date(2021, 3, 25), date(2021, 4, 20)
    period = change_days(period=period, opens_on=opens, due_on=due, version=0, by=planner)
    assert (period.opens_on, period.due_on) == (opens, due)
    with pytest.raises(OutdatedError):
        change_days(period=period, opens_on=opens, due_on=due, version=0, by=planner)
    with pytest.raises(RefusedError, match="늦은 날"):
        change_days(period=period, opens_on=opens, due_on=date(2021, 3, 24), version=1, by=planner)

    period = open_period(period=period, by=planner)
    later = due + timedelta(days=5)
    with pytest.raises(RefusedError, match="제출 기한만"):
        change_days(period=period, opens_on=due, due_on=later, version=2, by=planner)
    change_days(period=period, opens_on=opens, due_on=later, version=2, by=planner)


def test_periods_of_one_plan_say_nothing_of_anothers(plan: Plan, planner: User) -> None:
    other = PlanFactory(year=2022, published=True)
    for one in (plan, other):
        set_up_periods(plan=one, kind="quarter", by=planner)
    open_period(period=other.periods.first(), by=planner)

    drop_periods(plan=plan, by=planner)

    assert (plan.periods.count(), other.periods.count()) == (0, 4)


def test_a_period_opens_on_the_day_itself(plan: Plan, planner: User) -> None:
    set_up_periods(plan=plan, kind="quarter", by=planner)
    assert open_due(on=date(2021, 4, 1)) == 1


def test_a_period_may_open_on_its_first_day(planner: User, monkeypatch: Patch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2099, 1, 1))
    plan = PlanFactory(year=2099, published=True)
    period = set_up_periods(plan=plan, kind="year", by=planner)[0]
    assert open_period(period=period, by=planner).is_open


def test_days_of_a_closed_period_do_not_change(plan: Plan, planner: User) -> None:
    period = set_up_periods(plan=plan, kind="quarter", by=planner)[0]
    period = open_period(period=period, by=planner)
    Period.objects.filter(pk=period.pk).update(state="closed")
    with pytest.raises(RefusedError, match="마감한 기간"):
        change_days(
            period=period, opens_on=period.opens_on, due_on=period.due_on, version=1, by=planner
        )


def test_a_period_that_was_deleted_meanwhile_is_refused(plan: Plan, planner: User) -> None:
    period = set_up_periods(plan=plan, kind="quarter", by=planner)[0]
    drop_periods(plan=plan, by=planner)
    with pytest.raises(RefusedError, match="그 사이에 지워졌습니다"):
        open_period(period=period, by=planner)


def test_an_opened_period_stays(plan: Plan, planner: User) -> None:
    period = set_up_periods(plan=plan, kind="quarter", by=planner)[0]
    open_period(period=period, by=planner)
    with pytest.raises(RefusedError, match="지울 수 없습니다"):
        drop_periods(plan=plan, by=planner)
    for change in ({"state": "planned", "opened_at": None}, {"last_on": date(2021, 3, 30)}):
        with pytest.raises(IntegrityError, match="opened"), transaction.atomic():
            Period.objects.filter(pk=period.pk).update(**change)
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        Period.objects.filter(pk=period.pk).delete()
