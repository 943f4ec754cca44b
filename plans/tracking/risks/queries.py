"""What is read of risks: by likelihood and impact, and which were not reviewed in a period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from plans.tracking.models import Period
from plans.tracking.risks.access import risks_for_staff
from plans.tracking.risks.models import Impact, Likelihood, Risk, RiskQuerySet, RiskReview
from plans.tree.models import Plan

# The smallest product of likelihood and impact of a large and a middle risk.
LARGE, MIDDLE = 6, 3


@dataclass(frozen=True)
class GridCell:
    """The risks of one likelihood and one impact: how many there are, and how large they are."""

    likelihood: Likelihood
    impact: Impact
    count: int

    @property
    def grade(self) -> str:
        """How large these risks are, as a word."""
        return grade_of(self.likelihood, self.impact)

    @property
    def tone(self) -> str:
        """The tone of the badge with the grade."""
        return tone_of(self.likelihood, self.impact)


def grade_of(likelihood: int, impact: int) -> str:
    """Return how large a risk is, as a word."""
    product = likelihood * impact
    if product >= LARGE:
        return _("큰 위험")
    return _("중간 위험") if product >= MIDDLE else _("작은 위험")


def tone_of(likelihood: int, impact: int) -> str:
    """Return the tone of the badge with a risk's grade."""
    product = likelihood * impact
    if product >= LARGE:
        return "danger"
    return "warning" if product >= MIDDLE else "gray"


def risks_of(plan: Plan) -> list[Risk]:
    """Return a plan's risks, the largest first, also closed ones (1 query)."""
    return sorted(risks_for_staff().filter(activity__plan=plan), key=by_size)


def by_size(risk: Any) -> tuple[int, int, int]:
    """Return the place of a risk in a list: the largest first, then that with a larger impact."""
    return -risk.likelihood * risk.impact, -risk.impact, risk.pk


def grid_of(risks: Iterable[Risk]) -> list[tuple[Impact, list[GridCell]]]:
    """Return a row for each impact, the largest first, with a cell for each likelihood."""
    counts = Counter((one.likelihood, one.impact) for one in risks)
    return [
        (impact, [GridCell(one, impact, counts[one, impact]) for one in Likelihood])
        for impact in reversed(Impact)
    ]


def reviews_of(risk: Risk) -> list[RiskReview]:
    """Return a risk's reviews, the latest period first (1 query)."""
    rows = RiskReview.objects.filter(risk=risk).select_related("period", "reviewed_by")
    return list(rows.order_by("-period__first_on"))


def open_periods(plan: int) -> list[Period]:
    """Return the periods of a plan in which risks are reviewed now, the latest first (1 query)."""
    rows = Period.objects.open().filter(plan=plan)
    return list(rows.select_related("plan__district").order_by("-first_on"))


def unreviewed(period: Period) -> RiskQuerySet:
    """Return the open risks that were there in a period and that nobody reviewed in it.

    Risks of activities that had ended before the period are left out.
    """
    rows = risks_for_staff().open().filter(activity__plan=period.plan_id)
    rows = rows.filter(raised_on__lte=period.last_on)
    rows = rows.exclude(activity__retired_on__lte=period.first_on)
    return rows.exclude(reviews__period=period)
