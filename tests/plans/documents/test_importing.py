import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.documents.compare import compare_outline
from plans.documents.errors import DocumentError
from plans.documents.exporting import TreeSplits, export_outline
from plans.documents.importing import apply_outline, import_outline
from plans.documents.markers import DEFAULTS, Rank
from plans.documents.outline import Item, Outline, Wording, parse
from plans.tracking.milestones.models import Milestone
from plans.tree.models import Activity, Goal, Initiative, Pillar, Plan
from plans.tree.queries import read_tree
from plans.tree.writing import publish_plan
from tests.factories.tree import ActivityFactory, GoalFactory, PillarFactory, PlanFactory

TEXT = """\
1 안전 도시
□ 순찰
○ 밤길 : 학교, 공원, 골목
○ 낮길 : 학교, 교통
2 따뜻한 도시
□ 돌봄
○ 안부 : 전화, 방문
"""


def outline_of(text: str, plan: Plan | None = None) -> Outline:
    return parse(text.split("\n"), DEFAULTS[1], TreeSplits(read_tree(plan)) if plan else None)


@pytest.fixture
def plan(db: None) -> Plan:
    return import_outline(year=2031, outline=outline_of(TEXT), by=None)


def shape(plan: Plan) -> list[str]:
    tree = read_tree(plan)
    lines = []
    for pillar in tree.pillars:
        lines.append(pillar.title)
        for goal in tree.goals_of(pillar):
            lines.append(f" {goal.title}")
            for initiative in tree.initiatives_of(goal):
                lines.append(f"  {initiative.title}")
                lines += [f"   {activity.title}" for activity in tree.activities_of(initiative)]
    return lines


def test_an_activity_with_other_rows_is_not_deleted(plan: Plan) -> None:
    traffic = Activity.objects.get(slug="교통")
    Milestone.objects.create(activity=traffic, title="예시", planned_on="2031-03-01")
    before = shape(plan)

    with pytest.raises(DocumentError, match="추진일정이"):
        apply_outline(plan=plan, outline=outline_of(TEXT.replace(", 교통", ""), plan), by=None)

    assert shape(plan) == before


def test_import_writes_a_draft_with_generated_slugs(plan: Plan) -> None:
    plan.refresh_from_db()

    assert not plan.is_published
    assert plan.published_at is None
    assert shape(plan)[:5] == ["안전 도시", " 순찰", "  밤길", "   학교", "   공원"]
    assert list(Activity.objects.in_plan_order().values_list("slug", flat=True)) == [
        "학교", "공원", "골목", "학교-2", "교통", "전화", "방문",
    ]  # fmt: skip
    school = Activity.objects.get(slug="학교")
    assert (school.source_line, school.source_lead, school.source_text) == (3, " : ", "학교")


@pytest.mark.parametrize("size", [1, 40])
def test_import_makes_as_many_queries_for_any_size(db: None, size: int) -> None:
    text = "1 축\n□ 목표\n" + "".join(f"○ 과제{n} : 가, 나\n" for n in range(size))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        import_outline(year=2031, outline=outline_of(text), by=None)

    statements = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    # The plan and its headlines; keys and rows of each level.
    assert len(statements) == 2 + 4 * 2


def test_a_second_plan_for_a_year_is_refused_and_writes_nothing(plan: Plan) -> None:
    with pytest.raises(DocumentError, match="방금 만들어졌습니다"):
        import_outline(year=2031, outline=outline_of("1 다른 축"), by=None)

    assert Plan.objects.count() == 1
    assert not Pillar.objects.filter(title="다른 축").exists()


def test_apply_keeps_addresses_and_lineage_of_kept_nodes(plan: Plan) -> None:
    before = {one.title: (one.pk, one.slug, one.lineage) for one in Activity.objects.all()}
    text = TEXT.replace("학교, 공원, 골목", "골목길, 공원, 놀이터").replace(
        "학교, 교통", "교통, 학교"
    )

    apply_outline(plan=plan, outline=outline_of(text, plan), by=None)

    after = {one.title: (one.pk, one.slug, one.lineage) for one in Activity.objects.all()}
    assert after["골목길"] == before["골목"]
    assert after["공원"] == before["공원"]
    assert after["교통"] == before["교통"]
    assert set(after) == {"골목길", "공원", "놀이터", "교통", "학교", "전화", "방문"}
    assert shape(plan)[3:9] == ["   골목길", "   공원", "   놀이터", "  낮길", "   교통", "   학교"]


