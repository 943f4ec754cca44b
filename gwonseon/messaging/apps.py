"""The app for text messages: an outbox in the database, and the gateways that take from it."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """How the portal sends; it knows neither plans nor residents."""

    name = "gwonseon.messaging"
    label = "messaging"
    verbose_name = _("문자 발송")

    def ready(self) -> None:
        """Register the checks of the settings."""
        from gwonseon.messaging.checks import check_gateways  # models are not there before

        register(check_gateways)
