"""지연과제 목록: what was late by the last day, and what the departments say about it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from plans.reports.document import Block, Bullet, CellKind, Column, Document, Heading, Row, Table
from plans.reports.kinds.cells import counted, of_target, rate, target, text
from plans.reports.kinds.titles import framed
from plans.reports.requests import ReportRequest
from plans.reports.sources import Source
from plans.tracking.closing.reading import FrozenActivity, FrozenGroup

UNSAID = "적은 것이 없습니다."


def late_report(source: Source, request: ReportRequest) -> Document:
    """Return the list of what was late."""
    table = late_table(source)
    blocks = [*late_blocks(source, request), *([table] if table.rows else [])]
    return framed(source, request, blocks, [table])


def late_blocks(source: Source, _request: ReportRequest) -> Iterator[Block]:
    """Yield what was late, by initiative."""
    yield Heading(_("늦어진 활동"))
    initiatives = [one for one in source.top.initiatives() if one.late]
    if not initiatives:
        yield Bullet(_("늦어진 활동이 없습니다."), 1)
    for initiative in initiatives:
        yield Bullet(initiative.data["title"], 1)
        for one in initiative.late:
            yield Bullet(f"{one.data['title']}: {of_target(one)}", 2)
            yield Bullet(_("문제점 및 대책: %(said)s") % {"said": said_of(one, initiative)}, 3)


def said_of(one: FrozenActivity, initiative: FrozenGroup) -> str:
    """Return what the department says about an activity's problems, or its initiative's."""
    return one.own_problems or initiative.problems or _(UNSAID)


def late_table(source: Source) -> Table:
    """Return the table of the late activities."""
    columns = [
        Column(_("추진과제"), width=24),
        Column(_("활동"), width=30),
        Column(_("담당부서"), width=14),
        Column(_("누계"), CellKind.NUMBER),
        Column(_("연간 목표"), CellKind.NUMBER),
        Column(_("단위"), width=6),
        Column(_("달성률(%)"), CellKind.PERCENT, 9, has_bars=True),
        Column(_("문제점 및 대책"), width=40),
    ]
    rows = [
        Row(
            [
                text(path[-1].data["title"]),
                text(one.data["title"]),
                text(one.data["department"]),
                counted(one),
                target(one, "yearly_target"),
                text(one.data["unit"]),
                rate(one.rate),
                text(said_of(one, path[-1])),
            ]
        )
        for path, one in source.with_places()
        if one.is_late
    ]
    return Table(_("지연과제"), _("늦어진 활동"), columns, rows)
