"""The pillar of culture: how the district is green and alive."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CultureConfig(AppConfig):
    """The culture pillar."""

    name = "culture"
    verbose_name = _("문화")
