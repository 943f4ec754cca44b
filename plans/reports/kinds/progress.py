"""추진실적 보고: a period in the office's manner, from the whole down to each initiative."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Chart,
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
    statuses_text,
    text,
)
from plans.reports.kinds.extras import extra_blocks
from plans.reports.kinds.late import late_blocks
from plans.reports.kinds.sheets import TITLES, level_sheets
from plans.reports.kinds.titles import framed
from plans.reports.money import Rounded, money_note
from plans.reports.requests import Inclusion, ReportRequest
from plans.reports.sources import Source, paths_in
from plans.tracking.closing.reading import (
    LEVELS,
    FrozenActivity,
    FrozenGroup,
    StatusChange,
    changes_between,
    day,
)


def progress_report(source: Source, request: ReportRequest) -> Document:
    """Return the report of a period."""
    sums = Rounded(source.top, request.won)
    changes = changes_of(source)
    blocks = [
        *overview(source, request, sums),
        *late_blocks(source, request),
        *change_blocks(source, changes),
        *details(source, request),
        *extra_blocks(source, request),
    ]
    sheets = level_sheets(source, request, sums)
    if changes:
        sheets.insert(-1, change_table(source, changes))
    return framed(source, request, blocks, sheets)


def overview(source: Source, request: ReportRequest, sums: Rounded) -> Iterator[Block]:
    """Yield the whole: rates, statuses, money, and the table and chart of its parts."""
    top, activities = source.top, source.activities
    measured = [one for one in activities if one.rate is not None]
    yield Heading(_("총괄"))
    yield Bullet(
        _("달성률 %(rate)s, 이행률 %(met)s")
        % {"rate": percent_text(top.rate), "met": percent_text(top.met_rate)},
        0,
    )
    yield Bullet(
        _("활동 %(all)s개 가운데 비율을 셈하는 활동 %(measured)s개. 상태: %(statuses)s")
        % {
            "all": len(activities),
            "measured": len(measured),
            "statuses": statuses_text(activities) or _("공개하지 않음"),
        }
    )
    if request.includes(Inclusion.BUDGET):
        yield Bullet(money_line(top, request, sums))
    yield summary_table(source, request, sums)
    rated = [(one.data["title"], one.rate) for one in top.parts if one.rate is not None]
    if rated:
        said = ", ".join(f"{title} {percent}%" for title, percent in rated)
        title = _("%(level)s별 달성률") % {"level": TITLES[top.parts[0].data["level"]]}
        yield Chart(title, rated, f"{title}: {said}")


def money_line(group: FrozenGroup, request: ReportRequest, sums: Rounded) -> str:
    """Return what was planned, contracted and spent as a line."""
    names = (("planned", _("예산 없음")), ("contracted", _("보고 없음")), ("spent", _("보고 없음")))
    found = [(sums.of(group, name), missing) for name, missing in names]
    unit = request.won.label
    planned, contracted, spent = (
        missing if one is None else f"{grouped(one)}{unit}" for one, missing in found
    )
    return _("예산: 계획 %(planned)s, 계약 %(contracted)s, 집행 %(spent)s (집행률 %(rate)s)") % {
        "planned": planned,
        "contracted": contracted,
        "spent": spent,
        "rate": percent_text(group.money.rate),
    }


def summary_table(source: Source, request: ReportRequest, sums: Rounded) -> Table:
    """Return the table of all initiatives, below merged pillars and goals, and the sum."""
    budget = request.includes(Inclusion.BUDGET)
    shown = LEVELS[max(LEVELS.index(source.top.data["level"]), 1) :]
    planned, _contracted, *spent = money_columns(request.won, _("예산"))
    columns = [
        *(Column(TITLES[one], width=14 if one != LEVELS[-1] else 30) for one in shown),
        Column(_("활동"), CellKind.NUMBER, 6),
        Column(_("지연"), CellKind.NUMBER, 6),
        Column(_("달성률(%)"), CellKind.PERCENT, 8, has_bars=True),
        *([planned, *spent] if budget else []),
    ]
    rows = []
    seen: set[int] = set()
    for path in paths_in(source.top):
        places = place_cells(path[-len(shown) :], seen)
        rows.append(Row([*places, *summary_cells(path[-1], request, sums)]))
    whole = [text(_("계")), *(text("") for _one in shown[1:])]
    whole += summary_cells(source.top, request, sums)
    note = money_note(request.won, request.won.label) if budget else ""
    caption = _("추진과제별 추진현황")
    return Table(_("요약"), caption, columns, [*rows, Row(whole, is_strong=True)], note)


def summary_cells(group: FrozenGroup, request: ReportRequest, sums: Rounded) -> list[Cell]:
    """Return a group's cells: activities, those that were late, the rate, and its money."""
    found = inside(group)
    late = sum(one.is_late for one in found)
    planned, _contracted, *spent = money_cells(group, sums)
    money = [planned, *spent] if request.includes(Inclusion.BUDGET) else []
    return [Cell(len(found)), Cell(late), rate(group.rate), *money]


