"""The app for text messages: an outbox in the database, and the gateways that take from it."""

from celery.signals import worker_init
from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """How the portal sends; it knows neither plans nor residents."""

    name = "gwonseon.messaging"
    label = "messaging"
    verbose_name = _("문자 발송")

    def ready(self) -> None:
        """Let administrators keep the sender numbers, and have workers check their settings."""
        from gwonseon.messaging import checks  # models are not there before
        from gwonseon.office import roles

        verbs = ("view", "add", "change")
        roles.grant(roles.ADMINISTRATOR, self.label, *(f"{verb}_sender" for verb in verbs))
        register(checks.check_gateways, checks.TAG)
        worker_init.connect(checks.refuse_bad_settings)
