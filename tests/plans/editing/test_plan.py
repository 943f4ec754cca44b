"""Creating a plan, and its vision."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from gwonseon.office.roles import EDITOR, PLANNER
from gwonseon.refusals import RefusedError
from plans.amendments.decide import apply_amendment
from plans.amendments.models import Amendment
from plans.amendments.propose import request_approval
from plans.editing.beginning.actions import begin_plan
from plans.tree.models import Pillar, Plan
from tests.factories.amendments import planners
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, PillarFactory, PlanFactory, publish
from tests.plans.editing.forms import address, typed
from tests.plans.together import together

pytestmark = pytest.mark.django_db

ADD = "/staff/plans/add/"


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(staff(PLANNER))
    return client


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(year=2031, vision="처음 비전")


def vision_url(plan: Plan) -> str:
    return reverse("editing:vision", args=[plan.year])


def test_an_empty_plan_is_created_and_gets_a_pillar(planner: Client) -> None:
    assertContains(planner.get("/staff/plans/"), ADD)

    response = planner.post(ADD, {"year": "2031", "vision": "함께  하는\n동네"}, follow=True)

    plan = Plan.objects.get()
    assert (plan.year, plan.vision, plan.status) == (2031, "함께 하는 동네", Plan.Status.DRAFT)
    assertContains(response, "아직 아무것도 없습니다. 축부터 추가하세요.")
    assertContains(response, "함께 하는 동네")
    url = reverse("editing:pillar_add", args=[2031])
    planner.post(url, typed(planner, url, title="안전", code="safety"))
    assert Pillar.objects.get().code == "safety"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"year": "2031"}, "2031년 계획이 이미 있습니다. 다른 연도를 적으세요."),
        ({"year": "1990"}, "1995"),
        ({"year": "내년"}, "「내년」을(를) 수로 읽을 수 없습니다."),
        ({"year": "2032", "vision": "가" * 501}, "500"),
        ({"year": "2032", "vision": "뒤집힌 \u202e글"}, "U+202E"),
    ],
)
def test_an_invalid_year_gets_its_sentence(
    planner: Client, plan: Plan, facts: dict[str, str], sentence: str
) -> None:
    response = planner.post(ADD, facts)

    assertContains(response, sentence)
    assert Plan.objects.count() == 1


def test_other_roles_cannot_create_a_plan(client: Client, plan: Plan) -> None:
    client.force_login(staff(EDITOR))

    assert ADD not in client.get("/staff/plans/").text
    assert client.post(ADD, {"year": "2032"}).status_code == 403
    assert client.post(vision_url(plan), {"vision": "몰래"}).status_code == 403
    plan.refresh_from_db()
    assert plan.vision == "처음 비전"


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_new_plans_for_a_year_is_saved() -> None:
    by = staff(PLANNER)
    for year in range(2050, 2055):
        results = together(*[lambda year=year: begin_plan(year=year, vision="", by=by)] * 2)
        assert {type(one) for one in results} == {Plan, RefusedError}


def test_a_drafts_vision_is_written(planner: Client, plan: Plan) -> None:
    url = vision_url(plan)
    assertContains(planner.get(plan_url := reverse("editing:tree", args=[2031])), url)

    response = planner.post(url, typed(planner, url, vision="새 비전"))

    assertRedirects(response, plan_url)
    plan.refresh_from_db()
    assert plan.vision == "새 비전"


def test_the_second_to_write_a_vision_sees_both(planner: Client, plan: Plan) -> None:
    url = vision_url(plan)
    data = typed(planner, url, vision="내 비전")
    Plan.objects.update(vision="남의 비전")

    response = planner.post(url, data)

    assertContains(response, "다른 사람이 먼저 저장했습니다", status_code=409)
    assertContains(response, "<td", status_code=409)
    assertContains(response, "남의 비전", status_code=409)
    assertContains(response, "내 비전", status_code=409)
    plan.refresh_from_db()
    assert plan.vision == "남의 비전"
    form = response.context["form"]
    planner.post(url, {"vision": form["vision"].value(), "seen": form["seen"].value()})
    plan.refresh_from_db()
    assert plan.vision == "내 비전"


def test_a_published_plans_vision_cannot_change(planner: Client, plan: Plan) -> None:
    publish(plan)
    url = vision_url(plan)

    assert url not in planner.get(reverse("editing:tree", args=[2031])).text
    assert planner.post(url, {"vision": "몰래", "seen": "처음 비전"}).status_code == 403
    plan.refresh_from_db()
    assert plan.vision == "처음 비전"


def test_two_pillars_cannot_have_one_field_of_work(planner: Client, plan: Plan) -> None:
    PillarFactory(plan=plan, code="safety")
    pillar = PillarFactory(plan=plan)
    url = address(pillar)

    response = planner.post(url, typed(planner, url, code="safety"))

    assert response.context["form"].errors["code"]
    planner.post(url, typed(planner, url, code="welfare"))
    pillar.refresh_from_db()
    assert pillar.code == "welfare"


def test_a_pillar_added_to_a_published_plan_has_its_field_of_work(client: Client) -> None:

    author, approver = planners()
    plan = publish(ActivityFactory(initiative__goal__pillar__code="safety").plan)
    client.force_login(author)
    url = reverse("editing:pillar_add", args=[plan.year])
    client.post(url, typed(client, url, title="복지", code="welfare"))
    amendment = Amendment.objects.get()
    request_approval(amendment=amendment, reason="새 축", ground="방침", by=author)

    apply_amendment(amendment=Amendment.objects.get(), by=approver)

    assert Pillar.objects.get(title="복지").code == "welfare"
    url = address(Pillar.objects.get(title="복지"))
    assert "code" not in client.get(url).context["form"].fields
