"""Rule that an activity whose kind needs a second person's confirmation keeps that kind.

`plans.tree.measures` already refuses to change the kind of an activity that has records. The
caller has locked the activity.
"""

from gwonseon.refusals import RefusedError
from plans.ledger.two_person_kinds import TwoPersonKind
from plans.tree.models import Activity


def hold_kind(activity: Activity) -> None:
    """Refuse to change a kind that needs another person's confirmation (1 query at most).

    Another kind would let one person confirm that work alone. This holds for a published plan
    even where nothing is recorded yet, because the first record would fix the other kind for
    good. The database checks it, too.
    """
    if activity.plan.is_published and TwoPersonKind.objects.filter(code=activity.record_kind):
        raise RefusedError(
            "다른 사람이 확정하는 기록 양식은 공개된 계획에서 바꿀 수 없습니다. 다른 양식으로 "
            "기록하려면 이 활동을 끝내고 새 활동을 추가하세요."
        )
