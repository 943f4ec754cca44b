"""A table of many days, kept between its preview and its writing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.tree.models import Activity


class RecordUpload(models.Model):
    """A checked table of what was done. A person has one: a new table takes the last one's place.

    `rows` are the table's rows as `plans.ledger.bulk.reading` takes them: the row's number, its
    cells by column's name, their letters.
    """

    uploaded_by = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    rows = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = _("올린 실적 표")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
