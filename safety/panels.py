"""Panels of the safety pillar's pages: measured values and their grades."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import User
from plans.ledger.models import Record
from plans.panels import Panel
from plans.tree.models import Plan
from safety.models import AirMeasurement, Limit, WaterMeasurement

MOST = 10


@dataclass(frozen=True)
class Measured:
    """One measurement as text: where, when, and each value with its grade."""

    spot: str
    day: date
    facts: list[tuple[str, str]]
    record: int


@dataclass(frozen=True)
class Air:
    """The outdoor air on the last day of measurement, for each spot."""

    day: date | None
    is_today: bool
    spots: list[Measured]


def latest_air(plan: Plan) -> Air:
    """Return the outdoor measurements of the last day that has any (3 queries)."""
    rows = AirMeasurement.objects.filter(
        place=AirMeasurement.Place.OUTSIDE,
        record__state=Record.State.CONFIRMED,
        record__activity__plan=plan,
    )
    day = rows.aggregate(day=Max("record__happened_on"))["day"]
    of_day = rows.filter(record__happened_on=day).select_related("record").order_by("spot", "pk")
    return Air(day, day == timezone.localdate(), with_limits(of_day[:MOST]))


def latest_measurements(user: User) -> list[Measured]:
    """Return the latest measurements that the user may see, latest first (3 queries)."""
    seen = Record.objects.visible_to(user).current()
    found = []
    for model in (AirMeasurement, WaterMeasurement):
        rows = model.objects.filter(record__in=seen).select_related("record")
        found += rows.order_by("-record__happened_on", "-pk")[:MOST]
    found.sort(key=lambda one: (one.record.happened_on, one.pk), reverse=True)
    return with_limits(found[:MOST])


def with_limits(measurements: Any) -> list[Measured]:
    """Return measurements as text (1 query for their limits)."""
    limits = list(Limit.objects.all())
    told = {str(AirMeasurement._meta.get_field(name).verbose_name) for name in ("place", "spot")}
    return [
        Measured(
            one.spot,
            one.record.happened_on,
            [fact for fact in one.graded_facts(limits) if fact[0] not in told],
            one.record_id,
        )
        for one in measurements
    ]


PUBLIC = Panel("safety", _("공기질"), "safety/_air_panel.html", latest_air)
STAFF = Panel("safety", _("최근에 잰 것"), "safety/_measurements_panel.html", latest_measurements)
