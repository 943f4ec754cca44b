"""Access rules of risks.

Who may write an activity's updates adds its risks, changes and closes them; who watches a risk
reviews it, too. Everybody who may read drafts reads them, and residents do not.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tracking.access import may_write
from plans.tracking.risks.models import Risk, RiskQuerySet
from plans.tree.models import Activity


def risks_for_staff() -> RiskQuerySet:
    """Return all risks with the rows that pages name."""
    activity = [f"activity__{Activity.PILLAR_PATH}", "activity__plan__district"]
    owners = ["activity__department", "activity__initiative__department"]
    return Risk.objects.select_related(*activity, *owners, "owner", "raised_by", "closed_by")


def risk_for_staff(key: int) -> Risk:
    """Return a risk, or answer 404 (1 query)."""
    found = risks_for_staff().filter(pk=key).first()
    if found is None:
        raise Http404(_("그런 위험이 없습니다."))
    return found


def may_change(user: User, risk: Risk) -> bool:
    """Return whether the user may change and close a risk."""
    return may_write(user, risk.activity)


def may_review(user: User, risk: Risk) -> bool:
    """Return whether the user may write what they think of a risk in a period."""
    watches = risk.owner_id == user.pk and user.has_perm("plans.view_draft")
    return watches or may_change(user, risk)
