import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from gwonseon.office.models import Department, Dong, User
from gwonseon.office.roles import EDITOR, PLANNER, READER
from gwonseon.refusals import RefusedError
from plans.editing.next_year.actions import copy_plan
from plans.tree.models import Activity, Goal, Initiative, Plan
from plans.tree.queries import read_tree
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, InitiativeFactory, PlanFactory, publish
from tests.plans.editing.forms import address, typed
from tests.plans.together import together

pytestmark = pytest.mark.django_db

ALL = ("owners", "text", "measure", "audience", "budget")


@pytest.fixture
def activity() -> Activity:
    """Return an activity with all columns set and a retired sibling, in a published plan."""
    activity = ActivityFactory(
        title="순챨",
        corrected_title="순찰",
        certainty="high",
        source_text="순챨",
        text="내용",
        weight=3,
        department=DepartmentFactory(),
        person=UserFactory(),
        unit="회",
        counted="순찰 횟수",
        target=12,
        target_origin="staff",
        target_set_on=dt.date(2031, 1, 1),
        starts_on=dt.date(2031, 3, 1),
        budget=100,
        audiences=["youth"],
        initiative__goal__pillar__plan__year=2031,
        initiative__goal__pillar__code="safety",
    )
    activity.dongs.add(Dong.objects.first())
    activity.supporters.add(DepartmentFactory(), DepartmentFactory(closed_on=dt.date(2031, 5, 1)))
    ActivityFactory(initiative=activity.initiative, retired_on=dt.date(2031, 6, 1))
    publish(activity.plan)
    return activity


def test_only_who_writes_the_whole_plan_copies_it(activity: Activity) -> None:
    keys = [activity.initiative_id]
    for other in (staff(EDITOR, department=activity.department), staff(READER)):
        with pytest.raises(PermissionDenied):
            copy_plan(plan=activity.plan, year=2032, initiatives=keys, facts=ALL, by=other)
    assert not Plan.objects.filter(year=2032).exists()


def copy(activity: Activity, *facts: str) -> Activity:
    keys = [activity.initiative_id]
    copy_plan(plan=activity.plan, year=2032, initiatives=keys, facts=facts, by=staff(PLANNER))
    return Activity.objects.get(plan__year=2032)


def test_a_copy_keeps_lasting_columns_and_drops_the_years_own(activity: Activity) -> None:
    copied = copy(activity, *ALL)

    assert not copied.plan.is_published
    assert copied.lineage == activity.lineage
    assert (copied.slug, copied.version) == (activity.slug, 1)
    assert (copied.title, copied.corrected_title, copied.source_text) == ("순찰", "", "")
    assert (copied.text, copied.weight, copied.unit, copied.budget) == ("내용", 3, "회", 100)
    assert (copied.department, copied.person) == (activity.department, activity.person)
    assert (copied.target, copied.starts_on, copied.target_origin) == (None, None, "")
    assert list(copied.dongs.all()) == list(activity.dongs.all())
    assert copied.supporters.count() == 1
    assert copied.initiative.goal.pillar.code == "safety"
    assert copied.events.count() == 1


def test_only_the_chosen_columns_are_copied(activity: Activity) -> None:
    copied = copy(activity)

    assert (copied.text, copied.unit, copied.department, copied.budget) == ("", "", None, None)
    assert copied.audiences == []
    assert not copied.dongs.exists()


def test_only_the_chosen_initiatives_are_copied(activity: Activity) -> None:
    plan = PlanFactory(year=2040)
    kept = ActivityFactory(initiative__goal__pillar__plan=plan)
    left = ActivityFactory(initiative__goal__pillar=kept.initiative.goal.pillar)

    copy_plan(plan=plan, year=2041, initiatives=[kept.initiative_id], facts=ALL, by=staff(PLANNER))

    lineages = set(Activity.objects.filter(plan__year=2041).values_list("lineage", flat=True))
    assert lineages == {kept.lineage}
    assert left.lineage not in lineages
    assert Goal.objects.filter(plan__year=2041).count() == 1


