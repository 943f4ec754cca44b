"""The app for staff, departments, dong and the district's settings."""

from typing import TYPE_CHECKING

from celery.signals import worker_init
from django.apps import AppConfig, apps
from django.core.checks import register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from gwonseon.office.models import User

# Models that administrators edit. Their rows are never deleted.
KEPT = ("user", "department", "dong", "district")


class OfficeConfig(AppConfig):
    """People, departments, dong and the district's own settings."""

    name = "gwonseon.office"
    label = "office"
    verbose_name = _("사무실")

    def ready(self) -> None:
        """Grant permissions on this app's models to the roles; register menu entries and checks."""
        from gwonseon.office import roles
        from gwonseon.office.mail import checks
        from gwonseon.office.menu import MenuEntry, menu
        from gwonseon.office.workdays.access import may_read
        from gwonseon.triggers import install_triggers

        for role in (roles.EDITOR, roles.HEAD, roles.PLANNER, roles.READER):
            roles.grant(role, self.label)
        roles.grant(
            roles.ADMINISTRATOR,
            self.label,
            *(f"{verb}_{model}" for verb in ("view", "change") for model in KEPT),
            *(f"add_{model}" for model in KEPT if model != "district"),
            "view_personalaccess",
            *(f"{verb}_holiday" for verb in ("view", "add", "change", "delete")),
        )
        post_migrate.connect(
            install_triggers,
            sender=apps.get_app_config("pgtrigger"),
            dispatch_uid="office.install_triggers",
        )
        post_migrate.connect(roles.set_up_roles, dispatch_uid="office.set_up_roles")
        register(checks.check_mail_server, checks.TAG)
        worker_init.connect(checks.refuse_bad_settings)
        menu.register(MenuEntry(_("직원"), "office:people", 80, may_see_people))
        menu.register(MenuEntry(_("쉬는 날"), "office:workdays", 82, may_read))
        menu.register(MenuEntry(_("접속기록"), "office:access_log", 85, may_review_access))
        menu.register(MenuEntry(_("내 계정"), "office:account", 90, is_signed_in))


def may_see_people(user: "User") -> bool:
    """Return whether the user may see the list of staff."""
    return user.has_perm("office.view_user")


def may_review_access(user: "User") -> bool:
    """Return whether the user may see and review the access log."""
    return user.has_perm("office.view_personalaccess")


def is_signed_in(user: "User") -> bool:
    """Return whether the user is signed in."""
    return user.is_authenticated
