"""Write the office's own days off.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.office.workdays.access import may_write
from gwonseon.office.workdays.days import is_weekday
from gwonseon.office.workdays.models import Holiday
from gwonseon.office.workdays.queries import public_holidays
from gwonseon.refusals import refuse_unless
from gwonseon.versions import refuse_outdated, write_over

log = logging.getLogger(__name__)

NOT_YOURS = "쉬는 날을 정할 권한이 없습니다. 관리자에게 부탁해 주세요."
OFF_ALREADY = "주말이나 공휴일이라 이미 쉬는 날입니다. 일하는 날이면 「일하는 날」을 고르세요."
WORKED_ALREADY = "쉬는 날이 아니라 이미 일하는 날입니다. 쉬려면 「일하는 날」을 고르지 마세요."
READ_AGAIN = "그 사이에 고친 날입니다. 지금 내용을 확인하고 다시 지워 주세요."
SENTENCES = {"office_holiday_pkey": "이미 적혀 있는 날입니다. 목록에서 그 날을 골라 고치세요."}


@transaction.atomic
def add_holiday(*, on: date, name: str, is_worked: bool, by: User) -> Holiday:
    """Add a day that the office does not work, or works although it is a day off elsewhere."""
    refuse_unless(may_write(by), NOT_YOURS)
    refuse_pointless(on, is_worked=is_worked)
    holiday = Holiday(on=on, name=name, is_worked=is_worked)
    with refusing(SENTENCES):
        holiday.save(force_insert=True)
    log.info("day off %s added by %s", on, by.pk)
    return holiday


@transaction.atomic
def change_holiday(*, holiday: Holiday, values: Mapping[str, Any], version: int, by: User) -> None:
    """Change a day's name, or whether it is worked. Raises OutdatedError; see `versions`."""
    refuse_unless(may_write(by), NOT_YOURS)
    holiday = lock_row(Holiday.objects.all(), holiday.pk)
    if holiday.is_worked != values["is_worked"]:
        refuse_pointless(holiday.on, is_worked=values["is_worked"])
    write_over(holiday, values, version)
    log.info("day off %s changed by %s", holiday.on, by.pk)


@transaction.atomic
def delete_holiday(*, holiday: Holiday, version: int, by: User) -> None:
    """Take a day out of the office's table. What was counted with it is counted anew."""
    refuse_unless(may_write(by), NOT_YOURS)
    holiday = lock_row(Holiday.objects.all(), holiday.pk)
    refuse_outdated(holiday, version, READ_AGAIN)
    log.info("day off %s deleted by %s", holiday.on, by.pk)
    holiday.delete()


def refuse_pointless(on: date, *, is_worked: bool) -> None:
    """Refuse a row that would not change whether the office works on the day."""
    is_off = not is_weekday(on) or on in public_holidays()
    refuse_unless(is_off == is_worked, WORKED_ALREADY if is_worked else OFF_ALREADY)
