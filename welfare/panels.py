"""Panels of the welfare pillar's pages: cooling shelters, and facilities to visit next."""

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import User
from plans.facilities.access import may_read
from plans.facilities.models import Facility, FacilityKind
from plans.ledger.models import Record
from plans.panels import Panel
from plans.tree.models import Plan

MOST = 10
VISITED = (FacilityKind.DAYCARE, FacilityKind.STUDY_ROOM, FacilityKind.HEAT_SHELTER)


def open_shelters(_plan: Plan) -> list[Facility]:
    """Return the cooling shelters that are open now, by dong (1 query)."""
    rows = Facility.objects.open().filter(kinds__contains=[FacilityKind.HEAT_SHELTER])
    return list(rows.select_related("dong").order_by("dong__position", "name"))


def longest_unvisited(user: User) -> list[Facility]:
    """Return facilities by `last` visit, never visited and oldest first (1 query)."""
    if not may_read(user):
        return []
    visits = Record.objects.confirmed().filter(facility=OuterRef("pk")).order_by("-happened_on")
    rows = Facility.objects.open().filter(kinds__overlap=list(VISITED)).select_related("dong")
    rows = rows.annotate(last=Subquery(visits.values("happened_on")[:1]))
    return list(rows.order_by(F("last").asc(nulls_first=True), "dong__position", "name")[:MOST])


PUBLIC = Panel("welfare", _("무더위쉼터"), "welfare/_shelters_panel.html", open_shelters)
STAFF = Panel("welfare", _("오래 찾지 않은 곳"), "welfare/_unvisited_panel.html", longest_unvisited)
