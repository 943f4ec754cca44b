"""주요업무 한 장 요약: the whole plan on one page of A4."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

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
from plans.reports.kinds.cells import (
    inside,
    money_cells,
    money_columns,
    of_target,
    percent_text,
    rate,
    status_cells,
    status_columns,
    statuses_text,
    text,
)
from plans.reports.kinds.progress import money_line
from plans.reports.kinds.titles import framed
from plans.reports.money import Rounded, money_note
from plans.reports.requests import Inclusion, ReportRequest
from plans.reports.sources import Source
from plans.tracking.closing.reading import FrozenGroup

# As many initiatives of a part of the plan are told, and as many late activities.
MOST_TOLD, MOST_LATE = 3, 5


def summary_report(source: Source, request: ReportRequest) -> Document:
    """Return the page."""
    sums = Rounded(source.top, request.won)
    table = parts_table(source, request, sums)
    blocks = [*overview(source, request, sums), table, *told(source), *late(source)]
    return framed(source, request, blocks, [table], is_one_page=True)


def overview(source: Source, request: ReportRequest, sums: Rounded) -> Iterator[Block]:
    """Yield the whole plan's rates, statuses and money in three lines."""
    values = {
        "rate": percent_text(source.top.rate),
        "met": percent_text(source.top.met_rate),
        "all": len(source.activities),
        "statuses": statuses_text(source.activities) or _("공개하지 않음"),
    }
    yield Bullet(_("달성률 %(rate)s, 이행률 %(met)s") % values, 0)
    yield Bullet(_("활동 %(all)s개: %(statuses)s") % values, 0)
    if request.includes(Inclusion.BUDGET):
        yield Bullet(money_line(source.top, request, sums), 0)


def parts_table(source: Source, request: ReportRequest, sums: Rounded) -> Table:
    """Return a row for each part of the scope, and one for the whole."""
    budget = request.includes(Inclusion.BUDGET)
    columns = [
        Column(_("구분"), width=22),
        Column(_("활동"), CellKind.NUMBER, 6),
        *status_columns(_("상태별 활동 수")),
        Column(_("달성률(%)"), CellKind.PERCENT, 9, has_bars=True),
        *(money_columns(request.won, _("예산")) if budget else []),
    ]

    def row(group: FrozenGroup, title: str, *, is_strong: bool = False) -> Row:
        found = inside(group)
        money = money_cells(group, sums) if budget else []
        cells = [text(title), Cell(len(found)), *status_cells(found), rate(group.rate), *money]
        return Row(cells, is_strong)

    rows = [row(one, one.data["title"]) for one in source.top.parts]
    rows.append(row(source.top, _("계"), is_strong=True))
    note = money_note(request.won, request.won.label) if budget else ""
    return Table(_("요약"), _("한눈에 보기"), columns, rows, note)


def told(source: Source) -> Iterator[Block]:
    """Yield what the departments say about the heaviest initiatives of each part."""
    for part in source.top.parts or [source.top]:
        said = [(one, results_of(one)) for one in part.initiatives()]
        said = [(one, results) for one, results in said if results]
        said.sort(key=lambda pair: -len(pair[0].own))
        if said:
            yield Heading(part.data["title"])
        for one, results in said[:MOST_TOLD]:
            yield Bullet(f"{one.data['title']}: {results}", 1)


def results_of(initiative: FrozenGroup) -> str:
    """Return the first line of what was done, about an initiative or one of its activities."""
    texts = [initiative.texts, *(one.texts for one in initiative.own)]
    said = next((found[0][1] for found in texts if found), "")
    return said.split("\n", 1)[0]


def late(source: Source) -> Iterator[Block]:
    """Yield the late activities that lack most, as far as the page has room."""
    found = [one for one in source.activities if one.is_late]
    found.sort(key=lambda one: one.rate if one.rate is not None else 0)
    if not found:
        return
    yield Heading(_("늦어진 활동 %(number)s개") % {"number": len(found)})
    for one in found[:MOST_LATE]:
        yield Bullet(f"{one.data['title']}: {of_target(one)} ({percent_text(one.rate)})", 1)
