"""Notices among the tasks that wait for a staff member: to approve, and to correct."""

from django.utils.translation import gettext as _

from civic.notices.access import approvable_by, may_write
from civic.notices.models import Notice
from gwonseon.office.models import User
from plans.workspace.waiting import MOST, Task


def notices_for(user: User) -> list[Task]:
    """Return the notices that the user must approve, and their own returned ones (1 query)."""
    rows = approvable_by(user)
    if may_write(user):
        drafts = Notice.objects.filter(state=Notice.State.DRAFT, author=user)
        rows |= drafts.exclude(returned_for="")
    rows = rows.select_related("department").order_by("submitted_at", "pk")
    return [task_of(one) for one in rows[:MOST]]


def task_of(notice: Notice) -> Task:
    """Return a waiting or a returned notice as a task."""
    url = notice.get_absolute_url()
    if notice.state == Notice.State.WAITING:
        about = f"{notice.department}: {notice.title}"
        return Task(_("문자 안내 승인하기"), about, notice.submitted_at, url)
    about = f"{notice.title}: {notice.returned_for}"
    return Task(_("돌려받은 문자 안내 고치기"), about, notice.written_at, url)
