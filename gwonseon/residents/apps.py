"""The app for residents who get text messages: phone numbers, consents, and their pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsConfig(AppConfig):
    """Whom the portal serves; it knows nothing of plans."""

    name = "gwonseon.residents"
    label = "residents"
    verbose_name = _("문자를 받는 주민")
