"""Roles: Django groups whose permissions are defined in code.

This module defines the roles; each app grants permissions on its own models in
`AppConfig.ready()`. After each `migrate` the groups in the database get exactly these permissions,
so that a role means the same in every office. Which users have a role is data.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

from gwonseon.registry import Registry


@dataclass(frozen=True)
class Role:
    """A role: its code (the demo account's name has it), its group's name, and its description."""

    code: str
    name: str
    about: str
    opens_admin: bool = False


@dataclass(frozen=True)
class Grant:
    """A role's permissions in one app: codenames of permissions on the app's models."""

    role: Role
    app_label: str
    codenames: frozenset[str]


EDITOR = Role("officer", "부서 담당자", _("소속 부서가 맡은 항목을 고치고 검토를 요청합니다."))
HEAD = Role("head", "부서장", _("소속 부서의 검토 요청과 변경 신청을 승인하거나 돌려보냅니다."))
PLANNER = Role(
    "planner",
    "기획",
    _("계획 전체를 고치고, 공개하고, 다음 해 계획을 만듭니다."),
    opens_admin=True,
)
ADMINISTRATOR = Role(
    "admin", "관리자", _("직원 계정과 자치단체 설정을 맡습니다."), opens_admin=True
)
READER = Role("reader", "열람", _("작성 중인 계획을 읽습니다."))

roles: Registry[Role] = Registry()
grants: Registry[Grant] = Registry()


def grant(role: Role, app_label: str, *codenames: str) -> None:
    """Grant a role permissions in an app. Call it from the app's `AppConfig.ready()`."""
    roles.register(role)
    grants.register(Grant(role, app_label, frozenset(codenames)))


def role_names() -> list[str]:
    """Return the names of the groups that are roles."""
    return [role.name for role in roles]


def open_admin(groups: Iterable[Group]) -> bool:
    """Return whether one of the groups is a role that may use Django's admin."""
    openers = {role.name for role in roles if role.opens_admin}
    return any(group.name in openers for group in groups)


def set_up_roles(sender: AppConfig, using: str = "default", **_signal: object) -> None:
    """Give the groups exactly the permissions that the code grants in one app.

    Runs after `migrate`, when Django has written the app's permissions. Permissions of other apps,
    and groups that are not roles, stay as they are. Raises LookupError for an unknown permission.
    """
    wanted: dict[str, set[str]] = {role.name: set() for role in roles}
    for one in grants:
        if one.app_label == sender.label:
            wanted[one.role.name] |= one.codenames
    of_app = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    known = {permission.codename: permission for permission in of_app}
    for name, codenames in wanted.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        missing = codenames - set(known)
        if missing:
            raise LookupError(f"{sender.label} has no permission named {sorted(missing)}")
        group.permissions.remove(*(one for one in known.values() if one.codename not in codenames))
        group.permissions.add(*(known[codename] for codename in codenames))
