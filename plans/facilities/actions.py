"""Writes to the register of facilities. Facilities are never deleted, but closed on a day.

Every function raises RefusedError with a sentence if the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import write_over
from plans.facilities.access import may_write
from plans.facilities.models import Facility

log = logging.getLogger(__name__)

SENTENCES = {
    "facility_once_in_a_dong": (
        "그 사이에 같은 동에 같은 이름의 시설이 등록되었습니다. "
        "그 시설을 고치거나 이름을 달리 적으세요."
    ),
}


@transaction.atomic
def add_facility(*, values: Mapping[str, Any], by: User) -> Facility:
    """Add a facility to the register."""
    refuse_reader(by)
    with refusing(SENTENCES):
        facility = Facility.objects.create(**values)
    log.info("facility %s added by %s", facility.pk, by.pk)
    return facility


@transaction.atomic
def change_facility(
    *, facility: Facility, values: Mapping[str, Any], version: int, by: User
) -> Facility:
    """Change a facility's values.

    Raises OutdatedError if somebody changed it after `version`.
    """
    refuse_reader(by)
    facility = lock(facility)
    with refusing(SENTENCES):
        write_over(facility, values, version)
    log.info("facility %s changed by %s", facility.pk, by.pk)
    return facility


@transaction.atomic
def close_facility(*, facility: Facility, day: date, by: User) -> None:
    """Close a facility from a day on. Its records stay, but forms do not offer it any more."""
    refuse_reader(by)
    facility = lock(facility)
    if day > timezone.localdate():
        raise RefusedError("아직 오지 않은 날입니다. 오늘이나 지난 날짜를 적으세요.")
    if facility.closed_on:
        raise RefusedError(
            f"이미 {facility.closed_on:%Y-%m-%d}에 폐쇄한 시설입니다. 날짜가 틀렸으면 다시 열고 "
            "폐쇄하세요."
        )
    set_closing(facility, day)
    log.info("facility %s closed by %s", facility.pk, by.pk)


@transaction.atomic
def reopen_facility(*, facility: Facility, by: User) -> None:
    """Open a closed facility again."""
    refuse_reader(by)
    facility = lock(facility)
    if facility.closed_on:
        set_closing(facility, None)
        log.info("facility %s reopened by %s", facility.pk, by.pk)


def refuse_reader(user: User) -> None:
    """Raise RefusedError if the user may not write the register."""
    if not may_write(user):
        raise RefusedError("시설을 고칠 권한이 없습니다. 관리자에게 권한을 요청하세요.")


def lock(facility: Facility) -> Facility:
    """Lock a facility for this transaction, and return it newly read with its dong."""
    return lock_row(Facility.objects.select_related("dong"), facility.pk)


def set_closing(facility: Facility, day: date | None) -> None:
    """Save the day on which a locked facility was closed, or None to reopen it."""
    facility.closed_on = day
    facility.version += 1
    facility.save(update_fields=["closed_on", "version"])
