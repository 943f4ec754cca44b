"""An activity's kind of record never changes past a second person's confirmation.

That it does not change under the activity's records, `plans.tree.measures` says. Whoever asks has
locked the activity.
"""

from gwonseon.refusals import RefusedError
from plans.ledger.two_person_kinds import TwoPersonKind
from plans.tree.models import Activity


def hold_kind(activity: Activity) -> None:
    """Refuse another kind of record where two persons stand for this one (1 query at most).

    What two persons stand for in a published plan would be confirmed by one, were it of another
    kind: also where nothing is recorded yet, for the first record would then hold the other kind
    for good. The database holds it, too.
    """
    if activity.plan.is_published and TwoPersonKind.objects.filter(code=activity.record_kind):
        raise RefusedError(
            "다른 사람이 확정하는 기록 양식은 공개된 계획에서 바꿀 수 없습니다. 다른 양식으로 "
            "기록하려면 이 활동을 끝내고 새 활동을 추가하세요."
        )
