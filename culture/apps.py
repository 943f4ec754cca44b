"""Configuration of the culture pillar: its kinds of record, panels and samples."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig, register_kinds


class CultureConfig(PillarConfig):
    """The culture pillar."""

    name = "culture"
    verbose_name = _("문화")

    def ready(self) -> None:
        """Register the pillar's own kinds, panels and samples, after the set-up of every pillar."""
        super().ready()
        from culture import panels, samples
        from culture.kinds import KINDS
        from culture.registers.days import days_of_shows
        from plans.ledger.samples import register_samples, sample_registers
        from plans.opendata.news.calendar import public_days
        from plans.panels import public_panels, staff_panels

        register_kinds(KINDS)
        public_panels.register(panels.PUBLIC)
        staff_panels.register(panels.STAFF)
        public_days.register(days_of_shows)
        register_samples(
            collection=samples.collection,
            upkeep=samples.upkeep,
            facility_upkeep=samples.upkeep,
            performance=samples.performance,
        )
        sample_registers.register(samples.registers)
