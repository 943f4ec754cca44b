"""Actions that release photos of records for reports, and withdraw them.

Both raise RefusedError with a sentence where the rules do not allow the write.
"""

import logging

from django.db import transaction

from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import refuse_unless
from plans.ledger.kinds import kind_of
from plans.ledger.models import Evidence, Record, RecordQuerySet
from plans.ledger.releases.models import PhotoRelease
from plans.tree.access import may_approve
from plans.tree.models import Activity

log = logging.getLogger(__name__)

NOT_ALLOWED = "사진은 이 활동을 승인하는 사람이 보고서에 싣습니다. 부서장에게 부탁해 주세요."
NO_PHOTO = "보고서에는 사진만 싣습니다. 사진을 골라 주세요."
PERSONAL = "개인의 일을 적은 실적의 사진은 보고서에 싣지 않습니다."
NOT_CONFIRMED = "확정된 실적의 사진만 보고서에 싣습니다. 지금 실적을 열어 확인해 주세요."
OTHER_WORDS = "이미 다른 설명으로 보고서에 싣는 사진입니다. 바꾸려면 거두고 다시 실어 주세요."


@transaction.atomic
def release_photo(*, photo: Evidence, alt: str, caption: str, by: User) -> PhotoRelease:
    """Release a photo for reports; the same texts sent again make no second release."""
    record = lock_row(with_pillar(), photo.record_id)
    refuse_unless(may_approve(by, record.activity), NOT_ALLOWED)
    refuse_unless(photo.is_photo, NO_PHOTO)
    refuse_unless(not kind_of(record.kind).is_personal, PERSONAL)
    refuse_unless(record.state == Record.State.CONFIRMED, NOT_CONFIRMED)
    said = {"alt": alt, "caption": caption}
    release, is_new = PhotoRelease.objects.get_or_create(
        evidence=photo, defaults=said | {"released_by": by}
    )
    refuse_unless((release.alt, release.caption) == (alt, caption), OTHER_WORDS)
    if is_new:
        log.info("photo %s of record %s released by %s", photo.pk, record.pk, by.pk)
    return release


@transaction.atomic
def withdraw_photo(*, photo: Evidence, by: User) -> None:
    """Withdraw a photo from reports; do nothing if it is not released."""
    record = lock_row(with_pillar(), photo.record_id)
    refuse_unless(may_approve(by, record.activity), NOT_ALLOWED)
    deleted, _by_table = PhotoRelease.objects.filter(evidence=photo).delete()
    if deleted:
        log.info("photo %s of record %s withdrawn by %s", photo.pk, record.pk, by.pk)


def with_pillar() -> RecordQuerySet:
    """Return records with the rows that decide who may approve their activity."""
    return Record.objects.select_related(f"activity__{Activity.PILLAR_PATH}")
