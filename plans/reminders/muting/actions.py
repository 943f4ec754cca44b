"""Turn kinds of reminders off and on, each for oneself."""

import logging
from collections.abc import Collection

from django.db import transaction

from gwonseon.office.models import User
from plans.reminders.models import Mute
from plans.reminders.rules.registry import rules

log = logging.getLogger(__name__)


def mute(*, person: User, rule: str) -> None:
    """Turn a kind of reminder off; one that is off stays off."""
    Mute.objects.bulk_create([Mute(person=person, rule=rule)], ignore_conflicts=True)
    log.info("reminders %s muted by %s", rule, person.pk)


@transaction.atomic
def set_wanted(*, codes: Collection[str], by: User) -> None:
    """Turn on the kinds of reminders with these codes, and all others off."""
    others = [Mute(person=by, rule=rule.code) for rule in rules if rule.code not in codes]
    Mute.objects.filter(person=by, rule__in=codes).delete()
    Mute.objects.bulk_create(others, ignore_conflicts=True)
    log.info("%s kinds of reminders muted by %s", len(others), by.pk)
