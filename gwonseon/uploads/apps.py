"""The app for uploaded tables: kept, previewed, then written as a whole or not at all."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    """Tables that were uploaded and are not written yet."""

    name = "gwonseon.uploads"
    label = "uploads"
    verbose_name = _("올린 표")
