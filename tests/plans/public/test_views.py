import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Department
from plans.documents.notes import SHIPPED
from plans.tree.models import Activity, Goal, Initiative, Plan
from tests.factories.amendments import amend
from tests.factories.office import UserFactory
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PillarFactory,
    PlanFactory,
    publish,
)
from tests.plans.public.conftest import Read


def test_home_shows_the_latest_published_plan(db: None, read: Read) -> None:
    PlanFactory(year=2031, vision="지난 비전", published=True)
    PlanFactory(year=2032, vision="이번 비전", published=True)
    PlanFactory(year=2033, vision="다음 비전")

    assert "이번 비전" in read("/")
    assert "지난 비전" in read("/2031/")


def test_home_without_a_plan_says_so(db: None, read: Read) -> None:
    PlanFactory()

    assert "아직 공개된 계획이 없습니다" in read("/")
    assert "이 누리집 읽는 법" in read("/guide/")


def test_home_counts_what_is_below_each_pillar(plan_2021: Plan, read: Read) -> None:
    page = read("/")

    assert "수원의 미래, 함께하는 권선" in page
    assert "믿음주는 안전도시 목표 3 · 추진과제 7 · 활동 12" in page
    assert "소통하는 신뢰도시 목표 3 · 추진과제 8 · 활동 14" in page


def test_every_node_has_its_page_and_every_line_is_in_the_document(
    plan_2021: Plan, read: Read
) -> None:
    for initiative in Initiative.objects.all():
        page = read(f"/2021/initiative/{initiative.slug}/")
        assert initiative.shown_title in page
        for activity in initiative.activities.all():
            assert activity.shown_title in page
            assert activity.shown_title in read(f"/2021/activity/{activity.slug}/")
    for goal in Goal.objects.select_related("pillar"):
        assert goal.shown_title in read(f"/2021/pillar/{goal.pillar.slug}/")

    document = read("/2021/plan/").replace(" ", "")
    text = (SHIPPED / "plan-2021.txt").read_text(encoding="utf-8")
    for activity in [*Activity.objects.filter(is_derived=False), *Initiative.objects.all()]:
        assert activity.shown_title.replace(" ", "") in document
        assert "".join(activity.source_text.split()) in document
    for line in text.splitlines()[:40]:
        assert line.replace(" ", "") in document


def test_a_corrected_title_comes_with_the_documents_own(plan_2021: Plan, read: Read) -> None:
    page = read("/2021/initiative/crime-patrol/")

    assert "방범 순찰대 운영 및 캠페인 추진" in page
    assert "문서에 적힌 제목: 방법 순찰대 운영 및 캠페인 추진" in page
    assert "문서의 원문 보기 (방범 순찰대 운영 및 캠페인 추진) 문서 50행" in page
    assert "직원에게만" not in page
    assert "비전 쪽에 적힌 제목: 함께하는 나눔도시" in read("/2021/pillar/welfare/")
    assert "제목에서 따왔습니다" in read("/2021/activity/disaster-readiness/")


def test_staff_see_both_wordings_the_line_and_the_certainty(
    plan_2021: Plan, client: Client, read: Read
) -> None:
    client.force_login(UserFactory())

    page = read("/2021/activity/women-volunteers/")
    assert "69행 권선여성지원사자회" in page
    assert "권선여성자원봉사자회 (추정)" in page
    assert "21행 함께하는 나눔도시" in read("/2021/pillar/welfare/")


def test_an_initiative_names_its_neighbours_in_the_plans_order(plan_2021: Plan, read: Read) -> None:
    assert "이전 추진과제 질병 없는 마을 조성" in read("/2021/initiative/safe-childcare/")
    assert "이전 추진과제" not in read("/2021/initiative/disaster-readiness/")
    assert "다음 추진과제" not in read("/2021/initiative/festivals-and-learning/")


def test_the_department_is_named_where_it_is_set(plan_2021: Plan, read: Read) -> None:
    department = Department.objects.create(name="예시안전과", phone="031-000-0000")
    amend(Initiative.objects.get(slug="crime-patrol"), department_id=department.pk)

    assert "담당부서 예시안전과" in read("/2021/initiative/crime-patrol/")
    assert "031-000-0000" in read("/2021/activity/joint-patrol/")
    assert "담당부서" not in read("/2021/initiative/safety-education/")


def test_moving_a_node_breaks_no_address(plan_2021: Plan, read: Read) -> None:
    goal = Goal.objects.get(slug="green-living")
    amend(Initiative.objects.get(slug="crime-patrol"), parent=goal)

    assert "자연사랑 저탄소 녹색생활 실천" in read("/2021/initiative/crime-patrol/")
    assert "민·관·경 합동 순찰대" in read("/2021/activity/joint-patrol/")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("순찰", "민·관·경 합동 순찰 대"),
        ("무더위쉼터", "무더위쉼터"),
        ("무더위 쉼터", "무더위쉼터"),
        ("무 더 위", "무더위 쉼터"),
        ("합동 청소년 순찰", "찾은 항목이 없습니다"),
        ("순찰대 합동", "민·관·경 합동 순찰대"),
        ("방법 순찰대", "방법 순찰대 운영 및 캠페인 추진"),
        ("led", "LED 보안등"),
        ("TALK", "톡톡(Talk Talk)"),
        ("수원의 미래", "비전에도 있습니다"),
        ("함께하는 나눔", "함께하는 나눔도시"),
        ("100%_", "찾은 항목이 없습니다"),
        ("<script>", "찾은 항목이 없습니다"),
        ("'; DROP TABLE", "찾은 항목이 없습니다"),
        ("\\", "찾은 항목이 없습니다"),
        ("...", "글자나 숫자를 넣어 찾으세요"),
        ("가" * 101, "100자 안으로 줄이세요"),
        ("\x00", "사용할 수 없습니다"),
        ("", "제목과 문서의 글에서 찾습니다"),
    ],
)
def test_search(plan_2021: Plan, client: Client, question: str, found: str) -> None:
    response = client.get("/2021/search/", {"q": question})

    assert response.status_code == 200
    page = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert found.replace(" ", "") in text.replace(" ", "")
    assert "<script>" not in page


