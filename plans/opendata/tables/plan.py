"""Tables of the plan: its nodes, targets and milestones."""

from collections.abc import Iterator

from plans.amendments.promised_fields import parent_lineage
from plans.opendata.tables.declaring import (
    DataColumn,
    DataTable,
    Row,
    Type,
    choices,
    lineage_column,
    slug_column,
    year_column,
)
from plans.opendata.tables.nodes import department_names, public_activities, public_nodes
from plans.progress.figures import Gauge
from plans.tracking.milestones.models import Milestone
from plans.tree.access import LEVELS, owner_of
from plans.tree.choices import ActivityKind, Measure, TargetOrigin
from plans.tree.models import TARGETS, Activity

UNIT = DataColumn("unit", "단위", about="수를 세는 단위", may_be_empty=True)


def plan_rows() -> Iterator[Row]:
    """Yield the nodes of all published plans (6 queries)."""
    departments = department_names()
    for node in public_nodes():
        is_activity = isinstance(node, Activity)
        yield (
            node.plan.year,
            node._meta.model_name,
            str(node.lineage),
            node.slug,
            parent_lineage(node) or "",
            node.position,
            node.title,
            node.corrected_title,
            node.text,
            node.weight,
            departments[owner_of(node)],
            node.kind if is_activity else "",
            node.starts_on if is_activity else None,
            node.ends_on if is_activity else None,
            node.retired_on,
            node.get_absolute_url(),
        )


def target_rows() -> Iterator[Row]:
    """Yield the targets of all activities of published plans (5 queries)."""
    for one in public_activities():
        yield (
            one.plan.year,
            str(one.lineage),
            one.slug,
            one.shown_title,
            one.counted,
            one.measure,
            Gauge(one.measure, one.counted, one.unit).unit_text,
            *(getattr(one, name) for name in TARGETS),
            one.target_origin,
            one.target_set_on,
            one.budget,
        )


def milestone_rows() -> Iterator[Row]:
    """Yield the milestones of all activities of published plans (6 queries)."""
    activities = {one.pk: one for one in public_activities()}
    rows = Milestone.objects.filter(activity__in=activities).defer("evidence")
    ordered = rows.order_by("activity__plan__year", "activity", "planned_on", "pk")
    for one in ordered.iterator():
        activity = activities[one.activity_id]
        yield (
            activity.plan.year,
            str(activity.lineage),
            activity.slug,
            one.pk,
            one.title,
            one.planned_on,
            one.weight,
            one.done_on,
        )


PLAN = DataTable(
    "plan",
    "계획의 항목",
    "공개한 계획의 축, 목표, 추진과제와 활동. 변경이 모두 반영된 지금의 값입니다.",
    ("year", "lineage"),
    (
        year_column(),
        DataColumn(
            "level",
            "단계",
            Type.CODE,
            "계획의 네 단계 가운데 하나",
            codes=choices((name, model._meta.verbose_name) for name, model in LEVELS.items()),
        ),
        lineage_column("항목"),
        slug_column(),
        DataColumn(
            "parent", "윗항목", Type.CODE, "윗항목의 고유 번호. 축에는 없습니다.", may_be_empty=True
        ),
        DataColumn("position", "순서", Type.INTEGER, "윗항목 안에서의 순서"),
        DataColumn("title", "제목", about="문서에 적힌 대로의 제목"),
        DataColumn(
            "corrected_title",
            "바로잡은 제목",
            about="문서의 글자가 잘못되었을 때 보이는 제목",
            may_be_empty=True,
        ),
        DataColumn("text", "내용", may_be_empty=True),
        DataColumn("weight", "가중치", Type.NUMBER, "윗단계의 달성률을 낼 때 차지하는 몫"),
        DataColumn("department", "담당부서", may_be_empty=True),
        DataColumn(
            "kind",
            "일의 종류",
            Type.CODE,
            "활동에만 있습니다.",
            may_be_empty=True,
            codes=choices(ActivityKind.choices),
        ),
        DataColumn("starts_on", "시작일", Type.DATE, "활동의 첫날", may_be_empty=True),
        DataColumn("ends_on", "마감일", Type.DATE, "활동의 마지막 날", may_be_empty=True),
        DataColumn(
            "retired_on", "종료일", Type.DATE, "변경으로 끝난 항목의 마지막 날", may_be_empty=True
        ),
        DataColumn("page", "화면", Type.CODE, "이 누리집에서 항목을 보이는 화면의 주소"),
    ),
    plan_rows,
)

TARGET = DataTable(
    "targets",
    "활동의 목표",
    "활동마다 무엇을 세는지와 연간·분기 목표, 계획 예산. 목표가 없으면 비어 있으며, 0이 아닙니다.",
    ("year", "lineage"),
    (
        year_column(),
        lineage_column(),
        slug_column(),
        DataColumn("title", "활동"),
        DataColumn("counted", "세는 것", may_be_empty=True),
        DataColumn(
            "measure",
            "재는 방법",
            Type.CODE,
            "실적의 무엇을 더하는지",
            codes=choices(Measure.choices),
        ),
        UNIT,
        DataColumn("target", "연간 목표", Type.NUMBER, unit="단위 칸", may_be_empty=True),
        *(
            DataColumn(name, f"{number}분기 목표", Type.NUMBER, unit="단위 칸", may_be_empty=True)
            for number, name in enumerate(TARGETS[1:], 1)
        ),
        DataColumn(
            "target_origin",
            "목표의 출처",
            Type.CODE,
            may_be_empty=True,
            codes=choices(TargetOrigin.choices),
        ),
        DataColumn("target_set_on", "목표를 정한 날", Type.DATE, may_be_empty=True),
        DataColumn("budget", "계획 예산", Type.INTEGER, unit="원", may_be_empty=True),
    ),
    target_rows,
)

MILESTONES = DataTable(
    "milestones",
    "추진일정",
    "활동의 단계마다 계획한 날과 마친 날. 비중이 있으면 한 활동 안에서 더해 100입니다.",
    ("milestone",),
    (
        year_column(),
        lineage_column(),
        slug_column(),
        DataColumn("milestone", "일정 번호", Type.INTEGER),
        DataColumn("title", "무엇"),
        DataColumn("planned_on", "계획한 날", Type.DATE),
        DataColumn(
            "weight", "비중", Type.INTEGER, "공정률에서 차지하는 몫", "%", may_be_empty=True
        ),
        DataColumn("done_on", "마친 날", Type.DATE, may_be_empty=True),
    ),
    milestone_rows,
)
