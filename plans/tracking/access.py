"""Rules for who arranges periods, who writes updates, and who decides on them.

- 기획 (`plans.change_plan`) arranges, opens and closes periods.
- Who may change an activity or initiative writes its updates: 부서 담당자 and 부서장 of its
  department, 축 총괄 and 기획.
- 부서장 of its department, 축 총괄 and 기획 approve and return updates, but none that they wrote.
- Everybody who may read drafts reads all of it.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tracking.models import Period, Update
from plans.tree.access import may_approve, may_edit
from plans.tree.models import Activity, Initiative


def may_read(user: User) -> bool:
    """Return whether the user may read periods and updates."""
    return user.has_perm("plans.view_draft")


def may_arrange(user: User) -> bool:
    """Return whether the user may set up, open and close periods."""
    return user.has_perm("plans.change_plan")


def may_write(user: User, node: Activity | Initiative) -> bool:
    """Return whether the user may write updates about an activity or initiative."""
    return may_edit(user, node)


def may_decide(user: User, update: Update) -> bool:
    """Return whether the user may approve or return an update."""
    return user.pk not in update.writers and may_approve(user, update.node)


def period_for(user: User, key: int) -> Period:
    """Return a period with its plan, or answer 404 (1 query)."""
    period = Period.objects.select_related("plan__district").filter(pk=key).first()
    if period is None or not may_read(user):
        raise Http404(_("그런 보고 기간이 없습니다."))
    return period
