"""부서별 현황: how each department's activities stand."""

from collections import defaultdict

from django.utils.translation import gettext as _

from plans.reports.document import Bullet, Cell, CellKind, Column, Document, Heading, Row, Table
from plans.reports.kinds.cells import (
    money_cells,
    money_columns,
    rate,
    status_cells,
    status_columns,
    text,
)
from plans.reports.kinds.progress import activity_blocks
from plans.reports.kinds.sheets import level_sheets
from plans.reports.kinds.titles import framed
from plans.reports.money import Rounded, money_note
from plans.reports.requests import Inclusion, ReportRequest
from plans.reports.sources import Source, regrouped
from plans.tracking.closing.reading import FrozenActivity


def departments_report(source: Source, request: ReportRequest) -> Document:
    """Return the report: a table of the departments, and each one's activities."""
    table = department_table(source, request)
    blocks = [Heading(_("부서별 추진현황")), table]
    for name, activities in by_department(source).items():
        blocks.append(Heading(name or _("담당부서 없음")))
        for one in activities:
            blocks += activity_blocks(one, request)
    if not source.activities:
        blocks.append(Bullet(_("활동이 없습니다.")))
    sums = Rounded(source.top, request.won)
    return framed(source, request, blocks, [table, level_sheets(source, request, sums)[-1]])


def by_department(source: Source) -> dict[str, list[FrozenActivity]]:
    """Return the activities of each department, in the order of the names; "" comes last."""
    found: dict[str, list[FrozenActivity]] = defaultdict(list)
    for one in source.activities:
        found[one.data["department"]].append(one)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0])))


def department_table(source: Source, request: ReportRequest) -> Table:
    """Return a row for each department, its rates and sums counted from its activities alone."""
    budget = request.includes(Inclusion.BUDGET)
    columns = [
        Column(_("담당부서"), width=18),
        Column(_("활동"), CellKind.NUMBER, 6),
        *status_columns(_("상태별 활동 수")),
        Column(_("추진상황을 쓴 활동"), CellKind.NUMBER, 10),
        Column(_("달성률(%)"), CellKind.PERCENT, 9, has_bars=True),
        Column(_("이행률(%)"), CellKind.PERCENT, 9, has_bars=True),
        *(money_columns(request.won, _("예산")) if budget else []),
    ]
    rows = []
    for name, activities in by_department(source).items():
        group = regrouped(source.top, lambda one, name=name: one.data["department"] == name)
        sums = Rounded(group, request.won)
        cells = [
            text(name or _("담당부서 없음")),
            Cell(len(activities)),
            *status_cells(activities),
            Cell(sum(bool(one.data["update"]) for one in activities)),
            rate(group.rate),
            rate(group.met_rate),
            *(money_cells(group, sums) if budget else []),
        ]
        rows.append(Row(cells))
    note = money_note(request.won, request.won.label) if budget else ""
    return Table(_("부서"), _("부서별 추진현황"), columns, rows, note)
