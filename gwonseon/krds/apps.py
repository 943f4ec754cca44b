"""The app for the look: static files of the KRDS kit and the crispy-forms pack `krds`."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig
from django.utils.translation import gettext_lazy as _


class KrdsConfig(AppConfig):
    """Templates and tags for KRDS, the government's design system."""

    name = "gwonseon.krds"
    label = "krds"
    verbose_name = _("KRDS")


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Django's static files without one CSS file of the kit, whose icon URLs are broken."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "component.css",
        "component.css.map",
    ]
