"""The pillar of welfare: how the district shares and cares."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WelfareConfig(AppConfig):
    """The welfare pillar."""

    name = "welfare"
    verbose_name = _("복지")
