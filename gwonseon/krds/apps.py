"""How the portal looks: the KRDS kit's static files and the crispy pack `krds`."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from django.utils.translation import gettext_lazy as _


class KrdsConfig(AppConfig):
    """Templates and tags on the government's design system."""

    name = "gwonseon.krds"
    label = "krds"
    verbose_name = _("KRDS")


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Django's static files without one file of the kit whose icon addresses are broken."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "component.css",
        "component.css.map",
    ]
