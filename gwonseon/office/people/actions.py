"""Administrators' writes to staff accounts. Log lines name people by id."""

import logging
from collections.abc import Collection

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from gwonseon.constraints import refusing
from gwonseon.office.codes.actions import forget_codes
from gwonseon.office.lockout import unlock
from gwonseon.office.models import Department, User
from gwonseon.office.people.access import may_touch
from gwonseon.office.roles import ADMINISTRATOR, open_admin, role_names

logger = logging.getLogger(__name__)

# Without characters that look or sound alike: 0 and o, 1, i and l.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
ADDRESS = ["email", "email_refused_at", "email_refused_code"]


@transaction.atomic
def add_person(
    *,
    by: User,
    username: str,
    name: str,
    department: Department | None,
    roles: Collection[Group],
    email: str = "",
) -> tuple[User, str]:
    """Make an account; return it and its temporary password, which is stored only as a hash.

    Raises ValidationError if another request has just taken the username.
    """
    password = temporary_password()
    person = User(
        username=username,
        name=name,
        department=department,
        email=email,
        is_staff=open_admin(roles),
        must_change_password=True,
    )
    person.set_password(password)
    with refusing({"username": lambda: ValidationError({"username": taken()})}):
        person.save()
    person.groups.set(roles)
    logger.info("User %s added user %s.", by.pk, person.pk)
    return person, password


@transaction.atomic
def change_person(
    *,
    by: User,
    person: User,
    version: int,
    name: str,
    department: Department | None,
    roles: Collection[Group],
    email: str,
) -> None:
    """Change a person's name, department, roles and mail address.

    Raises ValidationError if another person changed it after `version`, or if `by` would no
    longer be an administrator.
    """
    person = lock_person(person, by)
    if person.version != version:
        raise ValidationError(
            _(
                "그 사이 다른 사람이 이 직원을 고쳤습니다. 아래 이력에서 바뀐 내용을 확인하고, "
                "그래도 적은 대로 바꾸려면 다시 저장해 주세요."
            )
        )
    held = person.groups.all()
    left = {group.name for group in held} - {group.name for group in roles}
    if person == by and ADMINISTRATOR.name in left:
        raise ValidationError(
            {"roles": _("자기 자신의 관리자 역할은 뺄 수 없습니다. 다른 관리자에게 요청하세요.")}
        )
    person.name = name
    person.department = department
    person.is_staff = person.is_superuser or open_admin(roles)
    person.version += 1
    if person.email != email:
        person.email = email
        forget_refusal(person)
    person.save(update_fields=["name", "department", "is_staff", "version", *ADDRESS])
    person.groups.set([*roles, *held.exclude(name__in=role_names())])
    logger.info("User %s changed user %s.", by.pk, person.pk)


@transaction.atomic
def close_person(*, by: User, person: User) -> None:
    """Close an account and end its sessions. Raises ValidationError for the user's own account."""
    person = lock_person(person, by)
    if person == by:
        raise ValidationError(_("자기 자신의 계정은 닫을 수 없습니다. 다른 관리자에게 요청하세요."))
    if not person.is_active:
        return
    person.is_active = False
    person.closed_on = timezone.localdate()
    person.session_number += 1
    person.save(update_fields=["is_active", "closed_on", "session_number"])
    logger.info("User %s closed user %s.", by.pk, person.pk)


@transaction.atomic
def reopen_person(*, by: User, person: User) -> None:
    """Open a closed account again, with its former roles and password."""
    person = lock_person(person, by)
    person.is_active = True
    person.closed_on = None
    person.save(update_fields=["is_active", "closed_on"])
    logger.info("User %s reopened user %s.", by.pk, person.pk)


@transaction.atomic
def give_password(*, by: User, person: User) -> str:
    """Set a new temporary password and return it; sessions and a lock of the account end.

    Raises ValidationError for the user's own account.
    """
    person = lock_person(person, by)
    if person == by:
        raise ValidationError(_("자기 비밀번호는 「내 계정」에서 바꾸세요."))
    password = temporary_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    unlock(person.username)
    logger.info("User %s gave user %s a temporary password.", by.pk, person.pk)
    return password


@transaction.atomic
def unlock_person(*, by: User, person: User) -> None:
    """Unlock the user name of a person who typed too many wrong passwords."""
    person = lock_person(person, by)
    unlock(person.username)
    logger.info("User %s unlocked user %s.", by.pk, person.pk)


@transaction.atomic
def try_address_again(*, by: User, person: User) -> None:
    """Allow mails again to a person's address that a mail server refused."""
    person = lock_person(person, by)
    forget_refusal(person)
    person.save(update_fields=ADDRESS)
    logger.info("User %s had the address of user %s tried again.", by.pk, person.pk)


@transaction.atomic
def reset_codes(*, by: User, person: User) -> None:
    """Delete a person's one-time codes; if a role requires them, the person sets up new ones."""
    person = lock_person(person, by)
    forget_codes(person)
    logger.info("User %s reset the one-time codes of user %s.", by.pk, person.pk)


def forget_refusal(person: User) -> None:
    """Clear the mark that a mail server refused the address, without saving."""
    person.email_refused_at = None
    person.email_refused_code = ""


def lock_person(person: User, by: User) -> User:
    """Lock a person's row for this transaction, and return it newly read.

    Raises PermissionDenied if `by` may not change the account.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if not may_touch(by, locked):
        raise PermissionDenied
    return locked


def temporary_password() -> str:
    """Return a random password that is easy to read out: three groups of four, 59 bits."""
    return "-".join(get_random_string(4, ALPHABET) for _group in range(3))


def taken() -> str:
    """Return the error sentence for a username that exists already."""
    return _("이미 쓰는 아이디입니다. 다른 아이디를 적어 주세요.")
