"""Rules for who may see and edit cases: only the department that owns their activity."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tree.access import owned_by
from plans.tree.models import Activity, Plan
from plans.tree.querysets import NodeQuerySet
from welfare.models import SupportCase

CONTACT = "contact"


def cases_for(user: User) -> QuerySet[SupportCase]:
    """Return the cases of the user's department, newest first; none without permission."""
    if not user.has_perm("plans.view_draft") or user.department_id is None:
        return SupportCase.objects.none()
    rows = SupportCase.objects.filter(owned_by(user.department_id, "activity__"))
    return rows.select_related("activity")


def case_for(user: User, key: int) -> SupportCase:
    """Return a case of the user's department, or answer 404 (1 query)."""
    case = cases_for(user).select_related("opened_by", "closed_by").filter(pk=key).first()
    if case is None:
        raise Http404(_("그런 사례가 없습니다."))
    return case


def activities_for(user: User) -> NodeQuerySet:
    """Return the activities that the user may open cases for."""
    if not may_write(user):
        return Activity.objects.none()
    rows = Activity.objects.filter(owned_by(user.department_id), record_kind=CONTACT).in_force()
    return rows.filter(plan__in=Plan.objects.published().order_by()).in_plan_order()


def may_write(user: User) -> bool:
    """Return whether the user may open and edit their department's cases."""
    return user.has_perm("plans.edit_department") and user.department_id is not None