@pytest.mark.parametrize("page", ["0", "-1", "999", "abc", "1e9", "", "२", "1" * 5_000])
def test_an_invalid_page_number_shows_a_page(plan_2021: Plan, client: Client, page: str) -> None:
    response = client.get("/2021/search/", {"q": "조성", "page": page})

    assert response.status_code == 200
    assert "조성" in response.content.decode()


def test_search_without_a_year_looks_in_the_latest_plan(plan_2021: Plan, read: Read) -> None:
    assert "2021년 계획에서 찾기" in read("/search/?q=순찰")


def test_search_without_a_plan_goes_home(db: None, client: Client) -> None:
    assert client.get("/search/").url == "/"


@pytest.mark.parametrize(
    "url",
    [
        "/2020/",
        "/20210/",
        "/٢٠٢١/",
        "/2021/pillar/none/",
        "/2021/initiative/none/",
        "/2021/initiative/" + "가" * 3_000 + "/",
        "/2021/activity/a b/",
        "/2021/activity/%00/",
        "/2021/activity/%FF/",
        "/2021/activity/..%2F..%2Fetc/",
        "/2021/initiative/crime-patrol",
        "/none/",
    ],
)
def test_invalid_addresses_are_not_found(plan_2021: Plan, client: Client, url: str) -> None:
    assert client.get(url, follow=True).status_code in {200, 404}
    assert client.get(url).status_code in {301, 404}


@pytest.mark.parametrize("name", ["year", "document", "search"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_draft_is_invisible(db: None, client: Client, name: str, signed_in: bool) -> None:
    activity = ActivityFactory()
    if signed_in:
        client.force_login(UserFactory())
    year = activity.plan.year

    assert client.get(reverse(f"public:{name}", args=[year])).status_code == 404
    for node in (activity, activity.initiative, activity.initiative.goal.pillar):
        assert client.get(node.get_absolute_url()).status_code == 404


def test_pages_refuse_post(plan_2021: Plan, client: Client) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200


@pytest.fixture
def big_plan(db: None) -> Plan:
    """Return a published plan that is a hundred times as large as the one of 2021."""
    plan = PlanFactory(year=2050)
    codes = ("welfare", "safety", "civic", "culture")
    pillars = [PillarFactory(plan=plan, slug=code, code=code) for code in codes]
    goals = [GoalFactory(pillar=pillar) for pillar in pillars for _ in range(3)]
    initiatives = Initiative.objects.bulk_create(
        InitiativeFactory.build(goal=goal, plan=plan, slug=f"i{goal.pk}-{n}", position=n + 1)
        for goal in goals
        for n in range(25)
    )
    Activity.objects.bulk_create(
        ActivityFactory.build(initiative=one, plan=plan, slug=f"a{one.pk}-{n}", position=n + 1)
        for one in initiatives
        for n in range(19)
    )
    assert Activity.objects.filter(plan=plan).count() == 5_700
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as it would be overnight
    return publish(plan)


QUERIES = {
    # One each of year, initiative and activity is for the panel of items.
    "year": 12,
    # The last one is for the panel of the welfare pillar.
    "pillar": 15,
    "initiative": 8,
    "activity": 15,
    "activity_progress": 13,
    "progress": 12,
    "document": 5,
    "search": 4,
}


@pytest.mark.long
def test_pages_cost_the_same_queries_at_57_and_at_5700_activities(
    plan_2021: Plan,
    big_plan: Plan,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """A page that can be cached makes one more query, for the public state's number."""
    for name, number in QUERIES.items():
        for plan in (plan_2021, big_plan):
            url = address(plan, name)
            with django_assert_num_queries(number, info=name):
                response = client.get(url, {"q": "시"} if name == "search" else None)
            assert response.status_code == 200


def address(plan: Plan, name: str) -> str:
    activity = Activity.objects.filter(plan=plan).select_related("plan").order_by("pk")[20]
    if name == "activity":
        return activity.get_absolute_url()
    if name == "initiative":
        return activity.initiative.get_absolute_url()
    if name == "pillar":
        return activity.initiative.goal.pillar.get_absolute_url()
    if name == "activity_progress":
        return reverse("public:activity_progress", args=[plan.year, activity.slug])
    return reverse(f"public:{name}", args=[plan.year])


@pytest.mark.parametrize("size", [1, 3])
def test_lists_cost_the_same_queries_for_any_length(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    plan = PlanFactory()
    department = Department.objects.create(name="예시과")
    for _pillar in range(size):
        pillar = PillarFactory(plan=plan)
        for _ in range(size):
            initiative = InitiativeFactory(goal=GoalFactory(pillar=pillar), department=department)
            for _ in range(size):
                ActivityFactory(initiative=initiative, department=department)
    publish(plan)

    for name in ("year", "document"):
        with django_assert_num_queries(QUERIES[name]):
            client.get(reverse(f"public:{name}", args=[plan.year]))
    with django_assert_num_queries(QUERIES["pillar"] - 1):
        client.get(pillar.get_absolute_url())
    with django_assert_num_queries(QUERIES["initiative"]):
        client.get(initiative.get_absolute_url())
