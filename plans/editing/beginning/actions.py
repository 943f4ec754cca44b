"""Actions that create a plan for a year and edit the vision of a draft."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gwonseon.constraints import refusing
from gwonseon.office.models import District, User
from gwonseon.refusals import RefusedError
from plans.tree.models import Plan
from plans.tree.writing import lock_plan, taken_year

log = logging.getLogger(__name__)


class OutdatedVisionError(RefusedError):
    """Somebody else saved the vision after the form was opened; `plan` has the saved one."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "비전을 여는 동안 다른 사람이 먼저 저장했습니다. 두 내용을 견주어 보고 저장하세요."
        )
        self.plan = plan


def begin_plan(*, year: int, vision: str, by: User) -> Plan:
    """Create an empty draft plan for a year. Raises RefusedError where the year has a plan."""
    if not by.has_perm("plans.change_plan"):
        raise PermissionDenied
    with refusing(taken_year(year)):
        plan = Plan.objects.create(district=District.objects.get(), year=year, vision=vision)
    log.info("plan %s begun by %s", year, by.pk)
    return plan


@transaction.atomic
def save_vision(*, plan: Plan, vision: str, seen: str, by: User) -> None:
    """Save a draft's vision. Raises OutdatedVisionError if it is not the one that was `seen`."""
    if not by.has_perm("plans.change_plan"):
        raise PermissionDenied
    plan = lock_plan(plan.pk)
    if plan.is_published:
        raise RefusedError("공개된 계획의 비전은 바꿀 수 없습니다. 다음 해 계획에 적어 주세요.")
    if plan.vision not in {seen, vision}:
        raise OutdatedVisionError(plan)
    plan.vision = vision
    plan.save(update_fields=["vision", "updated_at"])
    log.info("vision of plan %s changed by %s", plan.pk, by.pk)
