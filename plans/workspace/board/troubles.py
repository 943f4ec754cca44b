"""What troubles activities on a day: blockers that are late, and risks that are open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.fields.days import day_text
from plans.tracking.blockers.models import Blocker
from plans.tracking.models import Period
from plans.tracking.queries import department_of
from plans.tracking.risks.models import Impact, Likelihood, Risk, RiskReview
from plans.tracking.risks.queries import LARGE, by_size, grade_of
from plans.tree.models import Activity, Plan
from plans.workspace.board.tables import BoardItem, Section, numbered

BLOCKER, RISK = "blocker", "risk"


class Trouble(NamedTuple):
    """A blocker or a risk. A blocker has a department and a last day, a risk the other columns."""

    kind: str
    pk: int
    activity: int
    title: str
    department: str
    raised_on: date
    due_on: date
    likelihood: int
    impact: int
    is_reviewed: bool


@dataclass(frozen=True)
class Troubles:
    """Late blockers, the most urgent first, and open risks, the largest first."""

    blockers: list[Trouble] = field(default_factory=list)
    risks: list[Trouble] = field(default_factory=list)


def after(day: date) -> datetime:
    """Return the moment at which a day ends in Korea."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def troubles_on(plan: Plan, day: date, period: Period | None) -> Troubles:
    """Return the late blockers and the open risks of a day (1 query).

    Blockers are as they are now, where their days say that they were open then. Risks are as
    history has them at the end of the day; `is_reviewed` is whether somebody had reviewed them in
    the period.
    """
    found = late_blockers(plan, day).union(risks(plan, day, period), all=True)
    rows = [Trouble(*one) for one in found]
    return Troubles(
        sorted((one for one in rows if one.kind == BLOCKER), key=lambda one: (one.due_on, one.pk)),
        sorted((one for one in rows if one.kind == RISK), key=by_size),
    )


def late_blockers(plan: Plan, day: date) -> QuerySet:
    """Return the columns of blockers that were open on a day though their own had passed."""
    is_open = Q(resolved_on=None) | Q(resolved_on__gt=day)
    rows = Blocker.objects.filter(is_open, activity__plan=plan, raised_on__lte=day, due_on__lt=day)
    about = ("pk", "activity", "what", "department__name", "raised_on", "due_on")
    return rows.order_by().values_list(Value(BLOCKER), *about, Value(0), Value(0), Value(False))


def risks(plan: Plan, day: date, period: Period | None) -> QuerySet:
    """Return the columns of risks that were open at the end of a day, from their history."""
    events, reviews = Risk.pgh_event_model.objects, RiskReview.pgh_event_model.objects
    by_then = {"pgh_created_at__lt": after(day)}
    latest = events.filter(activity__plan=plan, **by_then).order_by("pgh_obj_id", "-pgh_id")
    is_open = Q(closed_on=None) | Q(closed_on__gt=day)
    rows = events.filter(is_open, pk__in=latest.distinct("pgh_obj_id").values("pk"))
    reviewed = Exists(reviews.filter(risk=OuterRef("id"), period=period, **by_then))
    about = ("pgh_obj_id", "activity", "title", Value(""), "raised_on", "raised_on")
    return rows.order_by().values_list(Value(RISK), *about, "likelihood", "impact", reviewed)


def blockers_section(items: list[BoardItem], note: str) -> Section:
    """Return the section of late blockers."""
    heads = (_("활동"), _("알린 날"), _("기한"))
    found, missing = numbered("blockers", items, heads), _("기한이 지난 애로사항이 없습니다.")
    return Section("blockers", _("기한이 지난 애로사항"), all=found, note=note, missing=missing)


def blocker_items(blockers: Iterable[Trouble], activities: dict[int, Activity]) -> list[BoardItem]:
    """Return blockers as rows."""
    return [
        BoardItem(
            one.title,
            reverse("blockers:blocker", args=[one.pk]),
            one.department,
            (
                activities[one.activity].shown_title,
                day_text(one.raised_on),
                day_text(one.due_on),
            ),
        )
        for one in blockers
    ]


def risk_sections(
    found: list[Trouble], activities: dict[int, Activity], period: Period | None, *, is_now: bool
) -> list[Section]:
    """Return the open risks, the largest first, and the large ones that nobody reviewed."""
    told = "" if is_now else _("그날까지 적힌 대로이며, 그 뒤에 적은 것은 들어가지 않습니다.")
    heads = (_("활동"), _("크기"), _("가능성"), _("영향"), _("이 기간의 검토"))
    items = [risk_item(one, activities[one.activity], period) for one in found]
    note = " ".join(filter(None, (_("큰 차례로 열까지 보입니다."), told)))
    every = numbered("risks", items, heads)
    missing = _("열린 위험이 없습니다.")
    sections = [Section("risks", _("열린 위험"), all=every, note=note, missing=missing)]
    title = _("검토하지 않은 큰 위험")
    if period is None:
        no_period = _("이날까지 연 보고 기간이 없습니다.")
        return [*sections, Section("unreviewed", title, missing=no_period)]
    items = [
        risk_item(one, activities[one.activity], period)
        for one in found
        if is_unreviewed(one, activities[one.activity], period)
    ]
    rest = numbered("unreviewed", items, heads)
    missing = _("큰 위험을 모두 검토했습니다.")
    title = f"{title}: {period}"
    return [*sections, Section("unreviewed", title, all=rest, note=told, missing=missing)]


def is_unreviewed(risk: Trouble, activity: Activity, period: Period) -> bool:
    """Return whether a large risk was there in a period and nobody reviewed it in that."""
    is_large = risk.likelihood * risk.impact >= LARGE
    ended = activity.retired_on and activity.retired_on <= period.first_on
    was_there = risk.raised_on <= period.last_on and not ended
    return is_large and was_there and not risk.is_reviewed


def risk_item(risk: Trouble, activity: Activity, period: Period | None) -> BoardItem:
    """Return a risk as a row."""
    said = _("검토함") if risk.is_reviewed else _("검토하지 않음")
    facts = (
        activity.shown_title,
        grade_of(risk.likelihood, risk.impact),
        str(Likelihood(risk.likelihood).label),
        str(Impact(risk.impact).label),
        said if period else "-",
    )
    url = reverse("risks:risk", args=[risk.pk])
    return BoardItem(risk.title, url, str(department_of(activity) or ""), facts)
