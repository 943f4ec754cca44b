"""Writes to the user's own account and drafts, and to the demo staff's accounts.

Administrators' writes to other people's accounts are in `people/actions.py`.
"""

import logging
from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gwonseon.office.models import Department, Draft, User
from gwonseon.office.roles import roles

logger = logging.getLogger(__name__)


@transaction.atomic
def change_password(*, by: User, password: str) -> None:
    """Set the password that the user chose; all their sessions end."""
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    logger.info("User %s changed the password.", by.pk)


@transaction.atomic
def end_sessions(*, by: User) -> None:
    """End all sessions of the user."""
    by.session_number = F("session_number") + 1
    by.save(update_fields=["session_number"])
    by.refresh_from_db(fields=["session_number"])
    logger.info("User %s ended all sessions.", by.pk)


@transaction.atomic
def save_draft(*, user: User, place: str, text: str) -> Draft | None:
    """Save the user's draft for a place; an empty text deletes it and returns None."""
    if not text.strip():
        discard_drafts(user=user, places=[place])
        return None
    kept, _created = Draft.objects.update_or_create(user=user, place=place, defaults={"text": text})
    return kept


@transaction.atomic
def discard_drafts(*, user: User, places: Iterable[str]) -> None:
    """Delete the user's drafts for some places, after the text was saved or given up."""
    Draft.objects.filter(user=user, place__in=places).delete()


@transaction.atomic
def set_up_demo_staff(*, password: str) -> dict[str, str]:
    """Make or reset a demo account for each role; return role names by username.

    The names are marked as samples (예시). These accounts can sign in only if DEMO is on.
    """
    department, _created = Department.objects.get_or_create(name=_("예시 부서"))
    accounts = {}
    for role in roles:
        facts = {
            "name": _("예시 %(role)s") % {"role": role.name},
            "department": department,
            "is_demo": True,
            "is_staff": role.opens_admin,
            "is_superuser": False,
            "is_active": True,
            "closed_on": None,
            "must_change_password": False,
        }
        user, _created = User.objects.update_or_create(username=f"demo-{role.code}", defaults=facts)
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        user.groups.set([Group.objects.get(name=role.name)])
        user.user_permissions.clear()
        accounts[user.username] = role.name
    return accounts
