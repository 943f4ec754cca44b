"""Uploaded tables: kept, previewed, written whole or not at all."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    """What somebody uploaded and has not written yet."""

    name = "gwonseon.uploads"
    label = "uploads"
    verbose_name = _("올린 표")
