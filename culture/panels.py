"""Panels of the culture pillar's pages: performances and garden plots."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture.models import Performance, Plot, Show
from culture.registers.access import register_rows
from gwonseon.office.models import User
from plans.ledger.models import Record
from plans.panels import Panel
from plans.tree.models import Plan

MOST = 5


@dataclass(frozen=True)
class Stage:
    """The next performances, and the latest that took place."""

    coming: list[Show]
    given: list[Performance]


def stage_of(plan: Plan) -> Stage:
    """Return a plan's next performances from today on, and its latest past ones (2 queries)."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    given = Performance.objects.filter(
        record__state=Record.State.CONFIRMED, record__activity__plan=plan
    )
    return Stage(
        list(Show.objects.filter(activity__plan=plan).coming(today)[:MOST]),
        list(given.select_related("record").order_by("-record__happened_on", "-pk")[:MOST]),
    )


def registers_for(_user: User) -> dict[str, Any]:
    """Return the next performances, and the number of open plots of each garden (2 queries)."""
    plots = Plot.objects.open().order_by("garden").values("garden")
    return {
        "coming": list(register_rows(Show).coming(timezone.now())[:MOST]),
        "gardens": list(plots.annotate(plots=Count("pk"), area=Sum("area"))),
    }


PUBLIC = Panel("culture", _("공연"), "culture/_stage_panel.html", stage_of)
STAFF = Panel("culture", _("공연과 텃밭"), "culture/_registers_panel.html", registers_for)
