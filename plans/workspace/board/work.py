"""The sections of the board about work: updates, troubles, and what waits for the user."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gwonseon.fields.days import day_text
from gwonseon.office.models import Department, User
from plans.tracking.access import may_decide
from plans.tracking.listing import in_order
from plans.tracking.models import Period, Update
from plans.tracking.queries import by_node, department_of, update_of
from plans.tree.access import in_charge_of
from plans.tree.models import Activity
from plans.workspace.board.queries import Frozen, Live, activities_in
from plans.workspace.board.standings import Standing
from plans.workspace.board.tables import BoardItem, BoardLine, Section, numbered
from plans.workspace.board.troubles import blocker_items, blockers_section, risk_sections

NOBODY = "none"
IN_WORK = {Update.State.DRAFT, Update.State.RETURNED}
DONE = {Update.State.APPROVED, Update.State.CONFIRMED}


def updates(live: Live, user: User) -> Section:
    """Return how far the updates of a period have come, by department."""
    title, period = _("부서별 추진상황"), live.period
    if period is None:
        return Section("updates", title, missing=_("이날까지 연 보고 기간이 없습니다."))
    by = by_node(one for one in live.updates if one.period_id == period.pk)
    rows: dict[Department | None, list[tuple[Activity, Any]]] = defaultdict(list)
    for one in activities_in(live, period):
        rows[department_of(one)].append((one, update_of(one, by)))
    late = is_late_on(live, period)
    heads = (_("부서"), _("활동"), _("미작성"), _("작성중·반려"), _("승인 대기"), _("승인"))
    order = sorted(rows, key=lambda one: (one is None or not is_own(one, user), in_order(one)))
    return Section(
        "updates",
        f"{title}: {period}",
        (*heads, _("지연")) if late else heads,
        [department_line(one, rows[one], is_late=late, user=user) for one in order],
        note=_("모든 부서입니다. 우리 부서가 있으면 맨 위에 둡니다. 제출 기한은 %(due)s입니다.")
        % {"due": day_text(period.due_on)},
    )


def is_late_on(live: Live, period: Period) -> bool:
    """Return whether a period was still open on a day after its due day."""
    day = live.known_on
    closed = (one.closed_on <= day for one in live.year.closings if one.period_id == period.pk)
    is_open = period.is_open if live.is_now else not any(closed)
    return is_open and day > period.due_on


def is_own(department: Department | None, user: User) -> bool:
    """Return whether a department is the user's."""
    return department is not None and department.pk == user.department_id


def department_line(
    department: Department | None, rows: list[tuple[Activity, Any]], *, is_late: bool, user: User
) -> BoardLine:
    """Return a department's line: all activities, and those in each state of work."""
    name = department.pk if department else NOBODY
    states = [one.state if one else "" for _activity, one in rows]
    parts = {
        "activities": set(states),
        "missing": {""},
        "in-work": IN_WORK,
        "submitted": {Update.State.SUBMITTED},
        "approved": DONE,
    }
    if is_late:
        parts["late"] = IN_WORK | {""}
    heads = (_("추진과제"), _("추진상황"))
    cells = []
    for part, wanted in parts.items():
        found = [row for row, state in zip(rows, states, strict=True) if state in wanted]
        items = [update_item(activity, update) for activity, update in found]
        cells.append(numbered(f"updates.{name}.{part}", items, heads))
    label = str(department) if department else _("정하지 않음")
    return BoardLine(label, cells, is_own(department, user))


def update_item(activity: Activity, update: Any) -> BoardItem:
    """Return an activity with the state of its update, and the update's page if it is there."""
    state = _("미작성") if update is None else str(Update.State(update.state).label)
    is_there = isinstance(update, Update)
    url = update.get_absolute_url() if is_there else page_of(activity)
    department = str(department_of(activity) or "")
    return BoardItem(
        activity.shown_title, url, department, (activity.initiative.shown_title, state)
    )


def page_of(activity: Activity) -> str:
    """Return the staff's page of an activity."""
    return reverse("editing:node", args=[activity.plan.year, "activity", activity.pk])


def frozen_updates(frozen: Frozen, user: User) -> Section:
    """Return which activities a closing froze with an approved update, by department."""
    rows: dict[str, list[Standing]] = defaultdict(list)
    for one in frozen.pillars[0].activities:
        rows[one.department].append(one)
    own = str(user.department or "")
    heads = (_("부서"), _("활동"), _("승인"), _("없음"))
    order = sorted(rows, key=lambda name: (name != own, not name, name))
    return Section(
        "updates",
        _("부서별 추진상황"),
        heads,
        [frozen_line(name, rows[name], is_own=bool(own) and name == own) for name in order],
        note=_("마감본에는 승인한 추진상황만 있습니다."),
    )


