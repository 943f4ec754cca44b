"""Access rules of what is contracted and spent.

Everybody who may read drafts reads it. Who may write an activity's updates reports its sums.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tracking.access import may_write
from plans.tracking.models import Period
from plans.tree.access import node_for
from plans.tree.models import Activity


def activity_of(user: User, period: Period, key: int) -> Activity:
    """Return an activity of a period's plan with all above it, or answer 404 (2 queries)."""
    found = node_for(user, period.plan.year, "activity", key)
    if found.retired_on and found.retired_on <= period.first_on:
        raise Http404(_("이 기간에는 이미 끝난 활동입니다."))
    return found


def may_report(user: User, period: Period, activity: Activity) -> bool:
    """Return whether the user may write what was contracted and spent, now."""
    return period.is_open and may_write(user, activity)
