"""Rules for who may read, write, approve and cancel notices.

- Users who read drafts of plans may read all notices.
- 부서 담당자 and 부서장 of a department, 기획 and 소통 총괄 may write; only its author changes one.
- 기획, 소통 총괄, and the 부서장 of the department that sends it may approve, but never the author,
  which the database enforces. Whoever may approve a notice, and its author, may cancel it.
- 기획 sets the budget.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from civic.notices.models import Notice, NoticeQuerySet
from gwonseon.office.models import User
from gwonseon.office.people.access import needs

needs_reading = needs("plans.view_draft")


def notices_for_staff() -> NoticeQuerySet:
    """Return all notices with the rows that pages name, latest first."""
    related = ["activity__plan", "department", "sender", "author", "approver", "dispatch"]
    return Notice.objects.select_related(*related, "cancelled_by").order_by("-pk")


def notice_for_staff(key: int) -> Notice:
    """Return a notice, or answer 404 (1 query)."""
    notice = notices_for_staff().filter(pk=key).first()
    if notice is None:
        raise Http404(_("그런 문자 안내가 없습니다."))
    return notice


def may_read(user: User) -> bool:
    """Return whether the user may read notices."""
    return user.has_perm("plans.view_draft")


def leads_notices(user: User) -> bool:
    """Return whether the user writes and approves notices of all departments."""
    return user.has_perm("plans.change_plan") or user.has_perm("civic.change_activity")


def may_write(user: User) -> bool:
    """Return whether the user may write notices; a notice is always a department's."""
    return user.department_id is not None and (
        leads_notices(user) or user.has_perm("plans.edit_department")
    )


def may_change(user: User, notice: Notice) -> bool:
    """Return whether the user may change, submit, take back and delete a notice."""
    return may_write(user) and notice.author_id == user.pk


def may_approve(user: User, notice: Notice) -> bool:
    """Return whether the user may approve a notice, or send it back."""
    if notice.author_id == user.pk:
        return False
    heads = user.has_perm("plans.approve_department")
    return leads_notices(user) or (heads and notice.department_id == user.department_id)


def approvable_by(user: User) -> NoticeQuerySet:
    """Return the waiting notices that the user may approve: `may_approve` as a query."""
    waiting = Notice.objects.filter(state=Notice.State.WAITING).exclude(author=user)
    if leads_notices(user):
        return waiting
    if user.department_id is None or not user.has_perm("plans.approve_department"):
        return waiting.none()
    return waiting.filter(department=user.department_id)


def may_cancel(user: User, notice: Notice) -> bool:
    """Return whether the user may stop a notice that was approved."""
    return may_approve(user, notice) or may_change(user, notice)


def may_budget(user: User) -> bool:
    """Return whether the user may set the yearly budget."""
    return user.has_perm("plans.change_plan")
