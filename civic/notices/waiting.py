"""Notices among the tasks that wait for a staff member: to approve, and to correct."""

from django.utils.translation import gettext as _

from civic.notices.access import approvable_by, may_write
from civic.notices.models import Notice
from gwonseon.office.models import User
from plans.workspace.waiting import MOST, Task


def notices_for(user: User) -> list[Task]:
    """Return the notices that the user must approve, and their own returned ones (2 queries)."""
    return [*to_approve(user), *to_correct(user)]


def to_approve(user: User) -> list[Task]:
    """Return the waiting notices that the user may approve, oldest first (1 query at most)."""
    rows = approvable_by(user).select_related("department").order_by("submitted_at", "pk")
    return [
        Task(
            _("문자 안내 승인하기"),
            f"{one.department}: {one.title}",
            one.submitted_at,
            one.get_absolute_url(),
        )
        for one in rows[:MOST]
    ]


def to_correct(user: User) -> list[Task]:
    """Return the user's drafts that an approver sent back, oldest first (1 query at most)."""
    if not may_write(user):
        return []
    drafts = Notice.objects.filter(state=Notice.State.DRAFT, author=user)
    rows = drafts.exclude(returned_for="").order_by("written_at", "pk")
    return [
        Task(
            _("돌려받은 문자 안내 고치기"),
            f"{one.title}: {one.returned_for}",
            one.written_at,
            one.get_absolute_url(),
        )
        for one in rows[:MOST]
    ]
