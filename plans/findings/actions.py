"""Close findings."""

import logging
from datetime import date

from django.db import transaction
from django.utils import timezone

from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.findings.access import may_close
from plans.ledger.models import Finding

log = logging.getLogger(__name__)


@transaction.atomic
def close_finding(*, finding: Finding, day: date, note: str, by: User) -> Finding:
    """Close a finding: save the day and how it was corrected.

    Raises RefusedError without the right to do so, for a closed finding, or for a wrong day.
    """
    related = "record__activity__initiative__goal__pillar"
    finding = lock_row(Finding.objects.select_related(related), finding.pk)
    if not may_close(by, finding):
        raise RefusedError("이 조치를 적을 권한이 없습니다. 조치할 부서나 담당부서에 알려 주세요.")
    if finding.done_on:
        raise RefusedError(f"이미 {finding.done_on:%Y-%m-%d}에 조치한 것으로 적혀 있습니다.")
    found_on = finding.record.happened_on
    if day < found_on:
        raise RefusedError(f"{found_on:%Y-%m-%d}에 찾은 것입니다. 그날이나 그 뒤를 적으세요.")
    if day > timezone.localdate():
        raise RefusedError("아직 오지 않은 날입니다. 오늘이나 지난 날짜를 적으세요.")
    finding.done_on, finding.done_by, finding.done_note = day, by, note
    finding.save(update_fields=["done_on", "done_by", "done_note"])
    log.info("finding %s closed by %s", finding.pk, by.pk)
    return finding