def frozen_line(department: str, rows: list[Standing], *, is_own: bool) -> BoardLine:
    """Return a department's line of a closing."""
    parts = {"activities": {True, False}, "approved": {True}, "missing": {False}}
    name = department or NOBODY
    cells = []
    for part, wanted in parts.items():
        found = [one for one in rows if one.has_text in wanted]
        items = [
            BoardItem(one.title, one.url, department, (_("승인") if one.has_text else _("없음"),))
            for one in found
        ]
        cells.append(numbered(f"updates.{name}.{part}", items, (_("추진상황"),)))
    return BoardLine(department or _("정하지 않음"), cells, is_own)


def troubles(live: Live) -> list[Section]:
    """Return the sections of late blockers and of risks."""
    activities = {one.pk: one for one in live.tree.activities}
    note = "" if live.is_now else _("기한과 푼 날은 지금 적힌 것입니다.")
    late = blocker_items(live.troubles.blockers, activities)
    risks = risk_sections(live.troubles.risks, activities, live.period, is_now=live.is_now)
    return [blockers_section(late, note), *risks]


def frozen_troubles(frozen: Frozen) -> list[Section]:
    """Return the section of blockers that a closing froze as late, and why there are no risks."""
    items = [
        BoardItem(
            one.data["what"],
            reverse("blockers:blocker", args=[one.data["key"]]),
            one.data["department"],
            (one.data["activity"], day_text(one.raised_on), day_text(one.due_on)),
        )
        for one in frozen.blockers
        if one.is_late
    ]
    said = _("위험은 마감할 때 굳히지 않습니다. 「지금」이나 지난 날에서 보세요.")
    late = blockers_section(items, _("기간의 마지막 날에 풀리지 않은 것입니다."))
    return [late, Section("risks", _("열린 위험"), missing=said)]


def waiting(live: Live, user: User) -> Section:
    """Return the numbers of what waits for the user in this plan."""
    title = _("나를 기다리는 것")
    if not live.is_now:
        return Section("waiting", title, missing=_("「지금」에서만 보입니다."))
    about = {one.pk: one for one in live.tree.activities}
    above = {one.pk: one for one in live.tree.initiatives}
    periods = {one.pk: one for one in live.year.open}
    written = [one for one in live.updates if one.period_id in periods]
    for one in written:
        one.period = periods[one.period_id]
        one.activity = about.get(one.activity_id)
        one.initiative = above.get(one.initiative_id)
    submitted = [one for one in written if one.state == Update.State.SUBMITTED]
    returned = [one for one in written if one.state == Update.State.RETURNED]
    amendments = [
        BoardItem(
            ", ".join(dict.fromkeys(change.title for change in one.said)),
            reverse("amendments:amendment", args=[one.plan.year, one.pk]),
            "",
            (day_text(one.requested_on),),
        )
        for one in live.amendments
    ]
    parts = {
        "approve": (
            _("승인할 추진상황"),
            [written_item(one) for one in submitted if may_decide(user, one)],
        ),
        "decide": (_("결정할 변경"), amendments),
        "correct": (
            _("고칠 추진상황"),
            [written_item(one) for one in returned if one.author_id == user.pk],
        ),
        "write": (_("쓸 추진상황"), unwritten(live, periods.values(), user)),
    }
    lines = [
        BoardLine(label, [numbered(f"waiting.{name}", items, (_("기간 또는 신청한 날"),))])
        for name, (label, items) in parts.items()
    ]
    note = _("이 계획의 것입니다. 실적 초안과 조치처럼 다른 것은 「내 업무」에 있습니다.")
    return Section("waiting", title, (_("무엇"), _("건")), lines, note=note)


def written_item(update: Update) -> BoardItem:
    """Return an update with its period."""
    node, url = update.node, update.get_absolute_url()
    owner = department_of(node) if isinstance(node, Activity) else node.department
    return BoardItem(node.shown_title, url, str(owner or ""), (str(update.period),))


def unwritten(live: Live, periods: Iterable[Period], user: User) -> list[BoardItem]:
    """Return the activities in the user's charge that have no update in an open period."""
    found = []
    for period in periods:
        by = by_node(one for one in live.updates if one.period_id == period.pk)
        for one in activities_in(live, period):
            if in_charge_of(one) == user.pk and update_of(one, by) is None:
                owner = str(department_of(one) or "")
                found.append(BoardItem(one.shown_title, page_of(one), owner, (str(period),)))
    return found
