"""The pillar of safety: how the district is kept safe."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig


class SafetyConfig(PillarConfig):
    """The safety pillar."""

    name = "safety"
    verbose_name = _("안전")
