"""Recipients of a reminder: the person in charge, their stand-in, their head, or nobody."""

from datetime import date

import pytest
from django.conf import LazySettings

from gwonseon.office.models import User
from gwonseon.office.workdays.models import Holiday
from plans.reminders.models import Absence, Mute
from plans.tree.models import Activity
from tests.factories.office import UserFactory
from tests.plans.reminders.conftest import Quarter, found_on, steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(quarter: Quarter) -> User:
    """Who is in charge of both activities."""
    one = UserFactory(department=quarter.officer.department)
    Activity.objects.filter(plan=quarter.period.plan).update(person=one)
    return one


def away(person: User, stand_in: User, first: str = "2021-04-01", last: str = "2021-04-30") -> None:
    """Have a person be absent on some days."""
    days = {"first_on": date.fromisoformat(first), "last_on": date.fromisoformat(last)}
    Absence.objects.create(person=person, stand_in=stand_in, **days)


def told(day: str, rule: str = "updates") -> list[int]:
    """Return who is told by a rule on a day."""
    return sorted(one.person for one in found_on(day, rule))


def test_what_is_muted_is_not_told_and_everything_else_is(quarter: Quarter, person: User) -> None:
    assert {one.rule for one in found_on("2021-04-09", person=person.pk)} == {"records", "updates"}
    Mute.objects.create(person=person, rule="updates")

    assert {one.rule for one in found_on("2021-04-09", person=person.pk)} == {"records"}


def test_who_stands_in_is_told_on_the_days_of_an_absence(quarter: Quarter, person: User) -> None:
    away(person, quarter.officer, first="2021-04-08")

    assert told("2021-04-07") == [person.pk]
    assert told("2021-04-08") == [quarter.officer.pk]
    assert f"{person.name} 님 대신" in found_on("2021-04-08", "updates")[0].why


def test_who_stands_in_may_be_absent_too(quarter: Quarter, person: User) -> None:
    third = UserFactory()
    away(person, quarter.officer)
    away(quarter.officer, third)

    assert told("2021-04-08") == [third.pk]


def test_two_who_stand_in_for_each_other_are_still_told(quarter: Quarter, person: User) -> None:
    away(person, quarter.officer)
    away(quarter.officer, person)

    assert len(told("2021-04-08")) == 1


def test_a_stand_in_who_has_left_does_not_hide_anything(quarter: Quarter, person: User) -> None:
    away(person, UserFactory(closed=True))

    assert told("2021-04-08") == [person.pk]


def test_the_head_is_told_too_what_stays_open_too_long(
    quarter: Quarter, person: User, settings: LazySettings
) -> None:
    """The 10th of April is a Saturday: Monday is the first working day after it."""
    settings.REMINDERS_HEAD_AFTER = 3

    assert told("2021-04-13") == [person.pk]
    assert told("2021-04-14") == sorted([person.pk, quarter.head.pk])
    of_head = found_on("2021-04-14", "updates", quarter.head.pk)[0]
    assert f"담당: {person.name}" in of_head.why
    assert "mine=on" not in of_head.url


def test_muting_does_not_keep_it_from_the_head(quarter: Quarter, person: User) -> None:
    Mute.objects.create(person=person, rule="updates")

    assert told("2021-04-30") == [quarter.head.pk]


def test_days_off_of_the_office_do_not_count(quarter: Quarter, person: User) -> None:
    assert steps("2021-04-07", "updates") == ["3"]
    Holiday.objects.create(on=date(2021, 4, 8), name="예시 임시공휴일")
    Holiday.objects.create(on=date(2021, 4, 9), name="예시 임시공휴일")

    assert steps("2021-04-07", "updates") == ["1"]


def test_who_has_left_is_told_nothing(quarter: Quarter, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False, closed_on=date(2021, 4, 1))

    assert told("2021-04-08") == [quarter.head.pk]
