"""The pillar of safety: how the district is kept safe."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """The safety pillar."""

    name = "safety"
    verbose_name = _("안전")