def place_cells(path: list[FrozenGroup], seen: set[int]) -> list[Cell | None]:
    """Return the cells of where an initiative is; a group is written once, over all its rows."""
    cells = []
    for group in path:
        rows = len(list(group.initiatives()))
        cells.append(None if id(group) in seen else text(group.data["title"], rows))
        seen.add(id(group))
    return cells


def details(source: Source, request: ReportRequest) -> Iterator[Block]:
    """Yield what was done, below each pillar, goal and initiative."""
    seen: set[int] = set()
    for path in paths_in(source.top):
        for group in path[:-1]:
            if id(group) not in seen and group.data["level"] != LEVELS[0]:
                is_pillar = group.data["level"] == LEVELS[1]
                title = group.data["title"]
                yield Heading(title) if is_pillar else Bullet(title, 0)
            seen.add(id(group))
        yield from initiative_blocks(path[-1], request)


def initiative_blocks(group: FrozenGroup, request: ReportRequest) -> Iterator[Block]:
    """Yield an initiative's rate and texts, and its activities with theirs."""
    rated = "" if group.rate is None else _(" (달성률 %(rate)s%%)") % {"rate": group.rate}
    yield Bullet(f"{group.data['title']}{rated}", 1)
    if request.includes(Inclusion.TEXTS):
        yield from (Bullet(f"{label}: {said}", 2) for label, said in group.texts)
    for one in group.own:
        yield from activity_blocks(one, request)


def activity_blocks(one: FrozenActivity, request: ReportRequest) -> Iterator[Block]:
    """Yield an activity's figures, texts and milestones."""
    yield Bullet(activity_line(one), 2)
    if one.data["hold"]:
        yield Bullet(_("보류한 까닭: %(why)s") % {"why": one.data["hold"]}, 3)
    if request.includes(Inclusion.TEXTS):
        yield from (Bullet(f"{label}: {said}", 3) for label, said in one.texts)
    if request.includes(Inclusion.MILESTONES):
        yield from (Bullet(milestone_line(*milestone), 3) for milestone in one.milestones)


def activity_line(one: FrozenActivity) -> str:
    """Return an activity with its figures as a line."""
    values = {"title": one.data["title"], "amount": one.amount_text, "counted": of_target(one)}
    line = _("%(title)s: 기간 실적 %(amount)s, %(counted)s") % values
    rated = f", {one.rate}%" if one.rate is not None else ""
    late = _(", 늦게 확정된 %(late)s 포함") % {"late": one.late_text} if one.late_text else ""
    return f"{line}{rated} ({one.status_text}){late}"


def milestone_line(title: str, planned_on: object, done_on: object) -> str:
    """Return a milestone as a line."""
    values = {"title": title, "planned": Cell(planned_on).text, "done": Cell(done_on).text}
    if done_on:
        return _("추진일정: %(title)s (예정 %(planned)s 완료 %(done)s)") % values
    return _("추진일정: %(title)s (예정 %(planned)s 완료 전)") % values


def changes_of(source: Source) -> list[StatusChange]:
    """Return what changed since the period that the report is compared with."""
    if source.compared is None:
        return []
    inside_now = {one.data["lineage"] for one in source.activities}
    changes = changes_between(source.compared.activities, source.period.activities)
    is_whole = source.top.data["level"] == LEVELS[0] and len(inside_now) == len(
        source.period.activities
    )
    return [one for one in changes if is_whole or one.activity.data["lineage"] in inside_now]


def change_blocks(source: Source, changes: list[StatusChange]) -> Iterator[Block]:
    """Yield the table of what changed, if the report is compared with a period."""
    if source.compared is None:
        return
    name = source.compared.closing.content["period"]
    yield Heading(_("%(period)s 마감본에서 달라진 것") % {"period": name})
    if changes:
        yield change_table(source, changes)
    else:
        yield Bullet(_("상태와 달성률이 그대로입니다."))


def change_table(source: Source, changes: list[StatusChange]) -> Table:
    """Return the table of activities whose status or rate changed."""
    before = source.compared.closing.content
    now = source.period.closing.content
    ends = [f"{one['period']} ({Cell(day(one['last_on'])).text})" for one in (before, now)]
    columns = [
        Column(_("활동"), width=34),
        Column(_("상태"), CellKind.TEXT, 10, ends[0]),
        Column(_("달성률(%)"), CellKind.PERCENT, 9, ends[0]),
        Column(_("상태"), CellKind.TEXT, 10, ends[1]),
        Column(_("달성률(%)"), CellKind.PERCENT, 9, ends[1]),
    ]
    rows = [
        Row(
            [
                text(one.activity.data["title"]),
                text(one.statuses[0]),
                rate(one.rates[0]),
                text(one.statuses[1]),
                rate(one.rates[1]),
            ]
        )
        for one in changes
    ]
    return Table(_("달라진 것"), _("달라진 활동"), columns, rows)
