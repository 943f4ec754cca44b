"""The sections of the board about figures: statuses, what slipped, gaps and budget."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.progress.arithmetic import Status
from plans.tracking.budget.queries import Money, total_of
from plans.workspace.board.standings import (
    Before,
    PillarStanding,
    Standing,
    has_slipped,
    rounded,
)
from plans.workspace.board.tables import BoardCell, BoardItem, BoardLine, Section, numbered

Facts = Callable[[Standing], tuple[str, ...]]


def statuses(pillars: list[PillarStanding]) -> Section:
    """Return the numbers of activities by pillar and status, with the rates."""
    hidden = [("", _("공개하지 않음"))] if has_hidden(pillars) else []
    columns = [*((one.value, str(one.label)) for one in Status), *hidden]
    heads = (_("축"), _("활동"), *(label for _value, label in columns), _("달성률"), _("이행률"))
    return Section(
        "status",
        _("축별 상태"),
        heads,
        [
            status_line(one, [value for value, _label in columns])
            for one in ending_with_all(pillars)
        ],
    )


def has_hidden(pillars: list[PillarStanding]) -> bool:
    """Return whether an activity's status is hidden."""
    return any(not one.status for pillar in pillars for one in pillar.activities)


def ending_with_all(pillars: list[PillarStanding]) -> list[PillarStanding]:
    """Return the list with the whole plan moved from the first place to the last."""
    return [*pillars[1:], *pillars[:1]]


def status_line(pillar: PillarStanding, values: list[str]) -> BoardLine:
    """Return a pillar's line: all activities, those of each status, and the rates."""

    def cell(name: str, rows: list[Standing], text: str = "") -> BoardCell:
        items = [item(one, standing_facts) for one in rows]
        return BoardCell(
            f"status.{pillar.key}.{name}", text or str(len(items)), items, standing_heads()
        )

    rows = pillar.activities
    measured = [one for one in rows if one.rate is not None]
    by_status = [
        cell(value or "hidden", [one for one in rows if one.status == value]) for value in values
    ]
    return BoardLine(
        label_of(pillar),
        [
            cell("activities", rows),
            *by_status,
            cell("rate", measured, rate_shown(pillar.rate)),
            cell("met", measured, rate_shown(pillar.met_rate)),
        ],
    )


def label_of(pillar: PillarStanding) -> str:
    """Return a pillar's title, or 「계」 for the whole plan."""
    return _("계") if pillar.key == "all" else pillar.title


def standing_heads() -> tuple[str, ...]:
    """Return the heads of `standing_facts`."""
    return _("상태"), _("누계"), _("목표"), _("달성률")


def standing_facts(one: Standing) -> tuple[str, ...]:
    """Return an activity's status, amounts and rate."""
    return one.status_text, one.counted_text, one.target_text, rate_shown(one.rate)


def slipped(pillars: list[PillarStanding], before: dict[str, Before], than: str) -> Section:
    """Return the activities whose status or rate is worse than in a closing, called `than`."""
    title = _("지난 마감 뒤에 나빠진 것")
    if not than:
        return Section("slipped", title, missing=_("견줄 마감본이 없습니다."))
    rows = [one for one in pillars[0].activities if has_slipped(one, before.get(one.lineage))]
    heads = (_("마감본의 상태"), _("마감본의 달성률"), _("상태"), _("달성률"))

    def facts(one: Standing) -> tuple[str, ...]:
        was = before[one.lineage]
        labels = dict(Status.choices)
        status = str(labels.get(was.status, was.status)) or _("공개하지 않음")
        return status, rate_shown(was.rate), one.status_text, rate_shown(one.rate)

    note = _("「%(closing)s」보다 상태나 달성률이 낮은 활동입니다.") % {"closing": than}
    found = numbered("slipped", [item(one, facts) for one in rows], heads)
    return Section("slipped", title, all=found, note=note, missing=_("나빠진 것이 없습니다."))


def gaps(pillars: list[PillarStanding]) -> Section:
    """Return the activities that lack most of what was expected, by share of the target."""
    rows = [one for one in pillars[0].activities if one.gap]
    rows.sort(key=lambda one: -one.gap_share)
    heads = (_("기대한 양"), _("누계"), _("모자란 양"), _("연간 목표 대비"))
    found = numbered("gaps", [item(one, gap_facts) for one in rows], heads)
    note = _("단위가 서로 달라, 모자란 양을 연간 목표로 나눈 비율이 큰 차례로 열까지 보입니다.")
    title, missing = _("기대한 양에 모자란 것"), _("모자란 것이 없습니다.")
    return Section("gaps", title, all=found, note=note, missing=missing)


def gap_facts(one: Standing) -> tuple[str, ...]:
    """Return what was expected and counted of an activity, and what is missing."""
    return one.expected_text, one.counted_text, one.gap_text, rate_shown(rounded(one.gap_share, 1))


def budget(pillars: list[PillarStanding], *, is_frozen: bool = False) -> Section:
    """Return the planned budget of each pillar, and what was contracted and spent of it."""
    heads = (_("축"), _("계획 예산(원)"), _("계약액(원)"), _("집행액(원)"), _("집행률"))
    last = _("계약액과 집행액은 부서가 마지막으로 적은 누계입니다.")
    frozen = _("계약액과 집행액은 그 기간에 보고된 누계입니다.")
    note = f"{_('계획 예산이 있는 활동만 더합니다.')} {frozen if is_frozen else last}"
    lines = [budget_line(one) for one in ending_with_all(pillars)]
    return Section("budget", _("예산"), heads, lines, note=note)


def budget_line(pillar: PillarStanding) -> BoardLine:
    """Return a pillar's line."""
    planned = [one for one in pillar.activities if one.money.planned is not None]
    told = [one for one in planned if one.money.spent is not None]
    whole = total_of(one.money for one in planned)
    heads = _("계획 예산(원)"), _("계약액(원)"), _("집행액(원)"), _("집행률")
    texts = money_facts(whole)
    rows = (("planned", planned), ("contracted", told), ("spent", told), ("rate", told))
    cells = [
        BoardCell(
            f"budget.{pillar.key}.{name}",
            text,
            [
                BoardItem(one.title, one.url, one.department, money_facts(one.money))
                for one in found
            ],
            heads,
        )
        for (name, found), text in zip(rows, texts, strict=True)
    ]
    return BoardLine(label_of(pillar), cells)


def money_facts(money: Money) -> tuple[str, ...]:
    """Return the planned, contracted and spent sums, and 집행률."""
    sums = (money.planned, money.contracted, money.spent)
    return *("-" if one is None else f"{one:,}" for one in sums), rate_shown(money.rate)


def item(one: Standing, facts: Facts) -> BoardItem:
    """Return an activity as a row."""
    return BoardItem(one.title, one.url, one.department, facts(one))


def rate_shown(rate: Decimal | None) -> str:
    """Return a rate with one decimal as text, "-" without one."""
    return "-" if rate is None else f"{rate:.1f}%"
