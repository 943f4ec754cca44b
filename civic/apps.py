"""The pillar of civic: how the office listens and answers."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig


class CivicConfig(PillarConfig):
    """The civic pillar."""

    name = "civic"
    verbose_name = _("소통")
