"""The pillar of safety: how the district is kept safe."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig, register_kinds


class SafetyConfig(PillarConfig):
    """The safety pillar."""

    name = "safety"
    verbose_name = _("안전")

    def ready(self) -> None:
        """Declare the pillar's kinds of record besides what every pillar does."""
        super().ready()
        from safety.kinds import KINDS

        register_kinds(KINDS)