def test_apply_lets_nodes_swap_their_places_and_names(plan: Plan) -> None:
    text = TEXT.replace("밤길 : 학교, 공원, 골목", "낮길 : 학교, 교통", 1)
    text = text.replace("낮길 : 학교, 교통\n2", "밤길 : 학교, 공원, 골목\n2", 1)

    apply_outline(plan=plan, outline=outline_of(text, plan), by=None)

    assert shape(plan) == shape_of_text(text)
    assert not compare_outline(read_tree(plan), outline_of(text, plan)).changes


def shape_of_text(text: str) -> list[str]:
    return [" " * item.rank + item.title for item in outline_of(text).items()]


def test_apply_to_a_published_plan_is_refused_and_changes_nothing(plan: Plan) -> None:
    publish_plan(plan=plan, by=None)
    before = shape(plan)

    with pytest.raises(DocumentError, match="변경 절차"):
        apply_outline(plan=plan, outline=outline_of("1 다른 축"), by=None)

    assert shape(plan) == before


def test_publishing_sets_the_moment_once(plan: Plan) -> None:
    publish_plan(plan=plan, by=None)
    plan.refresh_from_db()
    moment = plan.published_at
    publish_plan(plan=plan, by=None)
    plan.refresh_from_db()

    assert plan.is_published
    assert plan.published_at == moment


def test_derived_activities_stay_as_long_as_their_initiative(plan: Plan) -> None:
    night, day = Initiative.objects.filter(goal__title="순찰").order_by("position")
    ActivityFactory(initiative=night, title="밤길 전체", is_derived=True)
    ActivityFactory(initiative=day, title="낮길 전체", is_derived=True)
    text = TEXT.replace("○ 낮길 : 학교, 교통\n", "").replace("학교, 공원", "공원, 학교")

    apply_outline(plan=plan, outline=outline_of(text, plan), by=None)

    assert Activity.objects.filter(title="밤길 전체").exists()
    assert not Activity.objects.filter(title="낮길 전체").exists()


def test_a_reworded_title_loses_the_correction_of_the_old_one(plan: Plan) -> None:
    Activity.objects.filter(title="골목").update(corrected_title="골목길", certainty="high")

    apply_outline(plan=plan, outline=outline_of(TEXT.replace("골목", "골목 안"), plan), by=None)

    node = Activity.objects.get(title="골목 안")
    assert (node.corrected_title, node.certainty) == ("", "")


TITLES = st.sampled_from(["가", "나", "다", "라 라", "마을 순찰", "마을 순찰대", "점검"])


def level(rank: Rank) -> st.SearchStrategy[list[Item]]:
    children = level(Rank(rank + 1)) if rank < Rank.ACTIVITY else st.just([])
    items = st.builds(
        lambda title, below: Item(rank, Wording(1, "", title), children=below), TITLES, children
    )
    return st.lists(items, max_size=3, unique_by=lambda item: item.title)


TREES = level(Rank.PILLAR).map(lambda pillars: Outline(pillars=pillars))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=TREES, second=TREES)
def test_applying_any_outline_to_any_plan_leaves_that_outline(
    db: None, first: Outline, second: Outline
) -> None:
    with transaction.atomic():
        plan = import_outline(year=2031, outline=first, by=None)
        apply_outline(plan=plan, outline=second, by=None)

        assert shape(plan) == [" " * item.rank + item.title for item in second.items()]
        assert not compare_outline(read_tree(plan), second).changes
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)


def test_a_child_cannot_belong_to_another_plan_than_its_parent(db: None) -> None:
    goal = GoalFactory()
    other = PlanFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(plan=other)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "fields",
    [
        {"corrected_title": "바로잡음", "certainty": ""},
        {"corrected_title": "", "certainty": "high"},
        {"title": ""},
    ],
)
def test_the_database_refuses_an_incomplete_correction(db: None, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        PillarFactory(**fields)


def test_a_plan_is_published_with_its_moment(db: None) -> None:
    with pytest.raises(IntegrityError):
        PlanFactory(status=Plan.Status.PUBLISHED)


def test_export_after_one_edit_differs_in_one_line(plan: Plan) -> None:
    before = export_outline(plan).split("\n")
    Activity.objects.filter(title="공원").update(title="큰 공원")

    after = export_outline(plan).split("\n")

    changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert changed == [("○ 밤길 : 학교, 공원, 골목", "○ 밤길 : 학교, 큰 공원, 골목")]
    assert not compare_outline(read_tree(plan), outline_of("\n".join(after), plan)).changes
