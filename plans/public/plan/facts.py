"""Facts of an activity as residents read them: department, target, period and others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.amendments.wording import label_of, value_in_words
from plans.public.changes.queries import NodeChange
from plans.tree.models import Activity, Node


@dataclass(frozen=True)
class Fact:
    """A fact with its label; `note` says where it comes from."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class SameItem:
    """The node of the same item in another year's plan, and the activity's target there."""

    node: Node
    target: str


def same_items(nodes: Iterable[Node], year: int) -> list[SameItem]:
    """Return the nodes of other years for a page of a year's plan."""
    return [
        SameItem(node, target_in(node, year) if isinstance(node, Activity) else "")
        for node in nodes
    ]


def target_in(activity: Activity, year: int) -> str:
    """Return the target of another year's activity as text for a page of `year`."""
    names = {"year": activity.plan.year, "target": target(activity)}
    if activity.plan.year == year - 1:
        return _("지난해 목표 %(target)s") % names
    return _("%(year)s년 목표 %(target)s") % names


def facts_of(activity: Activity, history: Sequence[NodeChange] = ()) -> list[Fact]:
    """Return the facts of an activity that are set; a missing target is listed as not set.

    No names of persons are included, only their posts. `history` has the activity's changes,
    latest first. Makes no query if `queries.activity_of` has read the activity.
    """
    department = activity.department
    budget = activity.budget
    facts = [
        Fact(label_of(Activity, "kind"), activity.get_kind_display()),
        Fact(label_of(Activity, "department"), department.name if department else ""),
        Fact(label_of(Activity, "supporters"), ", ".join(activity.supporter_names)),
        Fact(_("기간"), period(activity.starts_on, activity.ends_on)),
        Fact(label_of(Activity, "counted"), counted(activity)),
        Fact(label_of(Activity, "target"), target(activity), origin(activity, history)),
        Fact(_("분기 목표"), quarters(activity)),
        Fact(_("계획 예산"), "" if budget is None else _("%(won)s원") % {"won": f"{budget:,}"}),
        Fact(label_of(Activity, "audiences"), ", ".join(activity.audience_labels)),
        Fact(label_of(Activity, "dongs"), ", ".join(activity.dong_names)),
    ]
    return [fact for fact in facts if fact.text]


def amount(activity: Activity, value: Decimal) -> str:
    """Return an amount as text in the activity's unit."""
    return value_in_words(Activity, "target", value) + activity.unit


def target(activity: Activity) -> str:
    """Return the year's target as text."""
    if activity.target is None:
        return _("목표 미설정")
    return amount(activity, activity.target)


def origin(activity: Activity, history: Sequence[NodeChange] = ()) -> str:
    """Return who set the target (the document or a post) and since when it holds, as text.

    If it was amended: its 시행일, and the day of the decision where that differs.
    """
    if activity.target is None:
        return ""
    names = {
        "origin": activity.get_target_origin_display(),
        "day": value_in_words(Activity, "target_set_on", activity.target_set_on),
    }
    amended = next((change.amendment for change in history if change.sets_target), None)
    if amended is None:
        return _("출처: %(origin)s, %(day)s") % names
    names["since"] = value_in_words(Activity, "starts_on", amended.effective_on)
    names["decided"] = value_in_words(Activity, "starts_on", amended.decided_on)
    if amended.effective_on == amended.decided_on:
        return _("출처: %(origin)s, 시행일 %(since)s") % names
    return _("출처: %(origin)s, 시행일 %(since)s, 결정일 %(decided)s") % names


def quarters(activity: Activity) -> str:
    """Return the quarters' targets as one line."""
    return " · ".join(
        _("%(number)s분기 %(amount)s") % {"number": number, "amount": amount(activity, value)}
        for number, value in enumerate(activity.quarters, start=1)
    )


def counted(activity: Activity) -> str:
    """Return what is counted, with its unit."""
    unit = _("단위: %(unit)s") % {"unit": activity.unit} if activity.unit else ""
    return f"{activity.counted} ({unit})" if activity.counted and unit else activity.counted or unit


def period(start: date | None, end: date | None) -> str:
    """Return a period as text; a missing day is left out."""
    first = start and value_in_words(Activity, "starts_on", start)
    last = end and value_in_words(Activity, "ends_on", end)
    if first and last:
        return f"{first} ~ {last}"
    if first:
        return _("%(day)s부터") % {"day": first}
    return _("%(day)s까지") % {"day": last} if last else ""
