"""Which reports somebody has saved, and for which plan and period one is opened."""

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.reports.forms import scope_text
from plans.reports.saved.models import SavedReport
from plans.tracking.closing.models import Closing
from plans.tree.models import Plan


def saved_of(user: User) -> QuerySet[SavedReport]:
    """Return the reports that the user saved, by name."""
    return SavedReport.objects.filter(owner=user)


def saved_for(user: User, key: int) -> SavedReport:
    """Return one of the user's saved reports, or answer 404 (1 query)."""
    found = saved_of(user).select_related("owner__department").filter(pk=key).first()
    if found is None:
        raise Http404(_("그런 보고서가 없습니다."))
    return found


def address_of(saved: SavedReport, plans: list[Plan]) -> str:
    """Return the page of a saved report: of the last closed period of the plans, or as of today.

    Until a period is closed, it is as of today.
    """
    closing = last_closing(plans) if saved.of == SavedReport.Of.CLOSING else None
    plan = closing.period.plan if closing else plan_of_today(plans)
    query = QueryDict(mutable=True)
    query.update(
        {
            "year": str(plan.year),
            "kind": saved.kind,
            "closing": str(closing.pk) if closing else "",
            "scope": scope_text(saved.scope),
            "compared": saved.compared,
            "won": str(saved.won),
        }
    )
    query.setlist("parts", saved.parts)
    return f"{reverse('reports:choose')}?{query.urlencode()}"


def last_closing(plans: list[Plan]) -> Closing | None:
    """Return the last version of the last closed period of some plans (1 query)."""
    rows = Closing.objects.filter(period__plan__in=plans).select_related("period__plan")
    return rows.order_by("-period__last_on", "-version").first()


def plan_of_today(plans: list[Plan]) -> Plan:
    """Return the plan of this year, else the newest."""
    year = timezone.localdate().year
    return next((one for one in plans if one.year == year), plans[0])
