"""Write the milestones of an activity, all at once.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.tracking.access import may_write
from plans.tracking.milestones.models import WHOLE, Milestone
from plans.tracking.milestones.queries import stamp_of
from plans.tree.models import Activity

log = logging.getLogger(__name__)

COLUMNS = ("title", "planned_on", "weight", "done_on", "evidence")
WEIGHTS = "비중은 모두 비우거나, 모두 적어 더하면 100이 되게 하세요."
SENTENCES = {"milestone_done_with_evidence": "마친 일에는 마친 날과 근거를 함께 적으세요."}


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed the milestones meanwhile; `milestones` are the present ones."""

    def __init__(self, milestones: Sequence[Milestone]) -> None:
        super().__init__(
            "그 사이에 다른 사람이 이 일정을 고쳤습니다. 지금 저장된 일정과 견주어 보고, 그래도 "
            "적은 대로 바꾸려면 다시 저장하세요."
        )
        self.milestones = milestones


@transaction.atomic
def set_milestones(
    *, activity: Activity, milestones: Sequence[Milestone], seen: str, by: User
) -> None:
    """Replace an activity's milestones by these, where those with a key were before.

    `seen` is the stamp of what the user saw; raises ChangedMeanwhileError if it is another by now.
    What was done is not deleted.
    """
    activity = lock_row(Activity.objects.select_related(Activity.PILLAR_PATH), activity.pk)
    if not may_write(by, activity):
        raise RefusedError("이 활동의 일정을 정할 권한이 없습니다. 담당부서에 알려 주세요.")
    present = {one.pk: one for one in Milestone.objects.filter(activity=activity)}
    if stamp_of(list(present.values())) != seen:
        raise ChangedMeanwhileError(list(present.values()))
    refuse_impossible(milestones)
    kept = {one.pk for one in milestones}
    gone = [one for key, one in present.items() if key not in kept]
    if any(one.done_on for one in gone):
        raise RefusedError("이미 마친 일은 지울 수 없습니다. 지운 칸을 다시 적어 주세요.")
    for one in milestones:
        # What another person deleted meanwhile is added again.
        one.pk = one.pk if one.pk in present else None
        one.activity = activity
    with refusing(SENTENCES):
        save(milestones, gone)
    log.info("milestones of activity %s set by %s", activity.pk, by.pk)


def refuse_impossible(milestones: Sequence[Milestone]) -> None:
    """Raise RefusedError for weights that do not add up, and for days that have not come."""
    weights = [one.weight for one in milestones if one.weight is not None]
    if weights and (len(weights) < len(milestones) or sum(weights) != WHOLE):
        raise RefusedError(WEIGHTS)
    if any(one.done_on and one.done_on > timezone.localdate() for one in milestones):
        raise RefusedError("마친 날은 오늘이나 지난 날로 적어 주세요.")


def save(milestones: Sequence[Milestone], gone: Sequence[Milestone]) -> None:
    """Delete, change and add rows. A trigger adds up the weights again at commit."""
    Milestone.objects.filter(pk__in=[one.pk for one in gone]).delete()
    Milestone.objects.bulk_update([one for one in milestones if one.pk], COLUMNS)
    Milestone.objects.bulk_create([one for one in milestones if not one.pk])
