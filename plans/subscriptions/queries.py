"""What a resident can follow, and what one follows, in words."""

from dataclasses import dataclass
from typing import Any

from gwonseon.residents.models import Resident
from plans.subscriptions.models import Subscription
from plans.tree.models import Initiative, Pillar, Plan


@dataclass(frozen=True)
class Offer:
    """Pillars by code and their initiatives by lineage, of the latest published plan.

    `initiatives` has a list for each pillar's title. Pillars without a code are left out of
    `pillars`, as nothing ties them to those of another year.
    """

    pillars: list[tuple[str, str]]
    initiatives: list[tuple[str, list[tuple[str, str]]]]


def offer() -> Offer:
    """Return what can be followed (3 queries; 1 without a published plan)."""
    plan = Plan.objects.published().first()
    if plan is None:
        return Offer([(code.value, str(code.label)) for code in Pillar.Code], [])
    pillars = Pillar.objects.filter(plan=plan).in_force().in_plan_order()
    below: dict[int, list[tuple[str, str]]] = {pillar.pk: [] for pillar in pillars}
    rows = Initiative.objects.filter(plan=plan).in_force().in_plan_order().select_related("goal")
    for one in rows:
        below[one.goal.pillar_id].append((str(one.lineage), one.shown_title))
    return Offer(
        [(one.code, one.shown_title) for one in pillars if one.code],
        [(one.shown_title, below[one.pk]) for one in pillars if below[one.pk]],
    )


def followed_in_words(subscription: Subscription) -> dict[str, list[str]]:
    """Return what a subscription follows, in words (at most 4 queries)."""
    offered = offer()
    pillars = {code.value: str(code.label) for code in Pillar.Code} | dict(offered.pillars)
    titles = {lineage: title for _pillar, below in offered.initiatives for lineage, title in below}
    news = dict(Subscription.News.choices)
    return {
        "분야": [pillars[code] for code in subscription.pillars],
        "추진과제": [titles[str(one)] for one in subscription.initiatives if str(one) in titles],
        "소식의 종류": [str(news[one]) for one in subscription.news],
        "사는 동": [subscription.dong.name] if subscription.dong else [],
    }


def part_of_copy(resident: Resident) -> dict[str, Any]:
    """Return a resident's choices for their own copy (at most 5 queries)."""
    found = Subscription.objects.select_related("dong").filter(resident=resident).first()
    return (
        {"받아 보는 소식": followed_in_words(found) | {"바꾼 때": [found.changed_at.isoformat()]}}
        if found
        else {}
    )
