"""동별 현황: what was done in each dong, for the residents' assembly; counted from the ledger.

Records of personal kinds are left out, and so are records without a dong.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from gwonseon.office.models import Dong
from gwonseon.refusals import refuse_unless
from plans.progress.figures import Figure, PlanProgress
from plans.progress.queries import SUMS, progress_of, shareable
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Column,
    Document,
    Heading,
    Row,
    Table,
)
from plans.reports.kinds.cells import text
from plans.reports.kinds.titles import framed
from plans.reports.requests import ReportRequest, ScopeLevel
from plans.tree.choices import Measure


@dataclass(frozen=True)
class Done:
    """What was done for an activity in a dong: the number of records, the amount, the last day."""

    dong: Dong
    figure: Figure
    pillar: str
    records: int
    amount: Decimal
    last_on: date


def dongs_report(request: ReportRequest) -> Document:
    """Return the report of all dong, or of one."""
    progress = progress_of(request.plan, request.last_on)
    dongs = dongs_in(request)
    found = done_in(progress, dongs)
    pillars = [one.title for one in progress.whole.groups("pillar")]
    table, detail = dong_table(dongs, found, pillars), done_table(found)
    blocks: list[Block] = [Heading(_("동별 추진현황")), table]
    for dong in dongs:
        blocks += dong_blocks(dong, [one for one in found if one.dong == dong])
    return framed(None, request, blocks, [table, detail])


def dongs_in(request: ReportRequest) -> list[Dong]:
    """Return the dong of the report's scope (1 query); refuse one that there is not."""
    rows = list(Dong.objects.all())
    if request.scope.level == ScopeLevel.DONG:
        rows = [one for one in rows if one.name == request.scope.key]
        refuse_unless(rows, "그런 동이 없습니다. 목록에서 골라 주세요.")
    return rows


def done_in(progress: PlanProgress, dongs: list[Dong]) -> list[Done]:
    """Return what was done in some dong, by dong and in the plan's order (1 query)."""
    names = {one.pk: one for one in dongs}
    rows = shareable(progress).filter(dong__in=names).values("dong", "activity")
    sums: dict[int, dict[int, dict]] = defaultdict(dict)
    for one in rows.annotate(**SUMS, last_on=Max("happened_on")):
        sums[one["dong"]][one["activity"]] = one
    return [
        Done(
            dong,
            figure,
            pillar.title,
            one[f"{Measure.RECORDS}_sum"],
            figure.gauge.amount(one),
            one["last_on"],
        )
        for key, dong in names.items()
        for pillar in progress.whole.groups("pillar")
        for figure in pillar.figures
        if (one := sums[key].get(figure.activity.pk))
    ]


def dong_table(dongs: list[Dong], found: list[Done], pillars: list[str]) -> Table:
    """Return a row for each dong: its records by pillar. A closed dong needs records."""
    columns = [
        Column(_("동"), width=16),
        *(Column(one, CellKind.NUMBER, 14, _("축별 실적(건)")) for one in pillars),
        Column(_("계(건)"), CellKind.NUMBER, 10),
        Column(_("활동"), CellKind.NUMBER, 8),
    ]
    rows = []
    for dong in dongs:
        here = [one for one in found if one.dong == dong]
        if dong.closed_on and not here:
            continue
        counts = [sum(one.records for one in here if one.pillar == title) for title in pillars]
        cells = [text(dong.name), *map(Cell, counts), Cell(sum(counts)), Cell(len(here))]
        rows.append(Row(cells))
    note = _("개인의 일을 적은 실적과 동을 정하지 않은 실적은 들어 있지 않습니다.")
    return Table(_("동"), _("동별 실적"), columns, rows, note)


def dong_blocks(dong: Dong, found: list[Done]) -> Iterator[Block]:
    """Yield what was done in a dong."""
    if dong.closed_on and not found:
        return
    yield Heading(dong.name)
    if not found:
        yield Bullet(_("이 동에서 확정된 실적이 없습니다."), 1)
    for one in found:
        values = {
            "title": one.figure.title,
            "amount": f"{grouped(one.amount)}{one.figure.unit}",
            "records": one.records,
            "day": Cell(one.last_on).text,
        }
        line = _("%(title)s: %(amount)s (실적 %(records)s건, 마지막 %(day)s)")
        yield Bullet(line % values, 1)


def done_table(found: list[Done]) -> Table:
    """Return a row for each activity in each dong."""
    columns = [
        Column(_("동"), width=12),
        Column(_("축"), width=16),
        Column(_("활동"), width=36),
        Column(_("실적(건)"), CellKind.NUMBER, 8),
        Column(_("한 양"), CellKind.NUMBER, 10),
        Column(_("단위"), width=8),
        Column(_("마지막 추진일자"), CellKind.DAY, 14),
    ]
    rows = [
        Row(
            [
                text(one.dong.name),
                text(one.pillar),
                text(one.figure.title),
                Cell(one.records),
                Cell(one.amount),
                text(one.figure.unit),
                Cell(one.last_on),
            ]
        )
        for one in found
    ]
    return Table(_("동과 활동"), _("동별, 활동별 실적"), columns, rows)
