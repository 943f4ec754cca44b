"""The shared spine: the plan's tree and all that hangs on it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """What every pillar shares."""

    name = "plans"
    verbose_name = _("구정계획")
