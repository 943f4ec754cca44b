"""The figures of an activity, a group or a plan, as pages, commands and files show them.

An activity with personal records shows only one total: that up to the plan's last day so far. A
total below five is shown as 「5 미만」, and that of an earlier day is hidden. Then the rate and the
status are hidden, too, and the activity does not count in any group's rate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from plans.progress.arithmetic import Promise, Status, expected, percent, rolled_up, status
from plans.tree.choices import Measure
from plans.tree.models import Activity, Node

# In personal records, a smaller number could identify a person.
SMALLEST_SHOWN = 5


class Masking(Enum):
    """Why the number of personal records is hidden."""

    SMALL = "small"
    # The difference of two days' numbers could be small.
    BETWEEN = "between"


@dataclass(frozen=True)
class Gauge:
    """How an activity is measured: which number of a record, what it counts, and its unit."""

    measure: str
    counts: str
    unit: str

    @property
    def unit_text(self) -> str:
        """The unit; if none is set, 명 for people, 회 for records, "" for quantities."""
        return self.unit or {Measure.PEOPLE: _("명"), Measure.RECORDS: _("회")}.get(
            self.measure, ""
        )

    def amount(self, sums: dict[str, Any]) -> Decimal:
        """Return the ledger's sum for this measure."""
        return Decimal(sums.get(f"{self.measure}_sum") or 0)


@dataclass
class Figure:
    """The progress of an activity on a day. `counted` is in the unit in force that day.

    `masking` is why the number is hidden, or None; then everything that would reveal it is hidden.
    """

    activity: Activity
    on: date
    gauge: Gauge
    promise: Promise
    counted: Decimal
    weight: Decimal
    hold: Any = None
    masking: Masking | None = None

    @property
    def is_masked(self) -> bool:
        """Whether the number is hidden."""
        return self.masking is not None

    @property
    def title(self) -> str:
        """The title of the activity."""
        return self.activity.shown_title

    @property
    def unit(self) -> str:
        """The unit of `counted` and `target`."""
        return self.gauge.unit_text

    @property
    def target(self) -> Decimal | None:
        """The yearly target in force that day."""
        return self.promise.target

    @cached_property
    def expected(self) -> Fraction | None:
        """The exact amount expected by the day; None without a target."""
        return expected(self.promise, self.on)

    @property
    def rate(self) -> Decimal | None:
        """달성률 in percent, not capped; None without a target, or if masked."""
        if self.target is None or self.is_masked:
            return None
        return percent(self.counted, self.target)

    @property
    def pace(self) -> Decimal | None:
        """진행률 in percent; None if nothing is expected yet, or if masked."""
        if not self.expected or self.is_masked:
            return None
        return percent(self.counted, self.expected)

    @property
    def is_met(self) -> bool:
        """Whether the target is met."""
        return self.rate is not None and self.counted >= self.target

    @property
    def status(self) -> Status | None:
        """The status; None if it would reveal a masked number."""
        if self.is_masked and not self.hold:
            return None
        return status(self.promise, self.counted, self.on, on_hold=bool(self.hold))

    @property
    def status_text(self) -> str:
        """The status as text."""
        return str(self.status.label) if self.status else _("공개하지 않음")

    @property
    def counted_text(self) -> str:
        """The counted amount with its unit as text, or the text for a hidden number."""
        if self.masking is Masking.BETWEEN:
            return _("공개하지 않음")
        if self.masking is Masking.SMALL:
            return _("%(n)s 미만") % {"n": SMALLEST_SHOWN}
        return f"{grouped(self.counted)}{self.unit}"

    @property
    def target_text(self) -> str:
        """The target with its unit as text; 「목표 미설정」 without a target."""
        return _("목표 미설정") if self.target is None else f"{grouped(self.target)}{self.unit}"

    @property
    def words(self) -> list[str]:
        """The calculation as sentences."""
        if self.masking is Masking.BETWEEN:
            return [
                _(
                    "개인의 일이라 그사이의 날은 보이지 않고, "
                    "오늘(지난 계획은 그해의 마지막 날)까지의 합계만 보입니다."
                )
            ]
        if self.masking is Masking.SMALL:
            sentence = _("개인의 일이라 %(n)s보다 적은 수와 그 비율은 보이지 않습니다.")
            return [sentence % {"n": SMALLEST_SHOWN}]
        lines = [_("확정된 실적을 모두 더하면 %(sum)s입니다.") % {"sum": self.counted_text}]
        if self.target is None:
            return [*lines, _("목표가 정해지지 않아 비율을 셈하지 않습니다.")]
        values = {
            "counted": grouped(self.counted),
            "target": grouped(self.target),
            "expected": grouped(Decimal(round(self.expected * 100)) / 100),
            "rate": self.rate,
            "pace": self.pace,
        }
        lines.append(_("달성률: %(counted)s ÷ %(target)s = %(rate)s%%") % values)
        if self.promise.quarters:
            by = _("분기 목표로 보아 이날까지 기대되는 양은 %(expected)s입니다.")
        else:
            by = _("기간에서 지난 날만큼 기대되는 양은 %(expected)s입니다.")
        lines.append(by % values)
        if self.pace is not None:
            lines.append(_("진행률: %(counted)s ÷ %(expected)s = %(pace)s%%") % values)
        return lines


