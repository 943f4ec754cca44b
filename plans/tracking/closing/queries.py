"""Which closings there are, and what a period lacks before it is closed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gwonseon.office.models import Department
from gwonseon.refusals import RefusedError
from plans.ledger.kinds import personal_codes
from plans.ledger.models import Record
from plans.tracking.blockers.models import Blocker
from plans.tracking.budget.queries import reported_in
from plans.tracking.closing.models import Closing, Reopening
from plans.tracking.figures import (
    PeriodFigures,
    figures_of,
    last_closing_before,
    read_owners,
)
from plans.tracking.models import Period
from plans.tracking.queries import PeriodLine, department_of, lines_of, missing_of
from plans.tracking.risks.models import Risk
from plans.tracking.risks.queries import unreviewed
from plans.tree.models import Activity, Plan


def closings_of(plan: Plan) -> list[Closing]:
    """Return all closings of a plan, in the order of their periods and versions (1 query).

    What only the staff may read is not read.
    """
    rows = Closing.objects.filter(period__plan=plan).select_related("period")
    rows = rows.defer("staff_content")
    return list(rows.order_by("period__first_on", "version"))


def latest_of(closings: Iterable[Closing]) -> list[Closing]:
    """Return the last version of each period, in their order."""
    return list({one.period_id: one for one in closings}.values())


def until(closing: Closing, closings: Iterable[Closing]) -> list[Closing]:
    """Return a closing, after the last closing of each earlier period that was made before it.

    Keys tell which came first: closing locks the plan.
    """
    earlier = [
        one
        for one in closings
        if one.period.first_on < closing.period.first_on and one.pk < closing.pk
    ]
    return [*latest_of(earlier), closing]


def reopenings_of(period: Period) -> list[Reopening]:
    """Return the requests to reopen a period, latest first (1 query)."""
    rows = Reopening.objects.filter(closing__period=period)
    return list(rows.select_related("closing__period", "requested_by", "decided_by"))


def obstacle_to(check: Callable[[], None]) -> str:
    """Return the sentence with which a check refuses, or ""."""
    try:
        check()
    except RefusedError as refusal:
        return str(refusal)
    return ""


def blockers_in(period: Period) -> list[Blocker]:
    """Return the blockers that were there in a period, the most urgent first (2 queries).

    One that was open when the period before was closed is there in any case: its department may
    have written since that it was resolved in that period.
    """
    before = last_closing_before(period)
    frozen = before.staff_content["blockers"] if before else []
    left = [int(one["key"]) for one in frozen if not one["resolved_on"]]
    lasted = Q(resolved_on=None) | Q(resolved_on__gte=period.first_on) | Q(pk__in=left)
    rows = Blocker.objects.filter(
        lasted, activity__plan=period.plan_id, raised_on__lte=period.last_on
    )
    return list(rows.select_related("activity").order_by("due_on", "pk"))


@dataclass(frozen=True)
class LackingItem:
    """An activity that lacks something: its title, page, department and a note."""

    title: str
    url: str
    department: str
    note: str = ""


@dataclass(frozen=True)
class ClosingGap:
    """One kind of what a period lacks, and the activities that lack it."""

    sentence: str
    items: list[LackingItem]

    @property
    def by_department(self) -> list[tuple[str, list[LackingItem]]]:
        """The departments in the order of their names, each with its items."""
        rows = sorted(self.items, key=lambda one: one.department)
        return [
            (name or _("담당부서 없음"), list(items))
            for name, items in groupby(rows, key=lambda one: one.department)
        ]


def gaps_of(period: Period, figures: PeriodFigures | None = None) -> list[ClosingGap]:
    """Return what a period lacks before it is closed (19 queries at most).

    `figures` are those of the period, if they are read already.
    """
    figures = figures or figures_of(period)
    read_owners(figures)
    lines = lines_of(period, figures)
    missing, reports = missing_of(period, lines), reported_in(period)
    unreported = [one for one in lines if one.activity.budget and one.activity.pk not in reports]
    gaps = [
        ClosingGap(_("추진상황을 쓰지 않았습니다."), items_of(missing.unwritten, period)),
        ClosingGap(_("추진상황이 승인되지 않았습니다."), items_of(missing.unapproved, period)),
        ClosingGap(_("담당자가 없습니다."), items_of(missing.unowned, period)),
        ClosingGap(
            _("계획 예산이 있는데 집행액을 보고하지 않았습니다."),
            [unreported_item(one, period) for one in unreported],
        ),
        ClosingGap(
            _("열린 위험을 이 기간에 검토하지 않았습니다."),
            [risk_item(one) for one in unreviewed(period)],
        ),
        ClosingGap(
            _("확정하지 않은 실적이 있습니다. 지금 마감하면 이 기간에 들어가지 않습니다."),
            [draft_item(one) for one in drafted(period)] if missing.drafts else [],
        ),
    ]
    return [gap for gap in gaps if gap.items]


def gaps_stamp(gaps: list[ClosingGap]) -> str:
    """Return a hash of the gaps, to check that they are still as shown."""
    text = repr([(str(gap.sentence), gap.items) for gap in gaps])
    return blake2b(text.encode(), digest_size=8).hexdigest()


def items_of(lines: list[PeriodLine], period: Period) -> list[LackingItem]:
    """Return the items of lines; the note is the state of an update."""
    return [
        LackingItem(
            one.activity.shown_title,
            reverse("editing:node", args=[period.plan.year, "activity", one.activity.pk]),
            name_of(one.department),
            "" if one.update is None or one.is_done else one.update.get_state_display(),
        )
        for one in lines
    ]


def unreported_item(line: PeriodLine, period: Period) -> LackingItem:
    """Return the item of an activity about whose budget nobody reported."""
    return LackingItem(
        line.activity.shown_title,
        reverse("budget:spending", args=[period.pk, line.activity.pk]),
        name_of(line.department),
    )


def risk_item(risk: Risk) -> LackingItem:
    """Return the item of a risk that nobody reviewed, with its activity."""
    activity = risk.activity
    department = name_of(department_of(activity))
    return LackingItem(risk.title, risk.get_absolute_url(), department, activity.shown_title)


def name_of(department: Department | None) -> str:
    """Return the name of a department, or "" where there is none."""
    return str(department) if department else ""


def drafted(period: Period) -> QuerySet[Activity]:
    """Return the activities with draft records of the period's days; `drafts` is their number."""
    drafts = Q(
        records__state=Record.State.DRAFT,
        records__happened_on__range=(period.first_on, period.last_on),
    )
    rows = Activity.objects.filter(drafts, plan=period.plan_id).annotate(drafts=Count("records"))
    return rows.select_related("department", "initiative__department").in_plan_order()


def draft_item(activity: Activity) -> LackingItem:
    """Return the item of an activity with drafts. Of personal ones, the number is not told."""
    is_personal = activity.record_kind in personal_codes()
    note = "" if is_personal else _("%(number)s건") % {"number": activity.drafts}
    return LackingItem(
        activity.shown_title,
        f"{reverse('ledger:records')}?activity={activity.pk}&state={Record.State.DRAFT.value}",
        name_of(department_of(activity)),
        note,
    )
