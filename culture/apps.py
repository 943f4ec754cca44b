"""The pillar of culture: how the district is green and alive."""

from django.utils.translation import gettext_lazy as _

from plans.apps import PillarConfig


class CultureConfig(PillarConfig):
    """The culture pillar."""

    name = "culture"
    verbose_name = _("문화")
