"""Cells of frozen values: a number where there is one, else the words that pages show."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.progress.arithmetic import Status
from plans.reports.document import Cell, CellKind, Column
from plans.reports.money import Rounded
from plans.reports.requests import Won
from plans.tracking.closing.reading import FrozenActivity, FrozenGroup, decimal

Item = FrozenGroup | FrozenActivity


def text(value: str, rows: int = 1) -> Cell:
    """Return the cell of a text."""
    return Cell(value, rows=rows)


def rate(value: Decimal | None) -> Cell:
    """Return the cell of a rate in percent."""
    return Cell(value)


def counted(one: FrozenActivity) -> Cell:
    """Return the cell of the year's sum, or the words for a hidden one."""
    return Cell(decimal(one.data["counted"]), one.counted_text)


def amount(one: FrozenActivity, name: str) -> Cell:
    """Return the cell of a number that may be hidden."""
    return Cell(decimal(one.data[name]), _("공개하지 않음"))


def target(one: FrozenActivity, name: str) -> Cell:
    """Return the cell of a target."""
    return Cell(decimal(one.data[name]), _("목표 미설정"))


def money_columns(won: Won, group: str = "") -> list[Column]:
    """Return the columns of `money_cells`."""
    unit = f"({won.label})"
    return [
        Column(f"{_('계획액')}{unit}", CellKind.NUMBER, 12, group),
        Column(f"{_('계약액')}{unit}", CellKind.NUMBER, 12, group),
        Column(f"{_('집행액')}{unit}", CellKind.NUMBER, 12, group),
        Column(_("집행률(%)"), CellKind.PERCENT, 8, group, has_bars=True),
    ]


def money_cells(item: Item, sums: Rounded) -> list[Cell]:
    """Return the cells of what was planned, contracted and spent, and of 집행률."""
    return [
        Cell(sums.of(item, "planned"), _("예산 없음")),
        Cell(sums.of(item, "contracted"), _("보고 없음")),
        Cell(sums.of(item, "spent"), _("보고 없음")),
        Cell(item.money.rate),
    ]


def status_columns(group: str = "") -> list[Column]:
    """Return the columns of `status_cells`."""
    return [Column(str(one.label), CellKind.NUMBER, 6, group) for one in Status]


def status_cells(activities: Sequence[FrozenActivity]) -> list[Cell]:
    """Return how many activities have each status."""
    found = [one.data["status"] for one in activities]
    return [Cell(found.count(one.value)) for one in Status]


def inside(group: FrozenGroup) -> list[FrozenActivity]:
    """Return all activities of a group, in the plan's order."""
    return [one for initiative in group.initiatives() for one in initiative.own]


def percent_text(value: Decimal | None) -> str:
    """Return a rate as people read it."""
    return _("비율 없음") if value is None else f"{value}%"


def of_target(one: FrozenActivity) -> str:
    """Return an activity's sum and target as people read them."""
    if not one.data["yearly_target"]:
        return _("누계 %(counted)s, 목표 미설정") % {"counted": one.counted_text}
    values = {"counted": one.counted_text, "target": one.target_text}
    return _("누계 %(counted)s / 목표 %(target)s") % values


def statuses_text(activities: Sequence[FrozenActivity]) -> str:
    """Return the number of activities by status, as text: 「정상추진 30, 지연 2」."""
    found = [one.data["status"] for one in activities]
    parts = [f"{one.label} {found.count(one.value)}" for one in Status if one.value in found]
    return ", ".join(parts)
