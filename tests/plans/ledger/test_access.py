"""Rules for who may record, see and confirm, one by one."""

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from plans.ledger.access import activity_for, may_confirm, may_record, may_see, record_for
from plans.tree.models import Activity, ActivitySupporter
from tests.factories.ledger import FacilityFactory, RecordFactory, recordable
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable()


@pytest.fixture
def personal() -> Activity:
    return recordable(year=2022, record_kind="delivery")


def supporter_of(activity: Activity, *roles: object) -> User:
    department = DepartmentFactory()
    ActivitySupporter.objects.create(activity=activity, department=department)
    return staff(*roles, department=department)


def own(activity: Activity, *roles: object) -> User:
    return staff(*roles, department=activity.department)


def test_only_editors_of_the_owning_department_record(activity: Activity) -> None:
    assert may_record(own(activity, EDITOR), activity)
    assert not may_record(own(activity, READER), activity)
    assert not may_record(own(activity), activity)


def test_only_editors_of_a_supporting_department_record(activity: Activity) -> None:
    assert may_record(supporter_of(activity, EDITOR), activity)
    assert not may_record(supporter_of(activity, READER), activity)
    assert not may_record(supporter_of(activity), activity)


def test_supporters_of_another_activity_cannot_record(activity: Activity) -> None:
    assert not may_record(supporter_of(recordable(year=2022), EDITOR), activity)


def test_personal_kinds_are_recorded_only_by_the_owning_department(personal: Activity) -> None:
    assert may_record(own(personal, EDITOR), personal)
    for other in (supporter_of(personal, EDITOR), staff(PLANNER), own(personal, READER)):
        assert not may_record(other, personal)


def test_personal_records_are_seen_only_by_draft_readers_of_the_owner(
    personal: Activity,
) -> None:
    assert may_see(own(personal, READER), personal)
    for other in (own(personal), supporter_of(personal, EDITOR), staff(PLANNER), staff(READER)):
        assert not may_see(other, personal)


def test_other_records_are_seen_by_all_draft_readers(activity: Activity) -> None:
    assert may_see(staff(READER), activity)
    assert not may_see(UserFactory(), activity)


def test_nobody_records_for_a_draft_plan() -> None:
    with pytest.raises(Http404):
        activity_for(staff(PLANNER), ActivityFactory().pk)


def test_an_author_cannot_confirm_where_another_person_must() -> None:
    activity = recordable(record_kind="audit")
    record = RecordFactory(activity=activity, written_by=own(activity, EDITOR))

    assert not may_confirm(record.written_by, record)
    assert may_confirm(own(activity, HEAD), record)


def test_an_author_can_confirm_other_kinds(activity: Activity) -> None:
    record = RecordFactory(activity=activity)

    assert may_confirm(record.written_by, record)


def test_a_record_is_read_in_one_query_with_all_that_its_page_names(
    activity: Activity, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = FacilityFactory()
    key = RecordFactory(activity=activity, confirmed=True, facility=place, dong=place.dong).pk
    reader = staff(READER)
    assert reader.has_perm("plans.view_draft")

    with django_assert_num_queries(1):
        record = record_for(reader, key)
        assert (record.facility, record.dong) == (place, place.dong)
        assert record.written_by == record.confirmed_by
        assert record.activity.initiative.goal.pillar.plan_id == activity.plan_id
        assert record.activity.plan.district.name
        assert not hasattr(record, "correction")
