"""The office: who works here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    """People, departments, dong and the district's own settings."""

    name = "gwonseon.office"
    label = "office"
    verbose_name = _("사무실")
