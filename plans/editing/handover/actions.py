"""Actions for 인사이동: all items of one person go to another person in one step."""

import logging
from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.tree.models import Activity, Initiative, Node, Plan
from plans.tree.querysets import NodeQuerySet

OWNED = (Initiative, Activity)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HandoverItem:
    """A node that has, or lacks, a person in charge."""

    node: Node

    @property
    def level(self) -> str:
        """The level's name in URLs."""
        return self.node._meta.model_name

    @property
    def level_name(self) -> str:
        """The level's Korean name."""
        return str(self.node._meta.verbose_name)


def items_in_charge(user: User, person: User) -> list[HandoverItem]:
    """Return a person's items that the user may hand over, newest plan first (2 queries)."""
    return items(user, Q(person=person))


def items_without_a_person(user: User) -> list[HandoverItem]:
    """Return the items whose person in charge is not set or has left (2 queries)."""
    return items(user, Q(person=None) | Q(person__is_active=False))


def items(user: User, which: Q) -> list[HandoverItem]:
    """Return the items in force that match and that the user may hand over, in plan order."""
    return [HandoverItem(node) for model in OWNED for node in rows_for(user, model).filter(which)]


def rows_for(user: User, model: type[Node]) -> NodeQuerySet:
    """Return one level's items in force that the user may hand over.

    기획 may hand over everybody's items, a head of department those of their department.
    """
    rows = model.objects.in_force().select_related("plan", "department", "person")
    rows = rows.order_by("-plan__year", *model.PLAN_ORDER)
    if user.has_perm("plans.change_plan"):
        return rows
    own = Q(department=user.department_id)
    if model is Activity:
        own |= Q(department=None, initiative__department=user.department_id)
    if user.department_id is None or not user.has_perm("plans.approve_department"):
        return rows.none()
    return rows.filter(own)


def may_hand_over(user: User) -> bool:
    """Return whether the user may hand over items at all."""
    return user.has_perm("plans.change_plan") or user.has_perm("plans.approve_department")


def handover_stamp(found: list[HandoverItem]) -> str:
    """Return a hash of the found items, to check that a preview is still true."""
    text = repr([(item.level, item.node.pk) for item in found])
    return blake2b(text.encode(), digest_size=8).hexdigest()


@transaction.atomic
def hand_over(*, giver: User, taker: User, seen: str, by: User) -> int:
    """Put another person in charge of all of a person's items; return how many.

    The person in charge is no promised column, so published plans change at once, too. Locks all
    plans. Raises RefusedError where the items are not those of the preview (`seen`, its stamp).
    """
    list(Plan.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    if not User.objects.filter(pk=taker.pk, is_active=True).exists():
        raise RefusedError("받는 사람의 계정이 닫혀 있습니다. 다른 사람을 고르세요.")
    found = items_in_charge(by, giver)
    if handover_stamp(found) != seen:
        raise RefusedError("그 사이에 맡은 항목이 바뀌었습니다. 목록을 다시 보고 넘기세요.")
    now = timezone.now()
    for model in OWNED:
        keys = [item.node.pk for item in found if type(item.node) is model]
        model.objects.filter(pk__in=keys).update(
            person=taker, version=F("version") + 1, updated_at=now
        )
    log.info("%s items handed over from %s to %s by %s", len(found), giver.pk, taker.pk, by.pk)
    return len(found)