@dataclass
class Group:
    """The progress of a pillar, goal, initiative or whole plan, with its parts."""

    title: str
    weight: Decimal
    parts: Sequence["Group | Figure"]
    node: Node | None = None
    level: str = ""

    @cached_property
    def figures(self) -> list[Figure]:
        """All activities of the group, in the plan's order."""
        return list(self._figures())

    def _figures(self) -> Iterator[Figure]:
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.figures
            else:
                yield part

    @cached_property
    def rate(self) -> Decimal | None:
        """The weighted rate in percent of the parts that have one, each capped at 100; or None."""
        return rolled_up((part.weight, part.rate) for part in self.parts if part.rate is not None)

    @property
    def words(self) -> str:
        """The calculation of the rate with its weights as text; "" without a rate."""
        parts = [part for part in self.parts if part.rate is not None]
        terms = " + ".join(f"{grouped(part.weight)}×{min(part.rate, 100)}" for part in parts)
        weights = " + ".join(grouped(part.weight) for part in parts)
        return f"({terms}) ÷ ({weights}) = {self.rate}%" if parts else ""

    @property
    def targeted(self) -> list[Figure]:
        """The activities that have a target, also those whose number is hidden."""
        return [one for one in self.figures if one.target is not None]

    @property
    def untold(self) -> list[Figure]:
        """The activities that have a target but no rate, because their number is hidden."""
        return [one for one in self.targeted if one.rate is None]

    @property
    def ended(self) -> list[Figure]:
        """The activities with a rate that were in force on the day and have ended by now."""
        return [one for one in self.measured if one.activity.retired_on]

    @property
    def measured(self) -> list[Figure]:
        """The activities that have a rate."""
        return [one for one in self.figures if one.rate is not None]

    @property
    def unmeasured(self) -> list[Figure]:
        """The activities without a target, or whose number is hidden."""
        return [one for one in self.figures if one.rate is None]

    @property
    def met(self) -> list[Figure]:
        """The activities whose target is met."""
        return [one for one in self.figures if one.is_met]

    @property
    def met_rate(self) -> Decimal | None:
        """이행률 in percent; None if no activity has a rate."""
        measured = self.measured
        return percent(Decimal(len(self.met)), Decimal(len(measured))) if measured else None

    def groups(self, level: str) -> list["Group"]:
        """Return the groups of a level below this group."""
        below = [part for part in self.parts if isinstance(part, Group)]
        found = [part for part in below if part.level == level]
        return found or [one for part in below for one in part.groups(level)]


@dataclass
class PlanProgress:
    """A whole plan's progress on a day."""

    on: date
    whole: Group
    statuses: dict[Status, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = [one.status for one in self.whole.figures]
        self.statuses = {one: found.count(one) for one in Status}

    def figure_of(self, activity: Activity) -> Figure | None:
        """Return an activity's figure; None if it was not in force."""
        return next((one for one in self.whole.figures if one.activity == activity), None)

    def group_of(self, node: Node) -> Group | None:
        """Return the group of a pillar, goal or initiative, or None."""
        level = node._meta.model_name
        return next((one for one in self.whole.groups(level) if one.node == node), None)
