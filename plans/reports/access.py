"""Access rules of reports.

Everybody who may read drafts of plans makes reports; they hold no personal records. A file is
given to who asked for it alone. Who reviews the access log sees what everybody asked for.
"""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from gwonseon.office.people.access import needs
from plans.reports.exports.models import Export
from plans.tree.access import plans_for
from plans.tree.models import Plan

READ = "plans.view_draft"
needs_reading = needs(READ)


def may_read(user: User) -> bool:
    """Return whether the user makes reports."""
    return user.has_perm(READ)


def sees_all(user: User) -> bool:
    """Return whether the user sees who asked for which report."""
    return user.has_perm("office.view_personalaccess")


def exports_for(user: User) -> QuerySet[Export]:
    """Return the exports that the user asked for, latest first."""
    return Export.objects.filter(asked_by=user).select_related("plan", "closing__period")


def export_for(user: User, key: int) -> Export:
    """Return one of the user's exports, or answer 404 (1 query)."""
    found = exports_for(user).filter(pk=key).first()
    if found is None:
        raise Http404(_("그런 보고서가 없습니다."))
    return found


def readable(request: HttpRequest) -> list[Plan]:
    """Return the plans that the user may read, newest first; answer 404 without any (1 query)."""
    plans = list(plans_for(request.user).select_related("district"))
    if not plans:
        raise Http404(_("볼 수 있는 계획이 없습니다."))
    return plans