def test_a_year_that_has_a_plan_is_refused(activity: Activity) -> None:
    PlanFactory(year=2032)
    with pytest.raises(RefusedError, match="이미 있습니다"):
        copy(activity)
    assert Activity.objects.filter(plan__year=2032).count() == 0


def test_the_page_copies_and_asks_again(client: Client, activity: Activity) -> None:
    client.force_login(staff(PLANNER))
    url = reverse("editing:next_year", args=[2031])
    assert client.get(url).context["form"]["year"].value() == 2032

    none = client.post(url, {"year": "2032"})
    assert "하나 이상 고르세요" in none.content.decode()
    taken = client.post(url, typed(client, url, year="2031"))
    assert "이미 있습니다" in taken.content.decode()
    forged = client.post(url, typed(client, url, initiatives=["999999"]))
    assert forged.status_code == 200
    assert Plan.objects.count() == 1

    assert client.post(url, typed(client, url)).url == "/staff/plans/2032/"
    assert len(read_tree(Plan.objects.get(year=2032)).activities) == 1


def test_other_roles_cannot_copy_a_plan(client: Client, activity: Activity) -> None:
    client.force_login(staff(EDITOR))
    url = reverse("editing:next_year", args=[2031])
    assert client.post(url, {"year": "2032"}).status_code == 403
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("size", [1, 3])
def test_copying_costs_the_same_for_any_size(
    activity: Activity, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    plan = PlanFactory(year=2040)
    for _ in range(size):
        initiative = InitiativeFactory(goal__pillar__plan=plan)
        for one in ActivityFactory.create_batch(size, initiative=initiative):
            one.dongs.add(*Dong.objects.all()[:size])
    keys = Initiative.objects.filter(plan=plan).values_list("pk", flat=True)
    by = staff(PLANNER)

    # 2 of them ask for the permission.
    with django_assert_num_queries(25):
        copy_plan(plan=plan, year=2041, initiatives=list(keys), facts=ALL, by=by)


@pytest.mark.django_db(transaction=True)
def test_one_of_two_copies_to_one_year_wins(activity: Activity) -> None:
    by = staff(PLANNER)
    for year in range(2050, 2055):
        results = together(
            *[
                lambda year=year: copy_plan(
                    plan=activity.plan,
                    year=year,
                    initiatives=[activity.initiative_id],
                    facts=ALL,
                    by=by,
                )
            ]
            * 2
        )
        assert {type(one) for one in results} == {Plan, RefusedError}
        assert Activity.objects.filter(plan__year=year).count() == 1


def test_people_and_departments_that_left_are_not_copied(activity: Activity) -> None:
    User.objects.filter(pk=activity.person_id).update(is_active=False, closed_on="2031-05-01")
    Department.objects.filter(pk=activity.department_id).update(closed_on="2031-05-01")

    copy_plan(
        plan=activity.plan,
        year=2032,
        initiatives=[activity.initiative_id],
        facts=ALL,
        by=staff(PLANNER),
    )

    new = Activity.objects.get(plan__year=2032)
    assert (new.person, new.department) == (None, None)


def test_staff_see_last_years_item_and_its_target(client: Client, activity: Activity) -> None:
    keys = [activity.initiative_id]
    by = staff(PLANNER)
    copied = copy_plan(plan=activity.plan, year=2032, initiatives=keys, facts=ALL, by=by)
    client.force_login(by)
    new = Activity.objects.get(plan=copied)

    page = client.get(address(new))

    assertContains(page, f'<a href="{address(activity)}">2031년 계획의 같은 항목</a>', html=True)
    assertContains(page, "목표 12회")
    assertContains(client.get(address(activity)), address(new))


def test_only_readers_of_drafts_see_the_item_in_another_years_draft(
    client: Client, activity: Activity
) -> None:
    publish(activity.plan)
    keys = [activity.initiative_id]
    copy_plan(plan=activity.plan, year=2032, initiatives=keys, facts=ALL, by=staff(PLANNER))
    new = Activity.objects.get(plan__year=2032)

    client.force_login(staff())
    assertNotContains(client.get(address(activity)), address(new))
    client.force_login(staff(READER))
    assertContains(client.get(address(activity)), address(new))
