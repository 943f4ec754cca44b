"""Panels of the civic pillar's pages: the work of the service counters in a month."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Max, Sum, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import User
from plans.ledger.models import Record, RecordQuerySet
from plans.panels import Panel
from plans.tree.models import Plan

TALLY = "counter-tally"


@dataclass(frozen=True)
class Month:
    """The sums of the last month with records, for each activity: title, unit, total."""

    first: date | None
    sums: list[dict[str, Any]]


def latest_month(records: RecordQuerySet) -> Month:
    """Return the counters' sums in the last month that has records (2 queries)."""
    rows = records.filter(kind=TALLY).confirmed()
    day = rows.aggregate(day=Max("happened_on"))["day"]
    if day is None:
        return Month(None, [])
    title = NullIf(F("activity__corrected_title"), Value(""))
    of_month = rows.filter(happened_on__year=day.year, happened_on__month=day.month)
    sums = of_month.order_by("activity__initiative__position", "activity__position").values(
        title=Coalesce(title, "activity__title", output_field=CharField()),
        unit=F("activity__unit"),
    )
    return Month(day.replace(day=1), list(sums.annotate(total=Sum("quantity"))))


def counters_of(plan: Plan) -> Month:
    """Return the sums of a plan's counters in their last month."""
    return latest_month(Record.objects.filter(activity__plan=plan))


def counters_for(user: User) -> Month:
    """Return the counters' sums in their last month, from records that the user may see."""
    return latest_month(Record.objects.visible_to(user))


TITLE = _("창구에서 한 일")
PUBLIC = Panel("civic", TITLE, "civic/_counters_panel.html", counters_of)
STAFF = Panel("civic", TITLE, "civic/_counters_panel.html", counters_for)
