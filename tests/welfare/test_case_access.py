"""Who sees and keeps cases, rule by rule."""

import pytest
from django.http import Http404

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, PLANNER, READER
from gwonseon.refusals import RefusedError
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable
from tests.factories.office import UserFactory, staff
from tests.factories.tree import ActivityFactory
from tests.transactions import undone
from welfare.cases import access
from welfare.cases.actions import move_case, open_case
from welfare.models import SupportCase

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable(record_kind="contact")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def case(activity: Activity, officer: User) -> SupportCase:
    return open_case(activity=activity, by=officer)


def test_a_case_is_found_by_its_own_key(case: SupportCase, officer: User) -> None:
    later = open_case(activity=case.activity, by=officer)

    assert access.case_for(officer, case.pk) == case
    assert access.case_for(officer, later.pk) == later
    with pytest.raises(Http404):
        access.case_for(officer, later.pk + 1)


def test_a_member_of_the_department_without_a_role_sees_no_case(case: SupportCase) -> None:
    without = UserFactory(department=case.activity.department)

    assert not access.cases_for(without).exists()
    assert not access.activities_for(without).exists()


def test_who_reads_in_the_department_sees_its_cases_and_keeps_none(case: SupportCase) -> None:
    reader = staff(READER, department=case.activity.department)

    assert list(access.cases_for(reader)) == [case]
    assert not access.activities_for(reader).exists()
    with pytest.raises(RefusedError, match="시작할 권한이"), undone():
        open_case(activity=case.activity, by=reader)
    with pytest.raises(RefusedError, match="고칠 권한이"), undone():
        move_case(case=case, state="needs", version=0, by=reader)


def test_nobody_without_a_department_keeps_a_case() -> None:
    """An activity that no department owns is not theirs for that."""
    recordable(record_kind="contact", department=None)

    for without in (staff(EDITOR), staff(PLANNER)):
        assert not access.may_write(without)
        assert not access.cases_for(without).exists()
        assert not access.activities_for(without).exists()


def test_a_case_is_opened_for_contacts_alone(activity: Activity, officer: User) -> None:
    other = recordable(year=2022, record_kind="patrol", department=activity.department)

    assert list(access.activities_for(officer)) == [activity]
    with pytest.raises(RefusedError, match="권한이"), undone():
        open_case(activity=other, by=officer)


def test_no_case_is_opened_for_a_draft(activity: Activity, officer: User) -> None:
    draft = ActivityFactory(record_kind="contact", department=activity.department)

    assert draft not in access.activities_for(officer)
    with pytest.raises(RefusedError, match="권한이"), undone():
        open_case(activity=draft, by=officer)


def test_the_case_that_is_named_moves_and_no_other(case: SupportCase, officer: User) -> None:
    later = open_case(activity=case.activity, by=officer)

    for moved in (later, case):
        assert move_case(case=moved, state="needs", version=0, by=officer) == moved
    states = SupportCase.objects.values_list("state", "version")
    assert list(states) == [("needs", 1)] * 2
