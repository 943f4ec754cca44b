"""Who reads which amendment."""

import pytest
from django.http import Http404

from gwonseon.office.roles import READER
from plans.amendments.access import amendment_for, readable
from plans.amendments.propose import open_amendment
from plans.tree.models import Activity
from tests.factories.amendments import planners, requested
from tests.factories.ledger import recordable
from tests.factories.office import UserFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return recordable()


def test_amendments_are_for_who_reads_drafts(activity: Activity) -> None:
    """The plan is published, so that it is there for everybody of the staff."""
    author, _ = planners()
    amendment = requested(activity, author, title="예시 새 제목")
    year = activity.plan.year

    assert amendment_for(staff(READER), year, amendment.pk) == amendment
    with pytest.raises(Http404):
        readable(UserFactory(), year)
    with pytest.raises(Http404):
        amendment_for(UserFactory(), year, amendment.pk)


def test_an_amendment_is_found_by_its_own_key_and_in_its_own_year(activity: Activity) -> None:
    author, _ = planners()
    earlier, later = (requested(activity, author, title=f"예시 {n}") for n in range(2))
    other = recordable(year=2022)
    elsewhere = requested(other, author, title="예시 다른 해")
    reader = staff(READER)

    for amendment in (earlier, later):
        assert amendment_for(reader, 2021, amendment.pk) == amendment
    with pytest.raises(Http404):
        amendment_for(reader, 2021, elsewhere.pk)
    assert set(readable(reader, 2021)[1]) == {earlier, later}


def test_what_is_still_being_written_is_its_authors_alone(activity: Activity) -> None:
    author, other = planners()
    writing = open_amendment(plan=activity.plan, by=author)

    assert amendment_for(author, activity.plan.year, writing.pk) == writing
    with pytest.raises(Http404):
        amendment_for(other, activity.plan.year, writing.pk)
