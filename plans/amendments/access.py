"""Who may read an amendment on its way, and what they may do with it."""

from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.amendments.models import Amendment, AmendmentQuerySet
from plans.tree.access import plan_for
from plans.tree.models import Plan


def readable(user: User, year: int) -> tuple[Plan, AmendmentQuerySet]:
    """Return a plan and its amendments, or answer 404 to who may not read drafts (1 query)."""
    plan = plan_for(user, year)
    if not user.has_perm("plans.view_draft"):
        raise Http404(_("그런 변경이 없습니다."))
    rows = Amendment.objects.filter(plan=plan).select_related("requested_by", "decided_by")
    return plan, rows


def amendment_for(user: User, year: int, key: int) -> Amendment:
    """Return an amendment, or answer 404 where it is not there for this user (2 queries).

    What is still being written is its author's alone.
    """
    plan, rows = readable(user, year)
    amendment = rows.filter(pk=key).first()
    secret = amendment and amendment.state == Amendment.State.WRITING
    if amendment is None or (secret and amendment.requested_by_id != user.pk):
        raise Http404(_("그런 변경이 없습니다."))
    amendment.plan = plan
    return amendment
