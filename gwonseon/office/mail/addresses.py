"""Addresses of staff that a mail server refused."""

import logging

from django.utils import timezone

from gwonseon.office.models import User

logger = logging.getLogger(__name__)


def mark_refused(*, person: User, address: str, code: str) -> bool:
    """Remember that a server refused a person's address; return whether it still is theirs.

    `code` is the server's, such as 550 or 5.1.1. The mark goes when the address changes.
    """
    theirs = User.objects.filter(pk=person.pk, email__iexact=address).exclude(email="")
    is_theirs = bool(theirs.update(email_refused_at=timezone.now(), email_refused_code=code))
    if is_theirs:
        logger.info("The address of user %s was refused (%s).", person.pk, code)
    return is_theirs
