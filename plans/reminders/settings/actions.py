"""Write a person's own absences, and the number for urgent reminders.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.messaging.sealing import seal
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError, refuse_unless
from plans.reminders.models import Absence, UrgentPhone

log = logging.getLogger(__name__)


class OverlapError(RefusedError):
    """Another absence of the person has some of the days."""

    def __init__(self) -> None:
        super().__init__(
            "이미 적은 부재와 날이 겹칩니다. 그 부재를 고치거나 다른 날을 적어 주세요."
        )


SENTENCES = {
    "absence_days_not_twice": OverlapError,
    "absence_days_in_order": "마지막 날은 첫날과 같거나 늦은 날로 적어 주세요.",
    "absence_stand_in_is_another": "대신할 사람으로 다른 직원을 골라 주세요.",
}


@transaction.atomic
def add_absence(*, values: Mapping[str, Any], by: User) -> Absence:
    """Save a new absence of oneself. The same one again, as of a double click, adds nothing."""
    try:
        return save_absence(Absence(person=by), values)
    except OverlapError:
        same = Absence.objects.filter(person=by, **values).first()
        if same is None:
            raise
        return same


@transaction.atomic
def change_absence(*, absence: Absence, values: Mapping[str, Any], by: User) -> Absence:
    """Save other days of an absence, or another one who stands in."""
    absence = lock_row(Absence.objects.all(), absence.pk)
    refuse_unless(absence.person_id == by.pk, "내 부재만 고칠 수 있습니다.")
    return save_absence(absence, values)


def save_absence(absence: Absence, values: Mapping[str, Any]) -> Absence:
    """Set values on an absence, and save it."""
    for name, value in values.items():
        setattr(absence, name, value)
    refuse_unless(
        absence.stand_in.is_active, "그만둔 직원은 대신하지 못합니다. 다른 직원을 골라 주세요."
    )
    refuse_unless(
        absence.last_on >= timezone.localdate(),
        "이미 지난 날입니다. 마지막 날을 오늘이나 오늘보다 늦은 날로 적어 주세요.",
    )
    with refusing(SENTENCES):
        absence.save()
    log.info("absence %s saved by %s", absence.pk, absence.person_id)
    return absence


@transaction.atomic
def delete_absence(*, absence: Absence, by: User) -> None:
    """Delete an absence of oneself, unless it is deleted already."""
    Absence.objects.filter(pk=absence.pk, person=by).delete()
    log.info("absence %s deleted by %s", absence.pk, by.pk)


@transaction.atomic
def set_phone(*, number: str, by: User) -> None:
    """Save the user's mobile number, encrypted, for urgent reminders. Replaces an earlier one."""
    values = {"sealed": seal(number), "agreed_at": timezone.now()}
    UrgentPhone.objects.update_or_create(person=by, defaults=values)
    log.info("number for urgent reminders set by %s", by.pk)


@transaction.atomic
def remove_phone(*, by: User) -> None:
    """Delete one's number, if there is one; with it ends what was agreed to."""
    UrgentPhone.objects.filter(person=by).delete()
    log.info("number for urgent reminders removed by %s", by.pk)


def forget_phones() -> int:
    """Delete the numbers of those whose account is closed; return how many."""
    deleted, _rows = UrgentPhone.objects.filter(person__is_active=False).delete()
    return deleted
