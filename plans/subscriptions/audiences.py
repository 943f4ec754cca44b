"""Audiences: who is to get a piece of news, as one query for the outbox."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from gwonseon.office.models import Dong
from plans.subscriptions.models import Subscription


def followers(
    *,
    news: Subscription.News,
    pillars: Collection[str] = (),
    initiatives: Collection[UUID] = (),
    dongs: Collection[Dong] | Collection[int] = (),
) -> QuerySet[Subscription]:
    """Return the subscriptions to a piece of news; their count is the size of the audience.

    They name this kind of news, and one of the pillars or initiatives (lineages); without either
    there are none. With `dongs` (rows or keys), only those that name one of
    these dong.
    """
    followed = Q(pillars__overlap=[*pillars]) if pillars else Q(pk__in=[])
    if initiatives:
        followed |= Q(initiatives__overlap=[*initiatives])
    found = Subscription.objects.filter(followed, news__contains=[news])
    return found.filter(dong__in=[*dongs]) if dongs else found


def audience(**about: Any) -> QuerySet[Subscription, dict[str, bytes]]:
    """Return the recipients of a piece of news as `mac` and `sealed`, each number once.

    `about` is what `followers` takes.
    """
    return followers(**about).values(mac=F("resident__mac"), sealed=F("resident__sealed"))
