"""Access rules of blockers.

Who may write an activity's updates raises its blockers and changes them; the department that must
act may resolve them, too. Everybody who may read drafts reads them.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from gwonseon.office.people.access import needs
from plans.tracking.access import may_write
from plans.tracking.blockers.models import Blocker, BlockerQuerySet
from plans.tree.access import owns
from plans.tree.models import Activity

needs_reading = needs("plans.view_draft")


def blockers_for_staff() -> BlockerQuerySet:
    """Return all blockers with the rows that pages name."""
    related = [f"activity__{Activity.PILLAR_PATH}", "activity__plan", "department"]
    return Blocker.objects.select_related(*related, "raised_by", "resolved_by")


def blocker_for_staff(key: int) -> Blocker:
    """Return a blocker, or answer 404 (1 query)."""
    found = blockers_for_staff().filter(pk=key).first()
    if found is None:
        raise Http404(_("그런 애로사항이 없습니다."))
    return found


def may_change(user: User, blocker: Blocker) -> bool:
    """Return whether the user may change what blocks, who must act and by when."""
    return may_write(user, blocker.activity)


def may_resolve(user: User, blocker: Blocker) -> bool:
    """Return whether the user may write that a blocker is resolved."""
    acts = user.has_perm("plans.edit_department") and owns(user, blocker.department_id)
    return acts or may_change(user, blocker)
