"""Holds: an activity is paused and resumed on stated days; holds never overlap."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, READER
from gwonseon.refusals import RefusedError
from plans.progress.actions import hold_activity, resume_activity
from plans.progress.arithmetic import Status
from plans.progress.models import Hold
from plans.progress.queries import progress_of
from plans.tree.models import Activity, Plan
from tests.factories.amendments import added, amend
from tests.factories.ledger import officer_of, recordable
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, PlanFactory
from tests.plans.together import together, while_uncommitted

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (dt.date(2021, month, 1) for month in (5, 6, 7))


@pytest.fixture
def activity() -> Activity:
    return recordable()


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


def is_held(activity: Activity, on: dt.date) -> bool:
    return progress_of(activity.plan, on).figure_of(activity).status == Status.ON_HOLD


def test_a_hold_has_stated_days_and_the_day_of_writing(activity: Activity, officer: User) -> None:
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)
    resume_activity(activity=activity, ends_on=JUNE, by=officer)

    days = [MAY - dt.timedelta(days=1), MAY, JUNE - dt.timedelta(days=1), JUNE]
    assert [is_held(activity, day) for day in days] == [False, True, True, False]
    hold = Hold.objects.get()
    today = timezone.localdate()
    assert (hold.set_on, hold.set_by, hold.ended_by) == (today, officer, officer)
    assert timezone.localdate(hold.ended_at) == today


def test_the_default_day_is_today_limited_to_the_year(activity: Activity, officer: User) -> None:
    hold = hold_activity(activity=activity, reason="까닭", by=officer)
    resume_activity(activity=activity, by=officer)
    hold.refresh_from_db()

    assert hold.starts_on == hold.ends_on == dt.date(2021, 12, 31)


@pytest.mark.parametrize("day", [dt.date(2020, 12, 31), dt.date(2022, 1, 1)])
def test_a_hold_begins_within_the_plans_year(
    activity: Activity, officer: User, day: dt.date
) -> None:
    with pytest.raises(RefusedError, match=r"2021\. 1\. 1\.부터 2021\. 12\. 31\.까지"):
        hold_activity(activity=activity, reason="까닭", starts_on=day, by=officer)


def test_a_hold_does_not_end_before_it_began(activity: Activity, officer: User) -> None:
    hold_activity(activity=activity, reason="까닭", starts_on=JUNE, by=officer)

    with pytest.raises(RefusedError, match=r"2021\. 6\. 1\.부터"):
        resume_activity(activity=activity, ends_on=MAY, by=officer)


def test_holds_do_not_overlap(activity: Activity, officer: User) -> None:
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)
    with pytest.raises(RefusedError, match="이미 보류한"):
        hold_activity(activity=activity, reason="까닭", starts_on=JULY, by=officer)
    resume_activity(activity=activity, ends_on=JULY, by=officer)

    with pytest.raises(RefusedError, match=r"2021\. 7\. 1\.에 다시 시작한"):
        hold_activity(activity=activity, reason="까닭", starts_on=JUNE, by=officer)
    with pytest.raises(IntegrityError, match="hold_one_at_a_time"), transaction.atomic():
        Hold.objects.create(activity=activity, reason="까닭", starts_on=JUNE, set_by=officer)
    hold_activity(activity=activity, reason="까닭", starts_on=JULY, by=officer)


@pytest.mark.django_db(transaction=True)
def test_of_two_holds_at_the_same_moment_one_is_refused(activity: Activity, officer: User) -> None:
    for day in (MAY, JUNE, JULY):
        results = together(
            *[
                lambda start=start: hold_activity(
                    activity=activity, reason="까닭", starts_on=start, by=officer
                )
                for start in (day, day + dt.timedelta(days=9))
            ]
        )
        assert {type(one) for one in results} == {Hold, RefusedError}
        resume_activity(activity=activity, ends_on=day + dt.timedelta(days=9), by=officer)


def test_the_page_takes_the_days(client: Client, activity: Activity, officer: User) -> None:
    client.force_login(officer)
    url = reverse("progress:hold", args=[activity.pk])
    wrong = client.post(url, {"reason": "예시 까닭", "starts_on": "오월"})
    assert "「오월」을(를) 날짜로 읽을 수 없습니다." in wrong.text
    assert "예시 까닭" in wrong.text

    client.post(url, {"reason": "예시 까닭", "starts_on": "2021-05-01"})
    assert "2021. 5. 1.부터 보류" in client.get(url).text
    today = timezone.localdate()
    told = f"(2021. 5. 1.부터, {today.year}. {today.month}. {today.day}.에 적음)"
    assert told in client.get(activity.get_absolute_url()).text

    resume = reverse("progress:resume", args=[activity.pk])
    early = client.post(resume, {"ends_on": "2021-04-01"})
    assert "까지의 날을 적어 주세요" in early.text
    client.post(resume, {"ends_on": "2021-06-01"})
    assert "2021. 6. 1.에 다시 시작" in client.get(url).text


def test_an_ended_activity_cannot_be_put_on_hold(activity: Activity, officer: User) -> None:
    amend(activity, retired_on=JULY)
    with pytest.raises(RefusedError, match="이미 끝난 활동"):
        hold_activity(activity=activity, reason="예시 까닭", by=officer)


def refused(write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert error.value.__cause__.diag.constraint_name == "hold_stays"


def test_holds_of_a_published_plan_cannot_be_deleted(activity: Activity, officer: User) -> None:
    hold = hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("DELETE FROM plans_hold"))
    resume_activity(activity=activity, ends_on=JUNE, by=officer)
    refused(hold.delete)

    assert is_held(activity, MAY)


@pytest.mark.parametrize(
    "other",
    [
        {"reason": "다른 까닭"},
        {"starts_on": JUNE},
        {"set_on": MAY},
        {"set_at": dt.datetime(2021, 5, 1, tzinfo=dt.UTC)},
        {"id": 880_000},
    ],
)
def test_a_hold_of_a_published_plan_cannot_change(
    activity: Activity, officer: User, other: dict[str, Any]
) -> None:
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)

    refused(lambda: Hold.objects.update(**other))


def test_the_activity_and_writer_of_a_hold_cannot_change(activity: Activity, officer: User) -> None:
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)

    refused(lambda: Hold.objects.update(activity=recordable(2022)))
    refused(lambda: Hold.objects.update(set_by=officer_of(activity)))


def test_a_hold_can_end_only_once(activity: Activity, officer: User) -> None:
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)
    resume_activity(activity=activity, ends_on=JULY, by=officer)

    refused(lambda: Hold.objects.update(ends_on=JUNE))
    refused(lambda: Hold.objects.update(ends_on=None, ended_by=None, ended_at=None))


def test_holds_of_a_draft_plan_can_change_and_be_deleted() -> None:
    activity = ActivityFactory()
    hold = Hold.objects.create(
        activity=activity, reason="까닭", starts_on=MAY, set_by=officer_of(activity)
    )
    hold.reason = "다른 까닭"
    hold.save()

    hold.delete()
    activity.plan.delete()

    assert not Plan.objects.exists()


def test_an_activity_cannot_be_put_on_hold_before_it_was_added(
    activity: Activity, officer: User
) -> None:
    department = {"department_id": activity.department_id}
    new = added(activity.initiative, "activity", "새 활동", on=JUNE, **department)

    with pytest.raises(RefusedError, match=r"2021\. 6\. 1\.부터"):
        hold_activity(activity=new, reason="까닭", starts_on=MAY, by=officer)
    hold_activity(activity=new, reason="까닭", starts_on=JUNE, by=officer)


@pytest.mark.django_db(transaction=True)
def test_an_activity_moved_meanwhile_can_be_put_on_hold() -> None:
    other = InitiativeFactory(goal__pillar__plan=PlanFactory(year=2021))
    activity = recordable()
    officer = officer_of(activity)

    hold = while_uncommitted(
        lambda: amend(activity, parent=other),
        lambda: hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer),
    )

    assert isinstance(hold, Hold)
    assert hold.activity.initiative == other


def test_only_who_records_for_an_activity_puts_it_off_and_goes_on(
    activity: Activity, officer: User
) -> None:
    for other in (staff(EDITOR), staff(READER, department=activity.department)):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=other)
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)
    with pytest.raises(RefusedError, match="권한이 없습니다"):
        resume_activity(activity=activity, by=staff(EDITOR))


def test_each_activity_is_held_for_itself(activity: Activity, officer: User) -> None:
    other = recordable(year=2022, department=activity.department)
    hold_activity(activity=activity, reason="까닭", starts_on=MAY, by=officer)

    with pytest.raises(RefusedError, match="보류한 활동이 아닙니다"):
        resume_activity(activity=other, by=officer)
    hold_activity(activity=other, reason="까닭", starts_on=dt.date(2022, 2, 1), by=officer)
    resume_activity(activity=other, ends_on=dt.date(2022, 3, 1), by=officer)

    assert Hold.objects.get(activity=activity).ends_on is None
    assert Hold.objects.get(activity=other).ends_on == dt.date(2022, 3, 1)
