"""Actions that write the registers of plots and of performances. Rows are never deleted.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from culture.registers.access import Row, activities_for, may_keep, register_rows
from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import write_over

log = logging.getLogger(__name__)

SENTENCES = {
    "plot_once_in_a_garden": "그 사이에 같은 번호의 구좌가 등록되었습니다. 그 구좌를 고치세요.",
    "show_once_at_a_time": "그 사이에 같은 공연이 등록되었습니다. 그 공연을 고치세요.",
}


@transaction.atomic
def add_row(*, row: Row, by: User) -> Row:
    """Save a new row in its register."""
    if not activities_for(type(row), by).filter(pk=row.activity_id).exists():
        raise RefusedError("이 활동에 적을 권한이 없습니다. 담당부서에 알려 주세요.")
    with refusing(SENTENCES):
        row.save()
    log.info("%s %s added by %s", row._meta.model_name, row.pk, by.pk)
    return row


@transaction.atomic
def change_row(*, row: Row, values: Mapping[str, Any], version: int, by: User) -> Row:
    """Save new values of a row.

    Raises OutdatedError where somebody changed it after `version`.
    """
    row = lock_row(register_rows(type(row)), row.pk)
    if not may_keep(by, row):
        raise RefusedError("이 항목을 고칠 권한이 없습니다. 담당부서에 알려 주세요.")
    with refusing(SENTENCES):
        write_over(row, values, version)
    log.info("%s %s changed by %s", row._meta.model_name, row.pk, by.pk)
    return row
