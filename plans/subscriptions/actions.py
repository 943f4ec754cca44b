"""Write what a resident follows."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gwonseon.office.models import Dong
from gwonseon.refusals import RefusedError
from gwonseon.residents.actions import accept
from gwonseon.residents.models import ConsentEvent, Visit
from plans.subscriptions.models import Subscription


@transaction.atomic
def subscribe(
    *,
    visit: Visit,
    consents: Collection[str],
    pillars: Collection[str],
    initiatives: Collection[UUID],
    news: Collection[str],
    dong: Dong | None,
) -> Subscription:
    """Write a verified visitor's choices and consents; the choices made before are replaced.

    Raises RefusedError if nothing is chosen, if a consent is missing, or if the visit has ended.
    """
    if not (pillars or initiatives):
        raise RefusedError(_("받아 보고 싶은 분야나 추진과제를 하나 이상 골라 주세요."))
    if not news:
        raise RefusedError(_("받아 보고 싶은 소식의 종류를 하나 이상 골라 주세요."))
    if dong and ConsentEvent.What.DONG not in consents:
        raise RefusedError(
            _(
                "동을 고르셨으면 「사는 동」의 선택 동의에도 표시하거나, "
                "동을 「고르지 않음」으로 두세요."
            )
        )
    given = set(consents) if dong else set(consents) - {ConsentEvent.What.DONG}
    resident = accept(visit=visit, given=given)
    subscription, _is_new = Subscription.objects.update_or_create(
        resident=resident,
        defaults={
            "pillars": sorted(pillars),
            "initiatives": sorted(initiatives),
            "news": sorted(news),
            "dong": dong,
        },
    )
    return subscription
