"""The pillar of welfare: how the district shares and cares."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig


class WelfareConfig(PillarConfig):
    """The welfare pillar."""

    name = "welfare"
    verbose_name = _("복지")
