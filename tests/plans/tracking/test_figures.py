"""What a period adds to an activity's year, and whom personal numbers are shown to."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from plans.tracking.closing.actions import close_period
from plans.tracking.figures import PeriodFigure, figures_of
from plans.tracking.models import Period
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory
from tests.factories.office import DepartmentFactory
from tests.plans.tracking.conftest import Quarter, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def personal(quarter: Quarter) -> Activity:
    """Return an activity of a personal kind, with seven records in 2021 of which one is late."""
    Activity.objects.filter(pk=quarter.other.pk).update(record_kind="contact")
    activity = Activity.objects.get(pk=quarter.other.pk)
    for day in (*[date(2021, 2, 1)] * 6, date(2021, 12, 1)):
        RecordFactory(activity=activity, happened_on=day, confirmed=True)
    return activity


def of(activity: Activity, number: int, open_to: int | None = None) -> PeriodFigure:
    """Return an activity's figure in a quarter."""
    return figures_of(Period.objects.get(number=number), open_to=open_to).of[activity.pk]


def test_a_small_part_of_a_shown_personal_sum_is_hidden(personal: Activity) -> None:
    last = of(personal, 4)
    assert (last.figure.counted_text, last.amount_text) == ("7회", "공개하지 않음")
    assert of(personal, 4, DepartmentFactory().pk).is_hidden


def test_its_own_department_sees_personal_amounts(quarter: Quarter, personal: Activity) -> None:
    own = quarter.officer.department_id
    assert [of(personal, number, own).amount_text for number in (1, 4)] == ["6회", "1회"]


def test_a_whole_years_personal_amount_is_shown_as_its_sum(
    quarter: Quarter, personal: Activity
) -> None:
    whole = Period(
        plan=quarter.period.plan,
        kind="year",
        number=1,
        first_on=date(2021, 1, 1),
        last_on=date(2021, 12, 31),
    )
    found = figures_of(whole).of[personal.pk]
    assert found.amount_text == found.figure.counted_text == "7회"


@pytest.mark.parametrize("departments", [1, 3])
def test_closing_costs_the_same_for_any_number_of_departments(
    db: None, departments: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    planner, period, _spare = many(departments)
    planner.has_perm("plans.change_plan")
    with django_assert_num_queries(28):
        close_period(period=period, version=period.version, by=planner)
