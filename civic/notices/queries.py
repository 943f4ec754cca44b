"""What is read of notices: whom they reach, what they cost, and how far they have come."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from civic.kinds import TEXT_NOTICE
from civic.notices.models import Budget, Notice
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.messaging.queries import counts_of
from gwonseon.messaging.texts import TextKind
from gwonseon.office.models import Dong
from plans.subscriptions.audiences import followers
from plans.tree.access import with_all_above
from plans.tree.models import Activity, Initiative, Pillar, Plan
from plans.tree.querysets import NodeQuerySet

# What was given to the gateway, or may have been.
LEFT = (
    Message.State.CLAIMED,
    Message.State.ACCEPTED,
    Message.State.DELIVERED,
    Message.State.UNDELIVERED,
    Message.State.UNKNOWN,
)


def audience_of(notice: Notice) -> dict[str, Any]:
    """Return whom a notice is for, as arguments of `followers` and `audience`."""
    return {name: getattr(notice, name) for name in ("news", "pillars", "initiatives", "dongs")}


def people_of(notice: Notice) -> int:
    """Return how many people a notice would reach now (1 query)."""
    return followers(**audience_of(notice)).count()


def audience_in_words(notice: Notice) -> list[tuple[str, str]]:
    """Return label and text of a notice's audience (at most 2 queries)."""
    pillars = ", ".join(str(Pillar.Code(code).label) for code in notice.pillars)
    found = Initiative.objects.filter(lineage__in=notice.initiatives).order_by("-plan__year")
    titles = {one.lineage: one.shown_title for one in reversed(found)} if notice.initiatives else {}
    dongs = Dong.objects.filter(pk__in=notice.dongs) if notice.dongs else []
    lines = [
        (_("소식의 종류"), notice.get_news_display()),
        (_("분야"), pillars),
        (_("추진과제"), ", ".join(titles.values())),
        (_("받는 동"), ", ".join(one.name for one in dongs) or _("구 전체")),
    ]
    return [(label, text) for label, text in lines if text]


def budget_of(year: int) -> Budget | None:
    """Return a year's budget, or None (1 query)."""
    return Budget.objects.filter(year=year).first()


def this_year() -> int:
    """Return the year by Seoul's calendar, to which what is sent now is counted."""
    return timezone.localdate().year


@dataclass(frozen=True)
class Cost:
    """What messages cost in 원; unit price and total are None without a budget for the year."""

    people: int
    unit_price: Decimal | None

    @property
    def total(self) -> Decimal | None:
        """The sum."""
        return None if self.unit_price is None else self.people * self.unit_price


def cost_of(people: int, kind: TextKind, budget: Budget | None) -> Cost:
    """Return what it costs to send a message of a kind to so many people."""
    return Cost(people, budget.price_of(kind) if budget else None)


def latest_plan() -> Plan | None:
    """Return the newest published plan, to whose activities notices belong (1 query)."""
    return Plan.objects.published().first()


def activities_of_notices(plan: Plan | None) -> NodeQuerySet:
    """Return the activities of a plan that a notice may belong to, in the plan's order."""
    return with_all_above(Activity).filter(plan=plan).in_force().in_plan_order()


def first_activity(plan: Plan | None) -> Activity | None:
    """Return the activity that counts notices, which is that of a new notice (1 query)."""
    return activities_of_notices(plan).filter(record_kind=TEXT_NOTICE).first()


def left_of(dispatch: Dispatch) -> int:
    """Return how many messages of a dispatch left the portal, or may have (1 query)."""
    counts = counts_of(dispatch)
    return sum(counts[state] for state in LEFT)
