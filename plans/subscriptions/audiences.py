"""Audiences: who is to get a message, as one query for the outbox."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from gwonseon.office.models import Dong
from gwonseon.residents.models import Resident
from plans.subscriptions.models import Subscription


def audience(
    *,
    news: Subscription.News,
    pillars: Collection[str] = (),
    initiatives: Collection[UUID] = (),
    dongs: Collection[Dong] = (),
) -> QuerySet[Resident]:
    """Return the recipients of a piece of news as `mac` and `sealed`, each number once.

    They chose this kind of news, and one of the pillars or initiatives (lineages); an audience
    without either is empty. With `dongs`, only residents who told one of these dong.
    """
    followed = Q(subscription__pillars__overlap=[*pillars]) if pillars else Q(pk__in=[])
    if initiatives:
        followed |= Q(subscription__initiatives__overlap=[*initiatives])
    found = Resident.objects.filter(followed, subscription__news__contains=[news])
    if dongs:
        found = found.filter(subscription__dong__in=[*dongs])
    return found.values("mac", "sealed")
