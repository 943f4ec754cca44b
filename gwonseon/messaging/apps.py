"""The app for text messages: an outbox in the database, and the gateways that take from it."""

from typing import TYPE_CHECKING

from celery.signals import worker_init
from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from gwonseon.office.models import User


class MessagingConfig(AppConfig):
    """The app that sends text messages; it does not depend on plans or residents."""

    name = "gwonseon.messaging"
    label = "messaging"
    verbose_name = _("문자 발송")

    def ready(self) -> None:
        """Let administrators look after messages, and have workers check their settings."""
        from gwonseon.messaging import checks  # models are not there before
        from gwonseon.office import roles
        from gwonseon.office.menu import MenuEntry, menu

        senders = (f"{verb}_sender" for verb in ("view", "add", "change"))
        roles.grant(roles.ADMINISTRATOR, self.label, "change_channel", *senders)
        menu.register(MenuEntry(_("문자 발송"), "messaging:messages", 84, may_operate))
        register(checks.check_gateways, checks.TAG)
        worker_init.connect(checks.refuse_bad_settings)


def may_operate(user: "User") -> bool:
    """Return whether the user may see and stop the outbox and decide on unknown batches."""
    return user.has_perm("messaging.change_channel")
