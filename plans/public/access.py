"""What residents may read: published plans. A draft's existence is a secret."""

from django.http import Http404
from django.utils.translation import gettext as _

from plans.tree.models import Plan


def published_plan(year: int) -> Plan:
    """Return a year's published plan with its district (1 query), else answer 404."""
    plan = Plan.objects.published().select_related("district").filter(year=year).first()
    if plan is None:
        raise Http404(_("공개된 계획이 없습니다."))
    return plan


def latest_published_plan() -> Plan | None:
    """Return the newest published plan with its district (1 query), if there is one."""
    return Plan.objects.published().select_related("district").first()
