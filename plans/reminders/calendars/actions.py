"""Make and drop the private address of a person's calendar."""

import logging
import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from gwonseon.office.models import User
from plans.reminders.calendars.models import Entry, Feed
from plans.reminders.calendars.sync import sync_entries

log = logging.getLogger(__name__)

SECRET_BYTES = 32


@transaction.atomic
def make_feed(*, person: User) -> str:
    """Make a calendar address and return its secret. It replaces an earlier address.

    The calendar has its days at once. Entries of an earlier address keep their uid, so that a
    program that knows them does not show them twice.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    values = {"secret_digest": digest_of(secret), "made_at": timezone.now()}
    Feed.objects.update_or_create(person=person, defaults=values)
    sync_entries(timezone.localdate(), person=person)
    log.info("calendar address of %s made", person.pk)
    return secret


@transaction.atomic
def drop_feed(*, person: User) -> None:
    """Delete a person's address with the entries of the calendar, if there is one."""
    Feed.objects.filter(person=person).delete()
    Entry.objects.filter(person=person).delete()
    log.info("calendar address of %s dropped", person.pk)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, which is stored instead of the secret itself."""
    return sha256(secret.encode()).hexdigest()
