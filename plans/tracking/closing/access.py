"""Which closings and requests a user may read: those of periods that they may read."""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.tracking.access import may_read
from plans.tracking.closing.models import Closing, Reopening

PLAN = "period__plan__district"


def closing_for(user: User, key: int) -> Closing:
    """Return a closing with its period and plan, or answer 404 (1 query)."""
    rows = Closing.objects.select_related(PLAN, "closed_by")
    closing = rows.filter(pk=key).first()
    if closing is None or not may_read(user):
        raise Http404(_("그런 마감이 없습니다."))
    return closing


def reopening_for(user: User, key: int) -> Reopening:
    """Return a request to reopen a period, with that period, or answer 404 (1 query)."""
    request = Reopening.objects.select_related(f"closing__{PLAN}").filter(pk=key).first()
    if request is None or not may_read(user):
        raise Http404(_("그런 요청이 없습니다."))
    return request
