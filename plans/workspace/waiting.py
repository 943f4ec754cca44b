"""Tasks that wait for a staff member: decisions, returned items to correct, updates to write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.office.access_log.months import begins_at, next_month
from gwonseon.office.access_log.queries import unreviewed_months
from gwonseon.office.models import User
from gwonseon.registry import Registry
from plans.amendments.decide import decidable
from plans.amendments.models import Amendment
from plans.editing.reviews.actions import may_decide_review
from plans.editing.reviews.models import Review
from plans.findings.access import findings_for, of_department
from plans.ledger.kinds import kinds
from plans.ledger.models import Record
from plans.ledger.queries import recordable_by
from plans.ledger.versions.models import RecordVersion
from plans.tracking.access import decidable_by
from plans.tracking.models import Period, Update
from plans.tracking.queries import unwritten_by
from plans.tree.titles import first_of

# A longer list is no help for today's work.
MOST = 50


@dataclass(frozen=True)
class Task:
    """One task: its label, what it is about, since when, its page; and the record, if any."""

    what: str
    about: str
    since: datetime
    url: str
    record: Record | None = None


# Functions of the pillars that return a user's tasks of their own.
sources: Registry[Callable[[User], list[Task]]] = Registry()


def waiting_for(user: User) -> list[Task]:
    """Return the user's tasks, oldest first."""
    tasks = [
        *amendments_for(user),
        *reviews_for(user),
        *drafts_for(user),
        *late_findings_for(user),
        *updates_for(user),
        *access_reviews_for(user),
        *(task for tasks_for in sources for task in tasks_for(user)),
    ]
    return sorted(tasks, key=lambda task: task.since)


def amendments_for(user: User) -> list[Task]:
    """Return the amendments that the user must decide on, and their own unsubmitted ones.

    Makes 1 query; if there are any, 1 more, and those of `decidable`.
    """
    if not user.has_perm("plans.view_draft"):
        return []
    rows = Amendment.objects.open_for(user) | Amendment.objects.waiting().exclude(requested_by=user)
    rows = rows.select_related("plan", "requested_by").prefetch_related("changes")
    found = list(rows.order_by("requested_at", "pk"))
    own = {
        Amendment.State.WRITING: _("변경안을 마저 쓰기"),
        Amendment.State.RETURNED: _("돌려받은 변경 고치기"),
    }
    mine = [task(one, own[one.state], one.created_at) for one in found if one.state in own]
    waiting = decidable(user, [one for one in found if one.state not in own])
    decisions = [task(one, _("변경 결정하기"), one.requested_at) for one in waiting]
    return mine[:MOST] + decisions[:MOST]


def task(amendment: Amendment, what: str, since: datetime) -> Task:
    """Return an amendment as a task."""
    about = first_of(list(dict.fromkeys(change.title for change in amendment.changes.all())))
    url = reverse("amendments:amendment", args=[amendment.plan.year, amendment.pk])
    return Task(what, f"{amendment.plan}: {about}", since, url)


def reviews_for(user: User) -> list[Task]:
    """Return the reviews that the user must decide on, and their own returned ones (1 query)."""
    if not user.has_perm("plans.view_draft"):
        return []
    latest = Review.objects.order_by("initiative", "-pk").distinct("initiative")
    rows = Review.objects.filter(
        pk__in=latest.values("pk"),
        state__in=(Review.State.REQUESTED, Review.State.RETURNED),
        initiative__plan__status="draft",
        initiative__retired_on=None,
    ).select_related("initiative__plan", "initiative__goal__pillar")
    tasks = []
    for one in rows.order_by("requested_at", "pk"):
        url = reverse("editing:review", args=[one.initiative.plan.year, one.initiative_id])
        about = f"{one.initiative.plan}: {one.initiative.shown_title}"
        if may_decide_review(user, one, one.initiative):
            tasks.append(Task(_("검토하기"), about, one.requested_at, url))
        elif one.state == Review.State.RETURNED and one.requested_by_id == user.pk:
            tasks.append(Task(_("돌려받은 추진과제 고치기"), about, one.decided_at, url))
    return tasks[:MOST]


