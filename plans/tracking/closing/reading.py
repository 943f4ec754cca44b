"""Closed periods as they were frozen, read from closings and snapshots only, never the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from gwonseon.krds.charts import Bar, bars_of
from plans.progress.arithmetic import Status
from plans.tracking.closing.models import Closing
from plans.tracking.models import text_labels

LEVELS = ("plan", "pillar", "goal", "initiative")


@dataclass(frozen=True)
class FrozenMoney:
    """Sums in 원 as they were frozen; None: nothing was planned, or nothing reported."""

    planned: Decimal | None
    contracted: Decimal | None
    spent: Decimal | None
    rate: Decimal | None


def money_in(data: dict[str, Any]) -> FrozenMoney:
    """Return the frozen sums of an activity or group."""
    names = ("budget", "contracted", "spent", "spent_rate")
    return FrozenMoney(*(decimal(data.get(name, "")) for name in names))


@dataclass(frozen=True)
class FrozenActivity:
    """An activity as it was frozen; `data` is what its snapshot says to everybody."""

    data: dict[str, Any]

    @property
    def status_text(self) -> str:
        """The status as text."""
        status = self.data["status"]
        return status_label(status) if status else _("공개하지 않음")

    @property
    def is_late(self) -> bool:
        """Whether it was late."""
        return self.data["status"] == Status.LATE

    @property
    def rate(self) -> Decimal | None:
        """달성률 in percent; None without a target, or if the number was hidden."""
        return decimal(self.data["rate"])

    @property
    def money(self) -> FrozenMoney:
        """The planned budget, and what was contracted and spent up to the period's end."""
        return money_in(self.data)

    @property
    def counted_text(self) -> str:
        """The year's sum up to the period's last day, or the text for a hidden number."""
        return self.data["counted_text"]

    @property
    def amount_text(self) -> str:
        """What the period added to the year's sum."""
        return self.with_unit("amount", _("공개하지 않음"))

    @property
    def late_text(self) -> str:
        """The part of the amount that belongs to earlier periods; empty if there is none."""
        return self.with_unit("late", "") if decimal(self.data["late"]) else ""

    @property
    def target_text(self) -> str:
        """The yearly target."""
        return self.with_unit("yearly_target", _("목표 미설정"))

    @property
    def period_target_text(self) -> str:
        """The part of the yearly target that falls into the period."""
        return self.with_unit("period_target", _("목표 미설정"))

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The labels and texts of an update about this activity alone."""
        return texts_in(self.data, "activity")

    @property
    def milestones(self) -> list[tuple[str, date, date | None]]:
        """The title, planned day and day of completion, if any, of each milestone."""
        return [
            (one["title"], day(one["planned_on"]), day(one["done_on"]))
            for one in self.data["milestones"]
        ]

    @property
    def share_done(self) -> Decimal | None:
        """공정률 in percent; None without weights."""
        return decimal(self.data["share_done"])

    @property
    def own_problems(self) -> str:
        """What the department says about this activity's problems; "" if about the initiative."""
        return problems_in(self.data, "activity")

    def with_unit(self, name: str, missing: str) -> str:
        """Return a number with its unit, or the text for a missing one."""
        text = self.data[name]
        return f"{grouped(Decimal(text))}{self.data['unit']}" if text else missing


@dataclass(frozen=True)
class FrozenBlocker:
    """A blocker as it stood on the last day of a closed period, which only the staff reads."""

    data: dict[str, str]
    on: date

    @property
    def raised_on(self) -> date:
        """The day on which it was raised."""
        return date.fromisoformat(self.data["raised_on"])

    @property
    def due_on(self) -> date:
        """The day by which it should have been resolved."""
        return date.fromisoformat(self.data["due_on"])

    @property
    def resolved_on(self) -> date | None:
        """The day on which it was resolved; None if it was open."""
        return day(self.data["resolved_on"])

    @property
    def is_late(self) -> bool:
        """Whether it was open though its day had passed."""
        return self.resolved_on is None and self.due_on < self.on


@dataclass(frozen=True)
class FrozenGroup:
    """The plan, a pillar, a goal or an initiative as it was frozen, with what is below."""

    data: dict[str, str]
    parts: list["FrozenGroup"] = field(default_factory=list)
    own: list[FrozenActivity] = field(default_factory=list)

    @property
    def rate(self) -> Decimal | None:
        """The weighted rate in percent, or None."""
        return decimal(self.data["rate"])

    @property
    def met_rate(self) -> Decimal | None:
        """이행률 in percent, or None."""
        return decimal(self.data["met_rate"])

    @property
    def money(self) -> FrozenMoney:
        """The sums of all activities with a planned budget."""
        return money_in(self.data)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The labels and texts of an update about an initiative as a whole."""
        said = [texts_in(one.data, "initiative") for one in self.own]
        return next(filter(None, said), [])

    @property
    def problems(self) -> str:
        """What the department says about the problems of an initiative as a whole."""
        return next(filter(None, (problems_in(one.data, "initiative") for one in self.own)), "")

    @property
    def late(self) -> list[FrozenActivity]:
        """The activities of an initiative that were late."""
        return [one for one in self.own if one.is_late]

    def initiatives(self) -> Iterator["FrozenGroup"]:
        """Yield the initiatives of the group, in the plan's order."""
        if self.data["level"] == LEVELS[-1]:
            yield self
        for part in self.parts:
            yield from part.initiatives()


@dataclass(frozen=True)
class FrozenPeriod:
    """A whole closed period: the plan with its pillars, goals, initiatives and activities."""

    closing: Closing
    whole: FrozenGroup
    activities: list[FrozenActivity]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """Each status and how many activities had it."""
        counts = self.closing.content["statuses"]
        order = [value for value in Status.values if value in counts]
        rest = sorted(counts.keys() - order)
        return [(status_label(value), counts[value]) for value in [*order, *rest]]

    @cached_property
    def late(self) -> list[FrozenGroup]:
        """The initiatives with activities that were late."""
        return [one for one in self.whole.initiatives() if one.late]


