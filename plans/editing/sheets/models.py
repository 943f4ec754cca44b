"""An uploaded workbook of a plan's facts, kept until it is written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.tree.models import (
    Plan,
)


class SheetUpload(models.Model):
    """What a filled-in workbook would change, kept between its preview and its writing.

    A person has one for a plan: a new upload takes the place of the last. `rows` names each
    changed node and the texts of its changed cells by field; see `plans.editing.sheets.actions`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = _("올린 표")
        constraints = [
            models.UniqueConstraint(fields=["plan", "uploaded_by"], name="sheet_upload_once")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