def drafts_for(user: User) -> list[Task]:
    """Return the user's own draft records, and others' drafts that they must confirm (1 query)."""
    drafts = Record.objects.visible_to(user).filter(state=Record.State.DRAFT)
    by_another = [kind.code for kind in kinds if kind.confirmed_by_another]
    own = Q(written_by=user) & ~Q(kind__in=by_another)
    recordable = recordable_by(user).values("pk")
    others = Q(kind__in=by_another, activity__in=recordable) & ~Q(written_by=user)
    others &= ~Exists(RecordVersion.objects.filter(record=OuterRef("pk"), by=user))
    rows = drafts.filter(own | others).with_context().order_by("written_at")
    return [
        Task(
            what_to_confirm(one, user),
            f"{one.happened_on:%Y. %-m. %-d.} {one.activity.shown_title}",
            one.written_at,
            one.get_absolute_url(),
            one,
        )
        for one in rows[:MOST]
    ]


def what_to_confirm(record: Record, user: User) -> str:
    """Return the task's label for a record that must be confirmed."""
    if record.strikes_out:
        return _("남이 요청한 취소 확정하기")
    return _("내 실적 확정하기") if record.written_by_id == user.pk else _("남이 쓴 실적 확정하기")


def late_findings_for(user: User) -> list[Task]:
    """Return the overdue findings of the user's department (1 query)."""
    if not user.has_perm("plans.edit_department"):
        return []
    rows = findings_for(user).overdue(timezone.localdate())
    rows = rows.filter(of_department(user.department_id))
    return [
        Task(
            _("기한이 지난 조치"),
            f"{one.record.activity.shown_title}: {one.what}",
            timezone.make_aware(datetime.combine(one.due_on, time())),
            reverse("findings:finding", args=[one.pk]),
            one.record,
        )
        for one in rows[:MOST]
    ]


def updates_for(user: User) -> list[Task]:
    """Return what the user must decide on, correct and write of updates.

    Makes 2 queries, and a few more if the user is in charge of something in an open period.
    """
    if not user.has_perm("plans.view_draft"):
        return []
    returned = Update.objects.filter(
        author=user, state=Update.State.RETURNED, period__state=Period.State.OPEN
    )
    rows = (decidable_by(user) | returned).select_related("period", "activity", "initiative")
    found = list(rows.order_by("period", "submitted_at", "pk"))
    to_correct = [one for one in found if one.state == Update.State.RETURNED]
    to_approve = [one for one in found if one.state != Update.State.RETURNED]
    return [
        *approvals_by_period(to_approve),
        *map(correction_of, to_correct[:MOST]),
        *updates_to_write(user),
    ]


def approvals_by_period(updates: list[Update]) -> list[Task]:
    """Return a task for each period, from updates in the order of their periods."""
    tasks = []
    for period, group in groupby(updates, key=lambda one: one.period):
        found = list(group)
        about = f"{period}: {first_of([one.node.shown_title for one in found])}"
        url = reverse("tracking:waiting", args=[period.pk])
        tasks.append(Task(_("추진상황 승인하기"), about, found[0].submitted_at, url))
    return tasks


def correction_of(update: Update) -> Task:
    """Return an update that an approver returned as a task of its author."""
    about = f"{update}: {update.returned_for}"
    url = update.get_absolute_url()
    return Task(_("반려된 추진상황 고치기"), about, update.decided_at, url)


def updates_to_write(user: User) -> list[Task]:
    """Return a task for each open period in which the user has something to write."""
    return [
        Task(
            _("추진상황 쓰기"),
            f"{period}: {first_of([one.shown_title for one in activities])}",
            period.opened_at,
            f"{period.get_absolute_url()}?mine=on&state=missing",
        )
        for period, activities in unwritten_by(user).items()
    ]


def access_reviews_for(user: User) -> list[Task]:
    """Return the past months of the access log that nobody has reviewed (2 queries)."""
    if not user.has_perm("office.view_personalaccess"):
        return []
    return [
        Task(
            _("접속기록 점검하기"),
            _("%(year)s년 %(month)s월") % {"year": month.year, "month": month.month},
            begins_at(next_month(month)),
            reverse("office:access_month", args=[month.year, month.month]),
        )
        for month in unreviewed_months()
    ]