def frozen_period(closing: Closing) -> FrozenPeriod:
    """Return a closed period as it was frozen (1 query)."""
    activities = [FrozenActivity(data) for data in activities_of(closing)]
    return FrozenPeriod(closing, tree_of(closing.content["groups"], activities), activities)


def frozen_blockers(closing: Closing) -> list[FrozenBlocker]:
    """Return the blockers of a closed period as they were frozen (no query)."""
    on = date.fromisoformat(closing.content["last_on"])
    return [FrozenBlocker(one, on) for one in closing.staff_content["blockers"]]


def activities_of(closing: Closing) -> list[dict[str, Any]]:
    """Return what was frozen of each activity, in the plan's order (1 query)."""
    return list(closing.snapshots.order_by("position").values_list("data", flat=True))


def tree_of(groups: list[dict[str, str]], activities: list[FrozenActivity]) -> FrozenGroup:
    """Return the plan's group from the frozen list, which has what is below a group after it.

    Activities are frozen in the same order, so each initiative takes the next ones.
    """
    path: list[FrozenGroup] = []
    rest = iter(activities)
    for data in groups:
        depth = LEVELS.index(data["level"])
        group = FrozenGroup(data)
        del path[depth:]
        if path:
            path[-1].parts.append(group)
        path.append(group)
        if data["level"] == LEVELS[-1]:
            group.own.extend(next(rest) for _one in range(int(data["activities"])))
    return path[0]


def problems_in(data: dict[str, Any], about: str) -> str:
    """Return the frozen text about problems, if it is about an activity or initiative."""
    update = data["update"]
    return update["problems"] if update.get("about") == about else ""


def texts_in(data: dict[str, Any], about: str) -> list[tuple[str, str]]:
    """Return the labels and texts of a frozen update, if it is about an activity or initiative."""
    update = data["update"]
    if update.get("about") != about:
        return []
    return [(label, update[name]) for name, label in text_labels().items() if update.get(name)]


def status_label(value: str) -> str:
    """Return the label of a status, or the value itself if it is not known any more."""
    return str(dict(Status.choices).get(value, value))


def day(text: str) -> date | None:
    """Return a frozen day; None where there was none."""
    return date.fromisoformat(text) if text else None


def decimal(text: str) -> Decimal | None:
    """Return a frozen number; None where there was none."""
    return Decimal(text) if text else None


@dataclass(frozen=True)
class StatusChange:
    """An activity whose status or rate changed from a period to the next; None: not in the plan."""

    before: FrozenActivity | None
    after: FrozenActivity | None

    @property
    def activity(self) -> FrozenActivity:
        """The activity as it was later."""
        return self.after or self.before

    @property
    def statuses(self) -> tuple[str, str]:
        """The status before and after."""
        return tuple(
            one.status_text if one else _("계획에 없음") for one in (self.before, self.after)
        )

    @property
    def rates(self) -> tuple[Decimal | None, Decimal | None]:
        """달성률 before and after."""
        return tuple(one.rate if one else None for one in (self.before, self.after))


def changes_between(
    before: Iterable[FrozenActivity], after: Iterable[FrozenActivity]
) -> list[StatusChange]:
    """Return the activities whose status or rate differs, those that ended last."""
    earlier = {one.data["lineage"]: one for one in before}
    pairs = [StatusChange(earlier.pop(one.data["lineage"], None), one) for one in after]
    pairs += [StatusChange(one, None) for one in earlier.values()]
    return [
        one for one in pairs if one.statuses[0] != one.statuses[1] or one.rates[0] != one.rates[1]
    ]


@dataclass(frozen=True)
class RateRow:
    """The rates of a period: of the plan, and of each pillar with its title; the plan's money."""

    label: str
    rate: Decimal | None
    met_rate: Decimal | None
    money: FrozenMoney
    cells: list[tuple[str, Decimal | None]]


def rates_over_time(closings: list[Closing]) -> list[RateRow]:
    """Return a row for each closing. The pillars are those of the last one."""
    if not closings:
        return []
    titles = {one["lineage"]: one["title"] for one in pillars_in(closings[-1])}
    rows = []
    for closing in closings:
        rates = {one["lineage"]: decimal(one["rate"]) for one in pillars_in(closing)}
        whole = FrozenGroup(closing.content["groups"][0])
        cells = [(title, rates.get(lineage)) for lineage, title in titles.items()]
        name = closing.content["period"]
        rows.append(RateRow(name, whole.rate, whole.met_rate, whole.money, cells))
    return rows


def pillars_in(closing: Closing) -> list[dict[str, str]]:
    """Return the frozen pillars of a closing."""
    return [one for one in closing.content["groups"] if one["level"] == "pillar"]


def frozen_context(standing: list[Closing]) -> dict[str, Any]:
    """Return the context of `tracking/closing/_frozen.html` for the last closing (2 queries).

    `standing` are those of the periods up to it, which it is compared with.
    """
    frozen = frozen_period(standing[-1])
    before = frozen_period(standing[-2]) if len(standing) > 1 else None
    rates = rates_over_time(standing)
    return {
        "frozen": frozen,
        "before": before,
        "changes": changes_between(before.activities, frozen.activities) if before else [],
        "rates": rates,
        "bars": bars_over_time(rates),
    }


def bars_over_time(rates: list[RateRow]) -> list[Bar]:
    """Return the bars of the plan's rate for the periods that have one."""
    return bars_of([(one.label, one.rate) for one in rates if one.rate is not None], full=100)
