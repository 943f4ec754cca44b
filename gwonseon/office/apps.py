"""The office: who works here."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

# What an administrator keeps. Nothing of it is ever deleted.
KEPT = ("user", "department", "dong", "district")


class OfficeConfig(AppConfig):
    """People, departments, dong and the district's own settings."""

    name = "gwonseon.office"
    label = "office"
    verbose_name = _("사무실")

    def ready(self) -> None:
        """Say what the office's roles may do with the office's own tables."""
        from gwonseon.office import roles

        for role in (roles.EDITOR, roles.HEAD, roles.PLANNER, roles.READER):
            roles.grant(role, self.label)
        roles.grant(
            roles.ADMINISTRATOR,
            self.label,
            *(f"{verb}_{model}" for verb in ("view", "change") for model in KEPT),
            *(f"add_{model}" for model in KEPT if model != "district"),
        )
        post_migrate.connect(roles.set_up_roles, dispatch_uid="office.set_up_roles")
