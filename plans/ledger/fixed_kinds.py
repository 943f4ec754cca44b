"""When an activity's kind of record may change: not under its records, and never past a second
person's confirmation.

Whoever asks has locked the activity.
"""

from gwonseon.refusals import RefusedError
from plans.ledger.models import Record
from plans.ledger.two_persons import TwoPersonKind
from plans.tree.models import Activity


def hold_kind(activity: Activity) -> None:
    """Refuse another kind of record for an activity (2 queries at most).

    A draft is written in its kind: in another it could neither be saved nor confirmed. What two
    persons stand for in a published plan would be confirmed by one, were it of another kind: also
    where nothing is recorded yet, for the first record would then hold the other kind for good.
    The database holds both (migrations 0015 and 0020).
    """
    if activity.plan.is_published and TwoPersonKind.objects.filter(code=activity.record_kind):
        raise RefusedError(
            "다른 사람이 확정하는 기록 양식은 공개된 계획에서 바꿀 수 없습니다. 다른 양식으로 "
            "기록하려면 이 활동을 끝내고 새 활동을 추가하세요."
        )
    if Record.objects.current().filter(activity=activity).exists():
        raise RefusedError(
            "이 활동에 작성중인 실적이 있어 기록 양식을 바꿀 수 없습니다. 작성중인 실적을 먼저 "
            "지우거나 마치세요."
        )
