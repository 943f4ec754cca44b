"""Who sees what was found, and whose it is to put right."""

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from plans.facilities.models import Facility
from plans.findings.access import finding_for, findings_for, of_department
from plans.ledger.actions import add_record
from plans.ledger.models import Finding, Inspection
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, entry, recordable
from tests.factories.office import DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable(record_kind="inspection")


def found(
    activity: Activity,
    by: User,
    *,
    confirm: bool = True,
    place: Facility | None = None,
    **facts: object,
) -> Finding:
    typed = entry(facility_id=place and place.pk, dong_id=place and place.dong_id)
    typed.detail = Inspection(outcome="repair", failed=["배수로"])
    typed.findings = [Finding(what="예시 고칠 것", **facts)]
    add_record(activity=activity, entry=typed, by=by, confirm=confirm)
    return Finding.objects.latest("pk")


def test_a_finding_is_found_by_its_own_key(activity: Activity, officer: User) -> None:
    first, second = found(activity, officer), found(activity, officer)

    assert finding_for(officer, first.pk) == first
    assert finding_for(officer, second.pk) == second
    with pytest.raises(Http404):
        finding_for(officer, second.pk + 1)


def test_what_a_draft_found_is_nobodys_to_put_right_yet(activity: Activity, officer: User) -> None:
    draft = found(activity, officer, confirm=False)

    assert not findings_for(officer).exists()
    with pytest.raises(Http404):
        finding_for(officer, draft.pk)


def test_a_department_has_to_mend_what_names_it_or_is_its_own(
    activity: Activity, officer: User
) -> None:
    named, other = DepartmentFactory(), DepartmentFactory()
    its_own = found(activity, officer)
    given_away = found(activity, officer, department=named)

    assert list(Finding.objects.filter(of_department(activity.department_id))) == [its_own]
    assert list(Finding.objects.filter(of_department(named.pk))) == [given_away]
    for nobody in (other.pk, None):
        assert not Finding.objects.filter(of_department(nobody)).exists()


def test_a_finding_is_read_in_one_query_with_all_that_its_page_names(
    activity: Activity, officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = FacilityFactory()
    key = found(activity, officer, department=DepartmentFactory(), place=place).pk
    assert officer.has_perm("plans.view_draft")

    with django_assert_num_queries(1):
        finding = finding_for(officer, key)
        record = finding.record
        assert (record.facility, record.dong) == (place, place.dong)
        assert record.activity.initiative.goal.pillar.title
        assert record.activity.plan.year == record.year
        assert finding.department.name
        assert finding.done_by is None
