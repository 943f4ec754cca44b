"""Configuration of the safety pillar: its kinds of record, panels and samples."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig, register_kinds


class SafetyConfig(PillarConfig):
    """The safety pillar."""

    name = "safety"
    verbose_name = _("안전")

    def ready(self) -> None:
        """Register the pillar's own kinds, panels and samples, after the set-up of every pillar."""
        super().ready()
        from plans.ledger.samples import register_samples
        from plans.panels import public_panels, staff_panels
        from safety import panels, samples
        from safety.kinds import KINDS

        register_kinds(KINDS)
        public_panels.register(panels.PUBLIC)
        staff_panels.register(panels.STAFF)
        register_samples(
            patrol=samples.patrol,
            stall_check=samples.stall_check,
            readiness_check=samples.readiness_check,
            air_measurement=samples.air_measurement,
            water_measurement=samples.water_measurement,
        )
