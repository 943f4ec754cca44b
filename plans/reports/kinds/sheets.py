"""A period's figures as tables of one level each, from the plan down to its activities."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from plans.reports.document import Cell, CellKind, Column, Row, Table
from plans.reports.kinds.cells import (
    amount,
    counted,
    inside,
    money_cells,
    money_columns,
    rate,
    status_cells,
    status_columns,
    target,
    text,
)
from plans.reports.money import Rounded, money_note
from plans.reports.requests import Inclusion, ReportRequest
from plans.reports.sources import Source, paths_in
from plans.tracking.closing.reading import LEVELS, FrozenActivity, FrozenGroup, decimal
from plans.tracking.models import TEXTS, text_labels

# The names of the levels, as of columns and sheets.
TITLES = dict(zip(LEVELS, ("계획", "축", "목표", "추진과제"), strict=True))


def level_sheets(source: Source, request: ReportRequest, sums: Rounded) -> list[Table]:
    """Return a sheet for each level from the top of the scope down, the activities' last."""
    first = LEVELS.index(source.top.data["level"])
    groups = [group_sheet(source, level, request, sums) for level in LEVELS[first:]]
    dates = [milestone_sheet(source)] if request.includes(Inclusion.MILESTONES) else []
    return [*groups, *(one for one in dates if one.rows), activity_sheet(source, request, sums)]


def group_sheet(source: Source, level: str, request: ReportRequest, sums: Rounded) -> Table:
    """Return the sheet of the pillars, goals or initiatives, or of the plan."""
    budget = request.includes(Inclusion.BUDGET)
    top = LEVELS.index(source.top.data["level"])
    depth = LEVELS.index(level) - top
    above = LEVELS[top : top + depth + 1]
    columns = [
        *(Column(TITLES[one], width=24) for one in above),
        Column(_("활동 수"), CellKind.NUMBER, 8),
        *status_columns(_("상태별 활동 수")),
        Column(_("달성률(%)"), CellKind.PERCENT, 9, has_bars=True),
        Column(_("이행률(%)"), CellKind.PERCENT, 9, has_bars=True),
        *(money_columns(request.won, _("예산")) if budget else []),
    ]
    rows = []
    for path in unique([one[: depth + 1] for one in paths_in(source.top)]):
        group = path[-1]
        found = inside(group)
        cells = [
            *(text(one.data["title"]) for one in path),
            Cell(len(found)),
            *status_cells(found),
            rate(group.rate),
            rate(group.met_rate),
            *(money_cells(group, sums) if budget else []),
        ]
        rows.append(Row(cells))
    note = money_note(request.won, request.won.label) if budget else ""
    return Table(TITLES[level], f"{TITLES[level]}별 추진현황", columns, rows, note)


def unique(paths: Sequence[list[FrozenGroup]]) -> list[list[FrozenGroup]]:
    """Return the paths without duplicates: one for each last group, in the same order."""
    return list({id(one[-1]): one for one in paths}.values())


def activity_sheet(source: Source, request: ReportRequest, sums: Rounded) -> Table:
    """Return the sheet of the activities, with everything that is known of each."""
    budget, texts = request.includes(Inclusion.BUDGET), request.includes(Inclusion.TEXTS)
    top = LEVELS.index(source.top.data["level"])
    columns = [
        *(Column(TITLES[one], width=20) for one in LEVELS[top:]),
        Column(_("활동"), width=30),
        Column(_("담당부서"), width=14),
        Column(_("단위"), width=6),
        Column(_("연간 목표"), CellKind.NUMBER),
        Column(_("기간 목표"), CellKind.NUMBER),
        Column(_("기간 실적"), CellKind.NUMBER),
        Column(_("그중 늦게 확정"), CellKind.NUMBER),
        Column(_("누계"), CellKind.NUMBER),
        Column(_("달성률(%)"), CellKind.PERCENT, has_bars=True),
        Column(_("진행률(%)"), CellKind.PERCENT),
        Column(_("상태")),
        Column(_("공정률(%)"), CellKind.NUMBER),
        *(money_columns(request.won) if budget else []),
        *([Column(_("집행액의 출처"), width=20)] if budget else []),
        *([Column(label, width=40) for label in text_labels().values()] if texts else []),
    ]
    rows = [
        Row(
            [
                *(text(group.data["title"]) for group in path),
                *activity_cells(one),
                *(money_cells(one, sums) if budget else []),
                *([text(one.data["spending_source"])] if budget else []),
                *([text(one.data["update"].get(name, "")) for name in TEXTS] if texts else []),
            ]
        )
        for path, one in source.with_places()
    ]
    note = money_note(request.won, request.won.label) if budget else ""
    return Table(_("활동"), _("활동별 추진현황"), columns, rows, note)


def activity_cells(one: FrozenActivity) -> list[Cell]:
    """Return the cells of an activity's figures."""
    return [
        text(one.data["title"]),
        text(one.data["department"]),
        text(one.data["unit"]),
        target(one, "yearly_target"),
        target(one, "period_target"),
        amount(one, "amount"),
        amount(one, "late"),
        counted(one),
        rate(one.rate),
        rate(decimal(one.data["pace"])),
        text(one.status_text),
        Cell(one.share_done),
    ]


def milestone_sheet(source: Source) -> Table:
    """Return the sheet of the milestones of all activities."""
    columns = [
        Column(_("추진과제"), width=24),
        Column(_("활동"), width=30),
        Column(_("추진일정"), width=30),
        Column(_("예정일"), CellKind.DAY, 12),
        Column(_("완료일"), CellKind.DAY, 12),
    ]
    rows = [
        Row(
            [
                text(path[-1].data["title"]),
                text(one.data["title"]),
                text(title),
                Cell(planned),
                Cell(done, _("완료 전")),
            ]
        )
        for path, one in source.with_places()
        for title, planned, done in one.milestones
    ]
    return Table(_("추진일정"), _("추진일정"), columns, rows)
