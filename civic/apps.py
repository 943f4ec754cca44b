"""The pillar of civic: how the office listens and answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CivicConfig(AppConfig):
    """The civic pillar."""

    name = "civic"
    verbose_name = _("소통")
