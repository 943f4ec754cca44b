"""계획서: the plan itself, as its document and as a table of its items."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from plans.documents.exporting import document_lines
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Column,
    Document,
    Heading,
    PlanLine,
    Row,
    Table,
)
from plans.reports.kinds.cells import text
from plans.reports.requests import ReportRequest
from plans.tree.models import Activity, Initiative
from plans.tree.queries import Tree, read_tree


def plan_report(request: ReportRequest) -> Document:
    """Return the plan as it is now (5 queries)."""
    plan = request.plan
    tree = read_tree(plan)
    return Document(
        title=str(plan),
        subtitle=plan.vision,
        office=plan.district.name,
        source=_("지금 시행하는 계획입니다."),
        blocks=list(plan_blocks(tree)),
        sheets=[plan_table(tree)],
        lines=[PlanLine(one.kind, one.text, one.pieces[0].lead) for one in document_lines(tree)],
    )


def plan_blocks(tree: Tree) -> Iterator[Block]:
    """Yield the pillars, goals, initiatives and activities."""
    for pillar in tree.pillars:
        yield Heading(pillar.shown_title)
        for goal in tree.goals_of(pillar):
            yield Bullet(goal.shown_title, 0)
            for initiative in tree.initiatives_of(goal):
                yield Bullet(initiative.shown_title, 1)
                for activity in tree.activities_of(initiative):
                    yield Bullet(promise_line(activity), 2)


def promise_line(activity: Activity) -> str:
    """Return an activity with its target."""
    if activity.target is None:
        return activity.shown_title
    unit = activity.unit
    return _("%(title)s (목표 %(target)s%(unit)s)") % {
        "title": activity.shown_title,
        "target": grouped(activity.target),
        "unit": unit,
    }


def plan_table(tree: Tree) -> Table:
    """Return a row for each activity."""
    columns = [
        Column(_("축"), width=18),
        Column(_("목표"), width=24),
        Column(_("추진과제"), width=28),
        Column(_("활동"), width=36),
        Column(_("담당부서"), width=16),
        Column(_("연간 목표"), CellKind.NUMBER),
        Column(_("단위"), width=8),
        Column(_("시작일"), CellKind.DAY, 12),
        Column(_("종료일"), CellKind.DAY, 12),
        Column(_("계획 예산(원)"), CellKind.NUMBER, 14),
        Column(_("가중치"), CellKind.NUMBER, 8),
        Column(_("주소"), width=20),
    ]
    rows = [
        activity_row(initiative, activity)
        for pillar in tree.pillars
        for goal in tree.goals_of(pillar)
        for initiative in tree.initiatives_of(goal)
        for activity in tree.activities_of(initiative)
    ]
    return Table(_("활동"), _("계획의 활동"), columns, rows)


def activity_row(initiative: Initiative, activity: Activity) -> Row:
    """Return an activity's row."""
    goal = initiative.goal
    owner = activity.department or initiative.department
    return Row(
        [
            text(goal.pillar.shown_title),
            text(goal.shown_title),
            text(initiative.shown_title),
            text(activity.shown_title),
            text(owner.name if owner else ""),
            Cell(activity.target, _("목표 미설정")),
            text(activity.unit),
            Cell(activity.starts_on),
            Cell(activity.ends_on),
            Cell(activity.budget, _("예산 없음")),
            Cell(activity.weight),
            text(activity.slug),
        ]
    )
