"""Access rules for reading amendments."""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.amendments.models import Amendment, AmendmentQuerySet
from plans.tree.access import plan_for
from plans.tree.models import Plan


def readable(user: User, year: int) -> tuple[Plan, AmendmentQuerySet]:
    """Return a plan and its amendments; raise Http404 if the user may not read drafts (1 query)."""
    plan = plan_for(user, year)
    if not user.has_perm("plans.view_draft"):
        raise Http404(_("그런 변경이 없습니다."))
    rows = Amendment.objects.filter(plan=plan).select_related("requested_by", "decided_by")
    return plan, rows


def amendment_for(user: User, year: int, key: int) -> Amendment:
    """Return an amendment; raise Http404 if the user may not read it (2 queries).

    Only the author may read an amendment that is still being written.
    """
    plan, rows = readable(user, year)
    amendment = rows.filter(pk=key).first()
    secret = amendment and amendment.state == Amendment.State.WRITING
    if amendment is None or (secret and amendment.requested_by_id != user.pk):
        raise Http404(_("그런 변경이 없습니다."))
    amendment.plan = plan
    return amendment
