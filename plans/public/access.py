"""Which plans residents may read: published ones. Pages must not reveal that a draft exists."""

from django.db.models import Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from plans.tree.models import Plan
from plans.tree.querysets import PlanQuerySet


def published_plan(year: int) -> Plan:
    """Return a year's published plan, or answer 404 (1 query)."""
    plan = readable_plans().filter(year=year).first()
    if plan is None:
        raise Http404(_("공개된 계획이 없습니다."))
    return plan


def latest_published_plan() -> Plan | None:
    """Return the newest published plan, or None (1 query)."""
    return readable_plans().first()


def readable_plans() -> PlanQuerySet:
    """Return the published plans with their district and the newest published plan's year."""
    newest = Plan.objects.published().values("year")[:1]
    plans = Plan.objects.published().select_related("district")
    return plans.annotate(newest_year=Subquery(newest))
