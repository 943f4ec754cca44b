"""Sample residents who follow a plan by text message.

Their numbers begin with 010-0000, which is given to nobody.
"""

from collections.abc import Iterator
from random import Random

from django.utils import timezone

from gwonseon.messaging.sealing import digest, seal
from gwonseon.office.models import Dong
from gwonseon.residents.consents import REQUIRED, VERSION
from gwonseon.residents.models import ConsentEvent, Resident
from plans.subscriptions.models import Subscription
from plans.tree.models import Initiative, Pillar, Plan

RESIDENTS = 300
NUMBER = "0100000{:04}"
# The shares of residents who name their dong, and who follow single initiatives.
WITH_DONG, WITH_INITIATIVES = 0.6, 0.3


def follow(plan: Plan) -> None:
    """Add residents with their consents and what they follow (5 queries)."""
    now = timezone.now()
    numbers = [NUMBER.format(n) for n in range(1, RESIDENTS + 1)]
    residents = Resident.objects.bulk_create(
        Resident(mac=digest(number), sealed=seal(number), verified_at=now) for number in numbers
    )
    chosen = Subscription.objects.bulk_create(subscriptions(plan, residents))
    given = ConsentEvent.Act.GIVEN
    ConsentEvent.objects.bulk_create(
        ConsentEvent(mac=one.resident.mac, what=what, act=given, wording=VERSION)
        for one in chosen
        for what in (*REQUIRED, *([ConsentEvent.What.DONG] if one.dong_id else []))
    )


def subscriptions(plan: Plan, residents: list[Resident]) -> Iterator[Subscription]:
    """Yield what each resident follows, not saved; the same for the same plan (2 queries)."""
    random = Random(plan.year)  # noqa: S311 -- made up, and the same each time
    dongs = list(Dong.objects.open())
    rows = Initiative.objects.filter(plan=plan).in_force().in_plan_order()
    lineages = list(rows.values_list("lineage", flat=True))
    for resident in residents:
        has_initiatives = random.random() < WITH_INITIATIVES
        yield Subscription(
            resident=resident,
            pillars=sorted(random.sample(Pillar.Code.values, random.randint(1, 3))),
            initiatives=sorted(random.sample(lineages, 2)) if has_initiatives else [],
            news=sorted(random.sample(Subscription.News.values, random.randint(1, 3))),
            dong=random.choice(dongs) if random.random() < WITH_DONG else None,
        )
