"""Configuration of the welfare pillar: its kinds of record, panels and samples."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig, register_kinds


class WelfareConfig(PillarConfig):
    """The welfare pillar."""

    name = "welfare"
    verbose_name = _("복지")

    def ready(self) -> None:
        """Register the pillar's own kinds, panels and samples, after the set-up of every pillar."""
        super().ready()
        from plans.ledger.samples import register_samples
        from plans.panels import public_panels, staff_panels
        from welfare import panels, samples
        from welfare.kinds import KINDS

        register_kinds(KINDS)
        public_panels.register(panels.PUBLIC)
        staff_panels.register(panels.STAFF)
        register_samples(
            contact=samples.contact,
            counselling=samples.counselling,
            delivery=samples.delivery,
            daycare_visit=samples.daycare_visit,
            study_room_visit=samples.study_room_visit,
            shelter_visit=samples.shelter_visit,
            outing=samples.outing,
        )
