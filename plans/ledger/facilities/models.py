"""What an uploaded table would change in the register, kept between its preview and its writing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FacilityUpload(models.Model):
    """A checked table of facilities. A person has one: a new upload takes the place of the last.

    `rows` are what `plans.ledger.facilities.importing` calls changes; `unchanged` is how many more
    rows said what the register says.
    """

    uploaded_by = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField()
    unchanged = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("올린 시설 표")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
